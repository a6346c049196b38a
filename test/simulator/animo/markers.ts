/** What the words in square brackets of a prompt tell the simulator to play; README.md lists them. */
export type Markers = {
  /** Real milliseconds before the headers. */
  slowMs?: number;
  /** Between two pieces of the body, and after its first half. */
  gapMs: number;
  silenceMs: number;
  /** Content-Type of the video; empty for none. */
  type?: string;
  /** With a Content-Length. */
  announced: boolean;
  /** Size of the file. */
  bytes?: number;
  /** Another answer than a video. */
  instead?: "pending" | "html" | "empty" | "nothing";
  redirect?: number;
  error?: { status: number; retryAfter?: number };
  /** Why the other two dialects fail. */
  failure?: string;
  /** The word for success in the hosted dialect. */
  success: string;
};

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

function milliseconds(text = ""): number | undefined {
  const found = /^(\d+)(ms|s|m)$/.exec(text);
  return found === null ? undefined : Number(found[1]) * (UNITS[found[2] ?? ""] ?? 1);
}

const READERS: Record<string, (markers: Markers, words: string[]) => void> = {
  slow: (markers, [time]) => {
    const slowMs = milliseconds(time);
    if (slowMs !== undefined) markers.slowMs = slowMs;
  },
  gap: (markers, [time]) => {
    markers.gapMs = milliseconds(time) ?? markers.gapMs;
  },
  silent: (markers, [time]) => {
    markers.silenceMs = milliseconds(time) ?? 0;
  },
  type: (markers, words) => {
    const type = words.join(" ");
    markers.type = type === "none" ? "" : type;
  },
  length: (markers) => {
    markers.announced = true;
  },
  bytes: (markers, [count]) => {
    markers.bytes = Number(count);
  },
  pending: (markers) => {
    markers.instead = "pending";
  },
  html: (markers) => {
    markers.instead = "html";
  },
  empty: (markers) => {
    markers.instead = "empty";
  },
  nothing: (markers) => {
    markers.instead = "nothing";
  },
  redirect: (markers, [status = "302"]) => {
    markers.redirect = Number(status);
  },
  error: (markers, [status, retry]) => {
    const seconds = /^retry-after=(\d+)$/.exec(retry ?? "")?.[1];
    markers.error = { status: Number(status), ...(seconds !== undefined && { retryAfter: Number(seconds) }) };
  },
  fail: (markers, [code = "render_failed"]) => {
    markers.failure = code;
  },
  succeeded: (markers) => {
    markers.success = "SUCCEEDED";
  },
};

/** Reads the markers of a prompt, such as `a boat [slow 5s] [type video/webm]`. Other brackets mean nothing. */
export function readMarkers(prompt: unknown): Markers {
  const markers: Markers = { gapMs: 1, silenceMs: 0, announced: false, success: "COMPLETED" };
  if (typeof prompt !== "string") return markers;
  for (const [, text = ""] of prompt.matchAll(/\[([^\]]+)\]/g)) {
    const [name = "", ...words] = text.trim().split(/\s+/);
    if (Object.hasOwn(READERS, name)) READERS[name]?.(markers, words);
  }
  return markers;
}
