import { redact } from "../../net/redact.ts";
import { retryAfterMs } from "../../net/retry.ts";
import type { HttpResponse } from "../../net/types.ts";
import type { VendorContext } from "../contract.ts";
import { type ErrorReason, VendorError, type VendorErrorFacts } from "../errors.ts";
import { jsonOf } from "../wire/json.ts";
import { secretsOf } from "./endpoint.ts";

/** Next steps that Animo's errors can call for; `text/errors.ts` has the words. */
export type AnimoNextStep = "animoEndpoint" | "animoJob" | "animoNotVideo" | "shorterPrompt";

interface StatusRule {
  reason: ErrorReason;
  next?: AnimoNextStep;
  field?: string;
}

/** What a status means; the bodies are documented nowhere (contract §A4). */
const refusals: Readonly<Record<number, StatusRule>> = {
  401: { reason: "credentials" },
  402: { reason: "balance" },
  403: { reason: "credentials" },
  404: { reason: "notFound", next: "animoEndpoint" },
  405: { reason: "notFound", next: "animoEndpoint" },
  410: { reason: "notFound", next: "animoEndpoint" },
  413: { reason: "invalid", next: "shorterPrompt" },
  415: { reason: "protocol", next: "animoEndpoint" },
  429: { reason: "rateLimit" },
  451: { reason: "policy" },
};

/** Bytes of an answer that is no video which are read, and characters of its message that are kept. */
const maxBodyBytes = 64 * 1024;
const maxMessage = 500;

/** What an answer that is no video says. */
export interface Said {
  /** The JSON object, if it is one. */
  json?: Readonly<Record<string, unknown>>;
  /** In the vendor's words: an error's message, a page's title, or the beginning of the text. */
  message?: string;
}

/** Reads the beginning of an answer and leaves the rest. */
export async function readSaid({ body }: Pick<HttpResponse, "body">): Promise<Said> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    text += decoder.decode(chunk, { stream: true });
    if (bytes >= maxBodyBytes) break;
  }
  const json = objectOf(text);
  const message = json ? messageOf(json) : plainOf(text);
  return { ...(json ? { json } : {}), ...(message ? { message } : {}) };
}

function objectOf(text: string): Said["json"] {
  const value = jsonOf(text);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The places where servers put their message, the likeliest first (contract §A4). */
function messageOf(json: Readonly<Record<string, unknown>>): string | undefined {
  const { error, message, detail } = json;
  const inner = typeof error === "object" && error !== null ? Reflect.get(error, "message") : undefined;
  return [error, inner, message, detail].find(
    (each): each is string => typeof each === "string" && each !== "",
  );
}

function plainOf(text: string): string | undefined {
  const [, title] = /<title[^>]*>([^<]*)</i.exec(text) ?? [];
  if (title !== undefined) return title.trim();
  return /^\s*</.test(text) ? undefined : text.trim();
}

/** What every error of an answer says beside its reason: what came, without keys. */
export function factsOf(
  { status, headers }: Pick<HttpResponse, "status" | "headers">,
  { message }: Said,
  context: Pick<VendorContext, "credentials">,
): Pick<VendorErrorFacts, "status" | "vendorMessage" | "requestId"> {
  const requestId = headers["x-request-id"];
  return {
    status,
    ...(message ? { vendorMessage: redact(message.slice(0, maxMessage), secretsOf(context)) } : {}),
    ...(requestId && /^[\w.:-]{1,128}$/.test(requestId) ? { requestId } : {}),
  };
}

/**
 * The error an answer other than 2xx stands for. Up to 499 it is a refusal, but for 408; from 500 on it may have been carried out. It
 * goes out again by itself only where the vendor says when (contract §A4).
 */
export function errorOfAnswer(
  response: Pick<HttpResponse, "status" | "headers">,
  said: Said,
  context: Pick<VendorContext, "credentials" | "clock">,
): VendorError {
  const { status, headers } = response;
  const wait = retryAfterMs(headers["retry-after"], context.clock.now());
  const facts = factsOf(response, said, context);
  if (wait !== undefined && (status === 429 || status === 503)) {
    const reason = status === 429 ? "rateLimit" : "unavailable";
    return new VendorError({ ...facts, reason, sent: "refused", retryable: true, retryAfterMs: wait });
  }
  if (status >= 500 || status === 408) {
    return new VendorError({ ...facts, reason: "ambiguous", sent: "unknown", retryable: false });
  }
  const rule = refusals[status] ?? { reason: status < 400 ? "protocol" : "invalid" };
  return new VendorError({ ...facts, ...rule, sent: "refused", retryable: false });
}
