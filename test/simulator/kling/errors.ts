import { type Answer, json } from "../answer.ts";

/** Every code of contract kling §8: its HTTP status, and the vendor's words where they are known. */
export const CODES: Record<number, { status: number; message: string }> = {
  1000: { status: 401, message: "Authentication failed" },
  1001: { status: 401, message: "Authorization is empty" },
  1002: { status: 401, message: "Authorization is invalid" },
  1003: { status: 401, message: "Authorization is not yet valid" },
  1004: { status: 401, message: "Authorization has expired" },
  1100: { status: 429, message: "Account exception" },
  1101: { status: 429, message: "Account in arrears (postpaid scenario)" },
  1102: { status: 429, message: "Account balance not enough" },
  1103: { status: 403, message: "Unauthorized access to requested resource, such as API/model" },
  1200: { status: 400, message: "Invalid request parameters" },
  1201: { status: 400, message: "Invalid parameters, such as incorrect key or illegal value" },
  1202: { status: 404, message: "The requested method is invalid" },
  1203: { status: 404, message: "The requested resource does not exist, such as the model" },
  1300: { status: 400, message: "Trigger strategy of the platform" },
  1301: { status: 400, message: "Trigger the platform's content security policy" },
  1302: { status: 429, message: "Too many requests; rate limit exceeded" },
  1303: { status: 429, message: "parallel task over resource pack limit" },
  1304: { status: 429, message: "Trigger the platform's IP whitelist policy" },
  5000: { status: 500, message: "Server internal error" },
  5001: { status: 503, message: "Server temporarily unavailable" },
  5002: { status: 504, message: "Server internal timeout" },
};

/** A refusal on its way out of a handler. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message = CODES[code]?.message ?? "") {
    super(message);
    this.code = code;
  }
}

/** An illegal key or value. */
export function invalid(message: string): Refusal {
  return new Refusal(1201, message);
}

/** A field or feature that the model does not have, in the vendor's sentence. */
export function unsupported(model: string, feature: string): Refusal {
  return invalid(`${model} is not supported with ${feature}`);
}

/** The error body: an envelope without `data`. */
export function errorAnswer(code: number, message: string, requestId: string, status?: number): Answer {
  return json(status ?? CODES[code]?.status ?? 400, { code, message, request_id: requestId });
}
