import { redact } from "../../net/redact.ts";
import { retryAfterMs } from "../../net/retry.ts";
import type { HttpResponse } from "../../net/types.ts";
import type { VendorContext } from "../contract.ts";
import { VendorError, type VendorErrorFacts } from "../errors.ts";
import { unreadable as unreadableAnswer } from "../wire/refusal.ts";
import { secretsOf } from "./auth/auth.ts";
import { codeRules, type ErrorMeaning, type GatewayNextStep, statusRules, textRules } from "./error-rules.ts";
import { isDirect, type Target } from "./wire/address.ts";
import { type AnswerBody, type ErrorBody, readError } from "./wire/answer.ts";

type Head = Pick<HttpResponse, "status" | "headers">;

/** Longest message that is kept, in characters. */
const maxMessage = 1000;

/**
 * The error an answer stands for, in any of the three dialects: the gateway's plain text, the compatible and the native JSON, each
 * also framed as an event (contract §4.1, §4.2). `target` is where the call went, named if the gateway has no such route.
 */
export function errorOfAnswer(
  head: Head,
  body: AnswerBody,
  target: Target,
  context: VendorContext,
): VendorError {
  const error = innerError(readError(body.json));
  const status = error?.status ?? body.framedStatus ?? head.status;
  const message = error?.message ?? (body.json === undefined ? plainText(body.text) : undefined);
  const facts: VendorErrorFacts = { reason: "protocol", sent: "refused", status: head.status };
  if (error?.code !== undefined) facts.code = error.code;
  const detail = [message, head.headers["x-ca-error-message"]].filter(Boolean).join(" ");
  if (detail !== "") facts.vendorMessage = redact(detail.slice(0, maxMessage), secretsOf(context));
  const requestId = requestIdOf(head, error);
  if (requestId !== undefined) facts.requestId = requestId;
  if (error?.field !== undefined) facts.field = error.field;
  if (isRouteMissing(status, error, body)) {
    const next = target.route === "native" ? "gatewayNativeRoute" : "gatewayBaseRoute";
    return new VendorError({ ...facts, reason: "notFound", retryable: false, route: target.path, next });
  }
  const meaning = meaningOf(status, error, message, body, isDirect(context));
  facts.reason = meaning.reason;
  facts.sent = meaning.sent ?? "refused";
  if (meaning.next) facts.next = meaning.next;
  facts.retryable = meaning.retryable === true && facts.sent === "refused";
  if (facts.retryable) {
    const wait = askedWaitMs(head.headers, context.clock.now()) ?? meaning.waitMs;
    if (wait !== undefined) facts.retryAfterMs = wait;
  }
  return new VendorError(facts);
}

/** Why a task failed, by the `code` and `message` of its `output`. Only what succeeds is billed (contract §9). */
export function errorOfTask(
  { code, message = "" }: { code?: string | undefined; message?: string | undefined },
  requestId: string | undefined,
): VendorError {
  const error = innerError({ code: code ?? "", message });
  const { reason = "unavailable", next } = ofCode(error) ?? {};
  return new VendorError({
    // What is unclear of a call is clear of a task: it has failed.
    reason: reason === "ambiguous" ? "unavailable" : reason,
    sent: "refused",
    retryable: false,
    ...(code ? { code } : {}),
    ...(message ? { vendorMessage: message.slice(0, maxMessage) } : {}),
    ...(requestId ? { requestId } : {}),
    ...(next ? { next } : {}),
  });
}

/** An answer that says it is fine but cannot be read: what it stands for may exist and be billed. */
export function unreadable(head: Head): VendorError {
  const requestId = requestIdOf(head, undefined);
  return unreadableAnswer(head.status, requestId);
}

/** A refusal by the gateway's content safety, which comes as a good answer (contract §4.1). Nothing was made. */
export function blocked(message: string, requestId: string | undefined): VendorError {
  return new VendorError({
    reason: "policy",
    sent: "refused",
    retryable: false,
    next: "changePrompt",
    code: "from-security-guard",
    ...(message ? { vendorMessage: message.slice(0, maxMessage) } : {}),
    ...(requestId ? { requestId } : {}),
  });
}

/** True if the gateway has no such route: nothing was carried out, and another route may do. */
export function isMissingRoute(error: unknown): error is VendorError {
  return error instanceof VendorError && error.facts.route !== undefined;
}

/** The same error with the next step that names the setting which chooses between routes. */
export function chooseRoute(error: VendorError): VendorError {
  const next: GatewayNextStep = "gatewayRoutes";
  return new VendorError({ ...error.facts, next });
}

/** The answer's own id, by which the gateway's operator finds the call (contract §4). */
export function requestIdOf({ headers }: Head, error: ErrorBody | undefined): string | undefined {
  return headers["x-request-id"] || error?.requestId;
}

/** A message can carry the true status and code in front: `<400> InternalError.Algo.InvalidParameter: …` (contract §4.2). */
function innerError(error: ErrorBody | undefined): (ErrorBody & { status?: number }) | undefined {
  const [prefix, status, code] = /^<(\d{3})>\s*([\w.]+):\s*/.exec(error?.message ?? "") ?? [];
  if (!error || prefix === undefined || code === undefined) return error;
  const isVague = error.code === undefined || /^InternalError/i.test(error.code);
  return { ...error, status: Number(status), ...(isVague ? { code } : {}) };
}

/**
 * No route: an empty or foreign 404, a 405, or a path that the gateway does not know for its provider (contract §4.1). A 404 with a code is
 * about a model or the like.
 */
function isRouteMissing(status: number, error: ErrorBody | undefined, body: AnswerBody): boolean {
  if (status === 405 || status === 501) return true;
  if (status === 500) return /unsupported API name/i.test(body.text);
  const code = error?.code ?? "";
  return status === 404 && (code === "" || code === "invalid_request_error" || /^not_?found$/i.test(code));
}

function meaningOf(
  status: number,
  error: ErrorBody | undefined,
  message: string | undefined,
  body: AnswerBody,
  direct: boolean,
): ErrorMeaning {
  const known = ofCode(error, status);
  if (known) return known.next === "gatewayProviderKey" && direct ? { ...known, next: "checkKey" } : known;
  if (/denyMessage|blockedDetails|security.?guard/i.test(body.text)) {
    return { reason: "policy", next: "changePrompt" };
  }
  const byText = error?.code === undefined && textRules.find(({ text }) => text.test(message ?? ""));
  if (byText) return byText;
  const byStatus = statusRules[status];
  if (byStatus) return byStatus;
  if (status >= 500) return { reason: "ambiguous", sent: "unknown" };
  return { reason: status >= 400 && message !== undefined ? "invalid" : "protocol" };
}

function ofCode(error: ErrorBody | undefined, status?: number): ErrorMeaning | undefined {
  const { code, message = "" } = error ?? {};
  if (!code) return undefined;
  return codeRules.find(
    (rule) =>
      rule.code.test(code) &&
      (rule.message?.test(message) ?? true) &&
      (rule.status === undefined || rule.status === status),
  );
}

/** The gateway's own limiters say how many seconds are left, each in a header of its own (contract §4.1). */
function askedWaitMs(headers: Head["headers"], now: number): number | undefined {
  const reset = headers["retry-after"] ?? headers["x-tokenratelimit-reset"] ?? headers["x-ratelimit-reset"];
  return retryAfterMs(reset, now);
}

/** A body that is a text for people; a page of markup is not. */
function plainText(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" || trimmed.startsWith("<") ? undefined : trimmed;
}
