import { type Answer, json } from "../answer.ts";

/** What is said with a status. The shapes of this vendor's errors are unknown: these are plausible (contract animo §A4). */
const MESSAGES: Record<number, string> = {
  400: "Bad request",
  401: "Invalid API key",
  402: "Payment required",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timed out",
  413: "Request too large",
  415: "Content-Type must be application/json",
  422: "Invalid parameters",
  429: "Rate limit exceeded",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Generation timed out",
};

/** A refusal on its way out of a handler; `code` only where the self-hosted server gives one. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(status: number, message?: string, more: { code?: string; retryAfter?: number } = {}) {
    super(message ?? MESSAGES[status] ?? "Internal Server Error");
    this.status = status;
    this.code = more.code;
    this.retryAfter = more.retryAfter;
  }
}

export function errorAnswer({ status, message, code, retryAfter }: Refusal): Answer {
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  // The one answer of a failing server that is no JSON.
  if (status === 500 && code === undefined)
    return { status, headers, content: { kind: "bytes", type: "text/plain", bytes: Buffer.from(message) } };
  return json(status, { error: message, ...(code !== undefined && { code }) }, headers);
}
