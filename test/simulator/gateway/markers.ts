/** What the words in square brackets of any text of a body tell the simulator to play; README.md lists them. */
export type Markers = ReadonlyMap<string, string>;

const WORDS =
  "error|framed|gateway|native|blocked|cached|midway|sse|think|say|answers|choices|words|fail|part|slow|limits|redirect|ranks|base64";
const MARKER = new RegExp(`\\[(${WORDS})\\b\\s*([^\\]]*)\\]`, "g");
/** Longer texts are files. */
const MOST_TEXT = 20_000;

/** Reads the markers in all texts of a body. */
export function readMarkers(value: unknown, markers = new Map<string, string>()): Markers {
  if (typeof value === "string" && value.length <= MOST_TEXT)
    for (const [, word = "", rest = ""] of value.matchAll(MARKER)) markers.set(word, rest.trim());
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) readMarkers(inner, markers);
  return markers;
}

/** A text without its markers, as a model would read it. */
export function plain(text: string): string {
  return text.replace(MARKER, "").replace(/\s+/g, " ").trim();
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of `[slow 5s]`. */
export function slowMs(markers: Markers): number | undefined {
  const [, count, unit = ""] = /^(\d+)(ms|s|m|h)$/.exec(markers.get("slow") ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 1);
}

/** The words of `[sse tight comments]`. */
export function words(markers: Markers, name: string): Set<string> {
  return new Set((markers.get(name) ?? "").split(/[\s,]+/).filter((word) => word !== ""));
}
