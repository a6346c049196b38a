import { stringifyExact } from "./exact.ts";

/**
 * One server-sent event. `event` is left out for a bare `data:` block; a string is sent as it is. `lines` come
 * before the data as they are; `tight` leaves out the space after `data:`, `open` the blank line at the end.
 */
export type ServerEvent = {
  event?: string;
  lines?: readonly string[];
  data: unknown;
  tight?: boolean;
  open?: boolean;
};

/** How a stream of events is written down. All of it is legal for a reader that follows the SSE rules. */
export type EventStyle = { multiline?: boolean; split?: boolean };

/** How a body is sent that does not come in one go. Times are real milliseconds. */
export type Pace = {
  pieceBytes: number;
  /** Between two pieces. */
  gapMs: number;
  /** A longer pause after the first half. */
  silenceMs: number;
  /** With a Content-Length; otherwise chunked. */
  announced: boolean;
};

/** What an answer carries. An empty `type` means no Content-Type header. `events` are sent as they come, and the status line goes out with the first. */
export type Content =
  | { kind: "json"; value: unknown }
  | { kind: "bytes"; bytes: Buffer; type: string; pace?: Pace }
  | { kind: "events"; events: AsyncIterable<ServerEvent>; style: EventStyle };

/** A vendor's answer before any fault has touched it. */
export type Answer = { status: number; headers?: Record<string, string>; content: Content };

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers, content: { kind: "json", value } };
}

export function bytes(
  status: number,
  type: string,
  data: Buffer | string,
  headers: Record<string, string> = {},
) {
  return {
    status,
    headers,
    content: { kind: "bytes", type, bytes: Buffer.from(data) },
  } satisfies Answer;
}

/** One event as text, by the rules of server-sent events. */
export function eventText(event: ServerEvent, style: EventStyle): string {
  const data =
    typeof event.data === "string" ? event.data : JSON.stringify(event.data, null, style.multiline ? 2 : 0);
  const head = [...(event.event === undefined ? [] : [`event: ${event.event}`]), ...(event.lines ?? [])];
  const lines = [...head, ...data.split("\n").map((line) => `data:${event.tight ? "" : " "}${line}`)];
  return lines.join("\n") + (event.open ? "" : "\n\n");
}

/** The bytes of an answer that is not a stream, and their type. */
export function wholeBody(content: Exclude<Content, { kind: "events" }>): { bytes: Buffer; type: string } {
  return content.kind === "bytes"
    ? content
    : { bytes: Buffer.from(stringifyExact(content.value)), type: "application/json; charset=utf-8" };
}
