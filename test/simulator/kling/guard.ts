import { randomUUID } from "node:crypto";
import { type Answer, json } from "../answer.ts";
import { parseExact } from "../exact.ts";
import type { Exchange } from "../vendor.ts";
import { authenticate, type Credentials } from "./auth.ts";
import { errorAnswer, Refusal } from "./errors.ts";
import { type Body, isObject } from "./fields.ts";

/** A request let in; `body` is empty for a GET. */
export type Asking = { body: Body; exchange: Exchange; requestId: string };

/** Gives the `data` of the envelope, or throws a Refusal. */
export type Handle = (asking: Asking) => unknown;

export type Guard = (credentials: Credentials, handle: Handle) => (exchange: Exchange) => Answer;

/** Checks credentials, reads the body, and puts what comes out into the envelope (contract kling §2). */
export const guard: Guard = (credentials, handle) => (exchange) => {
  const requestId = randomUUID();
  try {
    authenticate(exchange, credentials);
    const body = exchange.method === "POST" ? readJson(exchange) : {};
    const data = handle({ body, exchange, requestId });
    return json(200, { code: 0, message: "SUCCEED", request_id: requestId, data });
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.code, error.message, requestId);
    throw error;
  }
};

function readJson({ headers, body }: Exchange): Body {
  if (!/^application\/json\b/i.test(String(headers["content-type"] ?? ""))) throw new Refusal(1200);
  try {
    const value = parseExact(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal(1200);
}
