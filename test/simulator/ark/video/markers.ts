import { DOCUMENTED } from "../errors.ts";

/** What the words in square brackets of a prompt tell the video tasks to play; README.md lists them. */
export type VideoMarkers = {
  error?: { code: string; retryAfter?: number };
  /** The task fails with this code. */
  failure?: string;
  /** Simulated milliseconds from start to end, and in the queue. */
  slowMs?: number;
  queuedMs?: number;
  /** What a duration of -1 comes to. */
  seconds?: number;
  /** The refusal to delete a running task comes without its envelope. */
  flat: boolean;
  /** List items say less, as one client has seen. */
  thin: boolean;
};

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string): number | undefined {
  const found = /^(\d+)(ms|s|m|h)$/.exec(text);
  return found === null ? undefined : Number(found[1]) * (UNITS[found[2] ?? ""] ?? 1);
}

const READERS: Record<string, (words: string[]) => Partial<VideoMarkers>> = {
  error: ([code = "", retry]) => {
    if (!Object.hasOwn(DOCUMENTED, code)) return {};
    const seconds = /^retry-after=(\d+)$/.exec(retry ?? "")?.[1];
    return { error: { code, ...(seconds !== undefined && { retryAfter: Number(seconds) }) } };
  },
  fail: ([code = "OutputVideoSensitiveContentDetected"]) => ({ failure: code }),
  slow: ([time = ""]) => {
    const slowMs = milliseconds(time);
    return slowMs === undefined ? {} : { slowMs };
  },
  queued: ([time = ""]) => {
    const queuedMs = milliseconds(time);
    return queuedMs === undefined ? {} : { queuedMs };
  },
  seconds: ([count = "5"]) => ({ seconds: Number(count) }),
  flat: () => ({ flat: true }),
  thin: () => ({ thin: true }),
};

/** Reads the markers of a prompt, such as `a cat [slow 5s] [fail]`. Other brackets mean nothing. */
export function readVideoMarkers(prompt: string): VideoMarkers {
  const markers: VideoMarkers = { flat: false, thin: false };
  for (const [, text = ""] of prompt.matchAll(/\[([^\]]+)\]/g)) {
    const [name = "", ...words] = text.trim().split(/\s+/);
    if (Object.hasOwn(READERS, name)) Object.assign(markers, READERS[name]?.(words));
  }
  return markers;
}
