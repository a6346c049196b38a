import { setTimeout as delay } from "node:timers/promises";
import type { Answer, ServerEvent } from "../answer.ts";
import { pieces } from "./chatWords.ts";
import { DENIED, envelope, type Refusal } from "./errors.ts";
import type { Body } from "./fields.ts";
import { STREAM } from "./nativeStream.ts";

/** One chat answer, as it is told. */
export type Told = {
  id: string;
  model: string;
  /** Seconds since the epoch. */
  created: number;
  text: string;
  reasoning: string | undefined;
  usage: Body;
  annotations?: Body[];
};

/** How a stream is told: the words of `[sse …]` (contract §3.2), an error after its first piece, a wait. */
export type Telling = {
  style: ReadonlySet<string>;
  midway: Refusal | undefined;
  slowMs: number;
  signal: AbortSignal;
  /** With a chunk of usage at the end: a gateway always asks for one. */
  usage: boolean;
};

export function streamed(told: Told, telling: Telling): Answer {
  const events = styled(chunks(told, telling), telling.style);
  return {
    status: 200,
    headers: STREAM,
    content: { kind: "events", events, style: { split: telling.style.has("split") } },
  };
}

async function* chunks(told: Told, telling: Telling): AsyncIterable<Body | string> {
  const { style, midway, slowMs, signal } = telling;
  const { id, model, created, text, reasoning, usage } = told;
  const chunk = (choices: Body[], more: Body | null = null) => ({
    choices,
    object: "chat.completion.chunk",
    usage: more,
    created,
    system_fingerprint: null,
    model,
    id,
  });
  const delta = (value: Body | null, finish: string | null = null) =>
    chunk([{ delta: value, finish_reason: finish, index: 0, logprobs: null }]);
  const thinks = reasoning !== undefined;
  yield delta(
    thinks ? { role: "assistant", content: null, reasoning_content: "" } : { content: "", role: "assistant" },
  );
  if (style.has("comments")) yield ": keep-alive";
  if (thinks) for (const piece of pieces(reasoning)) yield delta({ content: null, reasoning_content: piece });
  for (const [index, piece] of pieces(text).entries()) {
    if (slowMs > 0) await delay(slowMs, undefined, { signal });
    yield delta(thinks ? { content: piece, reasoning_content: null } : { content: piece });
    if (style.has("null-delta") && index === 0) {
      yield delta(null);
      yield delta({});
    }
    if (midway !== undefined) {
      yield envelope(midway, "compat", id) as Body;
      return;
    }
    // An output check that trips splices the guard's words into a running stream.
    if (style.has("guard")) {
      yield { ...delta({ role: "assistant", content: DENIED }), model: "from-security-guard" };
      break;
    }
  }
  const last = thinks ? { content: "", reasoning_content: null } : { content: "" };
  if (style.has("usage-early")) {
    yield { ...delta(last, "stop"), usage };
  } else {
    yield delta(last, "stop");
    if (telling.usage) yield chunk([], usage);
  }
  if (!style.has("no-done")) yield "[DONE]";
}

/** Chunks as events; comments and the end mark are strings. */
async function* styled(
  parts: AsyncIterable<Body | string>,
  style: ReadonlySet<string>,
): AsyncIterable<ServerEvent> {
  const tight = style.has("tight");
  let comment: string[] = [];
  for await (const data of parts) {
    if (typeof data === "string" && data.startsWith(":")) {
      comment = [data];
      continue;
    }
    const open = data === "[DONE]" && style.has("open");
    yield { data, tight, open, lines: comment };
    comment = [];
  }
}

/** The guard's template: no space after `data:`, and no blank line after the end mark (fixture 68b). */
export function guardStream({ id, created }: Told): Answer {
  const frame = (choice: Body, more: Body = {}) =>
    JSON.stringify({
      id,
      object: "chat.completion.chunk",
      created,
      model: "from-security-guard",
      choices: [{ index: 0, ...choice }],
      ...more,
    });
  const events: ServerEvent[] = [
    {
      data: frame({ delta: { role: "assistant", content: DENIED }, logprobs: null, finish_reason: null }),
      tight: true,
    },
    { data: frame({ delta: {}, logprobs: null, finish_reason: "stop" }, { usage: NO_USAGE }), tight: true },
    { data: "[DONE]", open: true },
  ];
  return eventsOf(events);
}

/** A cached answer: one frame, named as if it were whole (fixture 69b). */
export function cachedStream({ text }: Told): Answer {
  const choice = { index: 0, delta: { role: "assistant", content: text }, finish_reason: "stop" };
  const frame = {
    id: "from-cache",
    choices: [choice],
    model: "from-cache",
    object: "chat.completion",
    usage: NO_USAGE,
  };
  return eventsOf([
    { data: frame, tight: true },
    { data: "[DONE]", tight: true },
  ]);
}

export const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

function eventsOf(list: ServerEvent[]): Answer {
  async function* each() {
    yield* list;
  }
  return { status: 200, headers: STREAM, content: { kind: "events", events: each(), style: {} } };
}
