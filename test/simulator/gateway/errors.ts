import { type Answer, bytes, json } from "../answer.ts";
import { CODES } from "./codes.ts";

/** The envelope of an error: the compatible surface's, or the native one (contract alibaba-ai-gateway §4.2). */
export type Dialect = "compat" | "native";

/** What the models' host refuses, by native code; `status` where it is not the code's own. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  /** Words of the refusal's own, in place of the code's. */
  readonly told: string | undefined;

  constructor(code: string, told?: string, status?: number) {
    super(told ?? CODES[code]?.message ?? code);
    this.code = code;
    this.told = told;
    this.status = status ?? CODES[code]?.status ?? 500;
  }
}

export function invalid(message: string): Refusal {
  return new Refusal("InvalidParameter", message);
}

/** What a native path says to a model that lives on another one (fixture 77). */
export const URL_ERROR = "url error, please check url!";

/** The refusal's body. */
export function envelope({ code, message, told }: Refusal, dialect: Dialect, requestId: string): object {
  if (dialect === "native") return { code, message, request_id: requestId };
  const { compat = code, compatType = compat, compatMessage, bare } = CODES[code] ?? {};
  const words = told ?? compatMessage ?? message;
  return bare
    ? { error: { message: words, type: compatType, code: compat } }
    : { error: { message: words, type: compatType, param: null, code: compat }, request_id: requestId };
}

export function errorAnswer(refusal: Refusal, dialect: Dialect, requestId: string): Answer {
  return json(refusal.status, envelope(refusal, dialect, requestId));
}

/**
 * The same as one server-sent event: under its status although labelled as JSON, or, for the native protocol
 * with `ok`, as an event of a stream that has status 200 (fixtures 75, 77, 77b).
 */
export function framedError(refusal: Refusal, dialect: Dialect, requestId: string, ok: boolean): Answer {
  const body = JSON.stringify(envelope(refusal, dialect, requestId));
  const text =
    dialect === "compat"
      ? `data: ${body}\n\n`
      : `id:1\nevent:error\n:HTTP_STATUS/${refusal.status}\ndata:${body}\n\n`;
  return bytes(ok ? 200 : refusal.status, ok ? "text/event-stream;charset=UTF-8" : "application/json", text);
}

/** The gateway's own errors, in text (contract alibaba-ai-gateway §4.1, fixtures 64, 65, 67). */
const GATEWAY: Record<string, { status: number; text: string; headers?: Record<string, string> }> = {
  "token-limit": { status: 429, text: "Too many requests", headers: { "X-TokenRateLimit-Reset": "37" } },
  "request-limit": {
    status: 429,
    text: "Too many requests",
    headers: { "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "12" },
  },
  quota: { status: 403, text: "Request denied by ai quota check, No quota left" },
  "quota-consumer": { status: 403, text: "Request denied by ai quota check. Unauthorized consumer." },
  unsupported: { status: 500, text: "failed to process request body: unsupported API name" },
  "no-route": { status: 404, text: "" },
  "no-upstream": { status: 503, text: "no healthy upstream" },
  timeout: { status: 504, text: "upstream request timeout" },
  "too-large": { status: 413, text: "request payload too large" },
  "key-empty": { status: 401, text: "", headers: { "www-authenticate": "Key realm=MSE Gateway" } },
};

/** One of the gateway's own errors by its name in the table. */
export function gatewayAnswer(name: string): Answer {
  const { status, text, headers } = GATEWAY[name] ?? { status: 503, text: "no healthy upstream" };
  return bytes(status, text === "" ? "" : "text/plain", text, { server: "istio-envoy", ...headers });
}

/** The gateway's error of a status; where it has several, the first of the table. */
export function gatewayStatus(status: number): Answer {
  const [name = "no-upstream"] = Object.entries(GATEWAY).find(([, row]) => row.status === status) ?? [];
  return gatewayAnswer(name);
}

/** The gateway's content guard, in its own words (contract §4.1, fixture 68). */
export const DENIED = "很抱歉，我无法回答您的问题";

/** What the guard says to a request for a picture or a video. */
export function guardedAnswer(): Answer {
  const blockedDetails = [{ type: "contentModeration", level: "high" }];
  return json(403, { code: 1001, denyMessage: DENIED, blockedDetails }, { server: "istio-envoy" });
}
