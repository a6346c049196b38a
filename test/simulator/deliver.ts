import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { type Answer, eventText, type Pace, type ServerEvent, wholeBody } from "./answer.ts";
import { distort } from "./distort.ts";
import { type Fault, type FaultKind, param } from "./faults.ts";

/** The way out: a response whose `signal` is aborted when the client hangs up. */
export type Way = { response: ServerResponse; signal: AbortSignal };

type Act = (way: Way, answer: Answer, fault: Fault) => Promise<void>;

/** Faults that strike on the way out. Kinds that are not here send the answer as `distort` left it. */
const ACTS: Partial<Record<FaultKind, Act>> = {
  refuse: async (way) => {
    way.response.destroy();
  },
  reset: async (way) => breakOff(way),
  hang: async () => {
    // Never answered: the client hangs up, or a reset of the simulator does.
  },
  slow: async (way, answer, fault) => {
    await delay(param(fault, "ms", 2000), undefined, { signal: way.signal });
    await send(way, inPieces(answer, fault));
  },
  resetBody: async (way, answer, fault) => {
    await sendPart(way, answer, fault);
    await breakOff(way);
  },
  truncate: async (way, answer, fault) => {
    await sendPart(way, answer, fault);
    // With `clean` the chunked body ends properly, only too early.
    if (fault.params.clean === true) way.response.end();
    else way.response.socket?.end();
  },
  oversize: async (way, answer, fault) => pad(way, answer, param(fault, "bytes", 2 ** 31)),
  neverEnds: async (way, answer) => pad(way, answer, Number.POSITIVE_INFINITY),
};

/** Sends an answer, with what a fault makes of it. Ends quietly when the client hangs up. */
export async function deliver(way: Way, answer: Answer, fault: Fault | undefined): Promise<void> {
  try {
    if (fault === undefined) await send(way, answer);
    else await (ACTS[fault.kind] ?? send)(way, distort(answer, fault), fault);
  } catch (error) {
    if (!way.signal.aborted) throw error;
  }
}

/** A file that comes piece by piece, where `gapMs` says so. */
function inPieces(answer: Answer, fault: Fault): Answer {
  const { content } = answer;
  if (content.kind !== "bytes" || fault.params.gapMs === undefined) return answer;
  const pace: Pace = {
    pieceBytes: param(fault, "pieceBytes", 1024),
    gapMs: param(fault, "gapMs", 0),
    silenceMs: 0,
    announced: true,
  };
  return { ...answer, content: { ...content, pace } };
}

async function send(way: Way, answer: Answer): Promise<void> {
  const { response } = way;
  if (answer.content.kind === "events") {
    await sendEvents(way, answer, Number.POSITIVE_INFINITY);
    response.end();
    return;
  }
  const { bytes, type } = wholeBody(answer.content);
  const pace = answer.content.kind === "bytes" ? answer.content.pace : undefined;
  response.writeHead(answer.status, {
    ...(type !== "" && { "Content-Type": type }),
    ...(pace?.announced !== false && { "Content-Length": bytes.length }),
    ...answer.headers,
  });
  if (pace !== undefined) await sendPaced(way, bytes, pace);
  response.end(pace === undefined ? bytes : undefined);
}

async function sendPaced(way: Way, bytes: Buffer, pace: Pace): Promise<void> {
  const middle = Math.floor(bytes.length / 2);
  for (let at = 0; at < bytes.length; at += pace.pieceBytes) {
    const end = at + pace.pieceBytes;
    await write(way, bytes.subarray(at, end));
    const ms = pace.gapMs + (at < middle && end >= middle ? pace.silenceMs : 0);
    if (ms > 0) await delay(ms, undefined, { signal: way.signal });
  }
}

/** Sends up to `most` events; the status line waits for the first, as the vendor's does. */
async function sendEvents(way: Way, answer: Answer, most: number): Promise<void> {
  if (answer.content.kind !== "events") return;
  const { response, signal } = way;
  const { events, style } = answer.content;
  const start = () => {
    if (!response.headersSent)
      response.writeHead(answer.status, { "Content-Type": "text/event-stream", ...answer.headers });
  };
  let sent = 0;
  for await (const event of events) {
    signal.throwIfAborted();
    start();
    await write(way, eventBytes(event, style.multiline === true), style.split === true);
    sent += 1;
    if (sent >= most) return;
  }
  start();
}

function eventBytes(event: ServerEvent, multiline: boolean): Buffer {
  return Buffer.from(eventText(event, { multiline }));
}

/** Writes and waits until the system has taken it; `split` sends it in two packets, cut anywhere. */
async function write({ response }: Way, data: Buffer, split = false): Promise<void> {
  const middle = split ? Math.floor(data.length / 2) : data.length;
  for (const part of [data.subarray(0, middle), data.subarray(middle)]) {
    if (part.length === 0) continue;
    await new Promise<void>((resolve) => response.write(part, () => resolve()));
    if (split) await delay(5);
  }
}

/** The head and the first half (or `params.bytes`) of the body; of a stream the first event. */
async function sendPart(way: Way, answer: Answer, fault: Fault): Promise<void> {
  if (answer.content.kind === "events") {
    await sendEvents(way, answer, param(fault, "events", 1));
    return;
  }
  const { bytes, type } = wholeBody(answer.content);
  const clean = fault.params.clean === true;
  way.response.writeHead(answer.status, {
    "Content-Type": type,
    ...(!clean && { "Content-Length": bytes.length }),
    ...answer.headers,
  });
  const count = Math.min(param(fault, "bytes", Math.floor(bytes.length / 2)), bytes.length - 1);
  await write(way, bytes.subarray(0, Math.max(0, count)));
}

/** The answer followed by zeros up to `total` bytes, or until the client has had enough. */
async function pad(way: Way, answer: Answer, total: number): Promise<void> {
  const { response, signal } = way;
  const endless = total === Number.POSITIVE_INFINITY;
  let left = total;
  if (answer.content.kind === "events") {
    await sendEvents(way, answer, Number.POSITIVE_INFINITY);
  } else {
    const { bytes, type } = wholeBody(answer.content);
    const headers = { "Content-Type": type, ...answer.headers };
    response.writeHead(answer.status, endless ? headers : { ...headers, "Content-Length": total });
    const first = bytes.subarray(0, total);
    await write(way, first);
    left -= first.length;
  }
  // Zeros in a file; in a stream, comments that keep it open.
  const block = 64 * 1024;
  const filler =
    answer.content.kind === "events" ? Buffer.alloc(block, ": keep-alive\n\n") : Buffer.alloc(block);
  const gone = aborted(signal);
  while (left > 0 && !signal.aborted) {
    await Promise.race([write(way, filler.subarray(0, left)), gone]);
    left -= filler.length;
    if (endless) await delay(20, undefined, { signal });
  }
  response.end();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** A TCP reset, once what was written has left. */
async function breakOff({ response }: Way): Promise<void> {
  await delay(20);
  response.socket?.resetAndDestroy();
}
