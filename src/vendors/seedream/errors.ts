import { type HttpResponse, NetError } from "../../net/types.ts";
import { type Sent, VendorError } from "../errors.ts";
import { jsonOf } from "../wire/json.ts";
import { refusal, unreadable as unreadableAnswer } from "../wire/refusal.ts";
import { type ErrorRule, errorRules, statusOfType, statusRules } from "./error-rules.ts";

/** What an error body says, in whichever of its shapes it came (contract §4). */
export interface ArkError {
  code?: string;
  message?: string;
  param?: string;
  type?: string;
}

/** Where an error was met. `key` is cut out of everything that is kept. */
export interface ErrorContext {
  status: number;
  headers?: Readonly<Record<string, string>>;
  key?: string | undefined;
  /** When it was met, in ms since the epoch. */
  now: number;
}

/** Reads `{error: {code, message, param, type}}` or the same without its envelope; undefined if it is neither. */
export function readArkError(body: unknown): ArkError | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const inner = "error" in body && typeof body.error === "object" && body.error !== null ? body.error : body;
  const entries = ["code", "message", "param", "type"].flatMap((name) => {
    const value: unknown = Reflect.get(inner, name);
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
  const error: ArkError = Object.fromEntries(entries);
  return error.code === undefined && error.message === undefined ? undefined : error;
}

/** The error an answer with an HTTP error status stands for: 4xx are refusals, anything above may have been carried out and billed. */
export function errorOfStatus(error: ArkError, context: ErrorContext): VendorError {
  return toVendorError(
    error,
    context,
    context.status === 408 || context.status >= 500 ? "unknown" : "refused",
  );
}

/**
 * The error inside an answer of status 200: the vendor made nothing for it and bills nothing (contract §4, Retry and money). It is never
 * `retryable`, because the rest of the call may have been carried out.
 */
export function errorInside(error: ArkError, context: ErrorContext): VendorError {
  const { retryAfterMs: _, ...facts } = toVendorError(error, context, "refused").facts;
  const reason = facts.reason === "ambiguous" ? "unavailable" : facts.reason;
  return new VendorError({ ...facts, reason, retryable: false });
}

/** Reads the body of an answer with an HTTP error status. */
export async function errorOfResponse(
  response: HttpResponse,
  context: Omit<ErrorContext, "status">,
): Promise<VendorError> {
  let error: ArkError = {};
  try {
    error = readArkError(jsonOf(await response.text(1024 * 1024))) ?? {};
  } catch (fault) {
    // What the status says is known all the same.
    if (!(fault instanceof NetError)) throw fault;
  }
  return errorOfStatus(error, { ...context, status: response.status, headers: response.headers });
}

/** An answer that says it is fine but cannot be read: what it stands for may exist and be billed. */
export function unreadable(context: ErrorContext, code: "unreadable" | "empty"): VendorError {
  const requestId = requestIdOf(context.headers);
  return unreadableAnswer(context.status, requestId, code);
}

/** The request id: from its header, else from the end of the message. */
export function requestIdOf(headers: ErrorContext["headers"], message?: string): string | undefined {
  return headers?.["x-request-id"] || /request id:\s*([\w-]+)/i.exec(message ?? "")?.[1];
}

function toVendorError(error: ArkError, context: ErrorContext, sent: Sent): VendorError {
  const { status, headers = {}, now, key } = context;
  const said = {
    code: error.code ?? headers["x-error-code"],
    message: plainMessage(error.message),
    requestId: requestIdOf(headers, error.message),
    field: error.param,
  };
  const met = { status, retryAfter: headers["retry-after"], secrets: key ? [key] : [], now };
  return refusal(said, ruleOf(error, status), sent, met);
}

function ruleOf(error: ArkError, status: number): Omit<ErrorRule, "code"> {
  const known = errorRules.find((rule) => fits(rule, error));
  if (known) return known;
  const named = statusOfType[error.code ?? ""] ?? statusOfType[error.type ?? ""];
  const effective = status >= 300 ? status : (named ?? status);
  const byStatus = statusRules[effective];
  if (byStatus) return byStatus;
  // A redirect means that nobody at this address knows the call.
  if (effective >= 300 && effective < 400) return { reason: "protocol" };
  return { reason: effective >= 400 && effective < 500 ? "invalid" : "ambiguous" };
}

function fits({ code, message }: ErrorRule, error: ArkError): boolean {
  const actual = error.code ?? "";
  const codeFits =
    typeof code === "string" ? actual === code || actual.startsWith(`${code}.`) : code.test(actual);
  return codeFits && (message === undefined || message.test(error.message ?? ""));
}

/** The vendor's words without the request id at their end, which is shown on its own, and without the key. */
function plainMessage(message: string | undefined): string | undefined {
  return message?.replace(/\s*request id:\s*[\w-]+\.?\s*$/i, "").trim();
}
