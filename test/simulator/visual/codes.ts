import { type Answer, json } from "../answer.ts";

/** Business codes (contract volcengine-visual §7.1): HTTP status and the vendor's words. */
const CODES: Record<number, { status: number; message: string }> = {
  30403: { status: 200, message: "No Feature Authorization" },
  30404: { status: 200, message: "Feature Not Found" },
  50200: { status: 400, message: "Invalid Argument" },
  50201: { status: 400, message: "Missing Argument" },
  50204: { status: 400, message: "Parse Argument Error" },
  50205: { status: 400, message: "Image Too Large" },
  50206: { status: 400, message: "Image Is Empty" },
  50207: { status: 400, message: "Image Decode Error" },
  50209: { status: 400, message: "Video Is Empty" },
  50210: { status: 400, message: "Video Decode Error" },
  50211: { status: 400, message: "Video Too Large" },
  50213: { status: 400, message: "Request Body Too Large" },
  50214: { status: 400, message: "Video Too Long" },
  50215: { status: 400, message: "Input invalid for this service." },
  50220: { status: 400, message: "Asset Download Error" },
  50400: { status: 401, message: "Access Denied: Internal Error" },
  50402: { status: 404, message: "No Such Method" },
  50411: { status: 400, message: "Pre Img Risk Not Pass" },
  50412: { status: 400, message: "Text Risk Not Pass" },
  50413: { status: 400, message: "Post Text Risk Not Pass" },
  50429: { status: 429, message: "Request Has Reached API Limit, Please Try Later" },
  50430: { status: 429, message: "Request Has Reached API Concurrent Limit, Please Try Later" },
  50500: { status: 500, message: "Internal Error" },
  50501: { status: 500, message: "Internal RPC Error" },
  50511: { status: 400, message: "Post Img Risk Not Pass" },
  50512: { status: 400, message: "Post Text Risk Not Pass" },
  50513: { status: 400, message: "Pre Video Risk Not Pass" },
  50514: { status: 400, message: "Pre Audio Risk Not Pass" },
  50516: { status: 400, message: "Post Video Risk Not Pass" },
  50517: { status: 400, message: "Post Audio Risk Not Pass" },
  50518: { status: 400, message: "Pre Img Risk Not Pass: Copyright" },
  50519: { status: 400, message: "Post Img Risk Not Pass: Copyright" },
  50520: { status: 400, message: "Risk Internal Error" },
  50521: { status: 400, message: "Antidirt Internal Error" },
  50522: { status: 400, message: "Image Copyright Internal Error" },
  60102: { status: 400, message: "No Face Found" },
  60208: { status: 400, message: "Image Refused" },
};

export function isCode(code: number): boolean {
  return Object.hasOwn(CODES, code);
}

/** A refusal by the product. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message = CODES[code]?.message ?? "") {
    super(message);
    this.code = code;
  }
}

/** A bad argument. */
export function invalid(message: string): Refusal {
  return new Refusal(50200, message);
}

export function missing(field: string): Refusal {
  return new Refusal(50201, `Missing Argument: ${field}`);
}

/** An argument that cannot be read as what it has to be. */
export function unreadable(message: string): Refusal {
  return new Refusal(50204, message);
}

/** What of the envelope is not as usual; see `[odd …]` in README.md. */
export type EnvelopeStyle = { statusless?: boolean; micro?: boolean };

/** A success. `elapsed` is text such as `3.96s`. */
export function success(
  data: unknown,
  requestId: string,
  elapsed: string,
  { statusless = false, micro = false }: EnvelopeStyle = {},
): Answer {
  return json(200, {
    code: 10000,
    data,
    message: "Success",
    request_id: requestId,
    ...(!statusless && { status: 10000 }),
    time_elapsed: micro ? "84.448µs" : elapsed,
  });
}

export function errorAnswer({ code, message }: Refusal, requestId: string, status?: number): Answer {
  return json(status ?? CODES[code]?.status ?? 400, {
    code,
    data: null,
    message,
    request_id: requestId,
    status: code,
    time_elapsed: "84.448µs",
  });
}
