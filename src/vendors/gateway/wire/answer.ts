import { jsonOf } from "../../wire/json.ts";

/** The body of an answer in whichever form it came (contract §3.2, §4.2). */
export interface AnswerBody {
  text: string;
  /** The JSON in it, also where it stands in a server-sent event; the last frame counts. */
  json?: unknown;
  /** The true status, which framed errors of the native protocol carry in a comment. */
  framedStatus?: number;
}

/** Reads a body by what it holds, not by its declared type: JSON, else the frames of an event stream, else only text. */
export function readBody(text: string): AnswerBody {
  const whole = jsonOf(text);
  if (whole !== undefined) return { text, json: whole };
  const frames = [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => jsonOf(data ?? ""));
  const json = frames.findLast((frame) => frame !== undefined);
  const status = Number(/^:\s*HTTP_STATUS\/(\d{3})/m.exec(text)?.[1] ?? Number.NaN);
  return {
    text,
    ...(json === undefined ? {} : { json }),
    ...(Number.isNaN(status) ? {} : { framedStatus: status }),
  };
}

/** What an error body says in either JSON dialect: `{error:{…}}` or `{code, message}`; parts that are not there stay out. */
export interface ErrorBody {
  code?: string;
  message?: string;
  requestId?: string;
  field?: string;
}

/** Reads an error out of a body; undefined if it tells of none. */
export function readError(json: unknown): ErrorBody | undefined {
  if (!isObject(json)) return undefined;
  const inner = isObject(json.error) ? json.error : undefined;
  const from = inner ?? json;
  const code = textOf(from.code) ?? (inner ? textOf(inner.type) : undefined);
  const plain = inner ? undefined : textOf(json.error);
  if (!inner && code === undefined && plain === undefined) return undefined;
  const message = textOf(from.message) ?? plain;
  const requestId = textOf(json.request_id) ?? textOf(from.request_id);
  const field = textOf(from.param);
  return {
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(field === undefined ? {} : { field }),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
