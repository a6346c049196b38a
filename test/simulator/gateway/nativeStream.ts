import type { Answer, ServerEvent } from "../answer.ts";

export const STREAM = { "Content-Type": "text/event-stream;charset=UTF-8" };

/** A stream of the native protocol: numbered results, no end mark (contract §3.2, fixture 20). */
export function nativeEvents(parts: AsyncIterable<unknown>): Answer {
  return { status: 200, headers: STREAM, content: { kind: "events", events: numbered(parts), style: {} } };
}

async function* numbered(parts: AsyncIterable<unknown>): AsyncIterable<ServerEvent> {
  let id = 0;
  for await (const data of parts) {
    id += 1;
    yield { lines: [`id:${id}`, "event:result", ":HTTP_STATUS/200"], data, tight: true };
  }
}
