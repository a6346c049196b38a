import { DOCUMENTED } from "./errors.ts";

/** What the words in square brackets of a prompt tell the simulator to play; README.md lists them. */
export type Markers = {
  error?: { code: string; retryAfter?: number };
  slowMs?: number;
  /** Index of a group member that fails, and its code. */
  fail: Map<number, string>;
  allFail: boolean;
  group?: number;
  layers?: number;
  size?: { width: number; height: number };
  undated: boolean;
  sse: Set<string>;
};

const UNITS: Record<string, number> = { ms: 1, s: 1000 };

const READERS: Record<string, (markers: Markers, words: string[]) => void> = {
  error: (markers, [code = "", retry]) => {
    if (!Object.hasOwn(DOCUMENTED, code)) return;
    const seconds = /^retry-after=(\d+)$/.exec(retry ?? "")?.[1];
    markers.error = { code, ...(seconds !== undefined && { retryAfter: Number(seconds) }) };
  },
  slow: (markers, [time = ""]) => {
    const found = /^(\d+)(ms|s)$/.exec(time);
    if (found) markers.slowMs = Number(found[1]) * (UNITS[found[2] ?? "ms"] ?? 1);
  },
  fail: (markers, [which = "0", code]) => {
    if (which === "all") markers.allFail = true;
    else
      markers.fail.set(
        Number(which),
        code === "internal" ? "InternalServiceError" : "OutputImageSensitiveContentDetected",
      );
  },
  group: (markers, [count = "1"]) => {
    markers.group = Math.max(1, Number(count));
  },
  layers: (markers, [count = "2"]) => {
    markers.layers = Number(count);
  },
  size: (markers, [size = ""]) => {
    const [width, height] = size.split("x").map(Number);
    if (width && height) markers.size = { width, height };
  },
  undated: (markers) => {
    markers.undated = true;
  },
  sse: (markers, words) => {
    for (const word of words) markers.sse.add(word);
  },
};

/** Reads the markers of a prompt, such as `a cat [slow 5s] [fail 1]`. Other brackets mean nothing. */
export function readMarkers(prompt: unknown): Markers {
  const markers: Markers = { fail: new Map(), allFail: false, undated: false, sse: new Set() };
  if (typeof prompt !== "string") return markers;
  for (const [, text = ""] of prompt.matchAll(/\[([^\]]+)\]/g)) {
    const [name = "", ...words] = text.trim().split(/\s+/);
    if (Object.hasOwn(READERS, name)) READERS[name]?.(markers, words);
  }
  return markers;
}
