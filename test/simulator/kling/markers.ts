import { CODES, Refusal } from "./errors.ts";

/** What the words in square brackets of any text of a body tell the simulator to play; README.md lists them. */
export type Markers = { error?: number; slowMs?: number; failure?: string };

const RISK = "Failure to pass the risk control system";
const UNITS: Record<string, number> = { ms: 1, s: 1000 };
/** Longer texts are pictures. */
const MOST_TEXT = 5000;

const READERS: Record<string, (markers: Markers, rest: string) => void> = {
  error: (markers, rest) => {
    if (Object.hasOwn(CODES, rest)) markers.error = Number(rest);
  },
  fail: (markers, rest) => {
    markers.failure = rest === "" ? RISK : rest;
  },
  slow: (markers, rest) => {
    const found = /^(\d+)(ms|s)$/.exec(rest);
    if (found) markers.slowMs = Number(found[1]) * (UNITS[found[2] ?? "ms"] ?? 1);
  },
};

/** Reads the markers in all texts of a body. */
export function readMarkers(value: unknown, markers: Markers = {}): Markers {
  if (typeof value === "string" && value.length <= MOST_TEXT)
    for (const [, name = "", rest = ""] of value.matchAll(/\[(error|fail|slow)\b\s*([^\]]*)\]/g))
      READERS[name]?.(markers, rest.trim());
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) readMarkers(inner, markers);
  return markers;
}

/** Codes that say something about the account come before any field is looked at. */
const OF_THE_ACCOUNT = [1100, 1101, 1102, 1103, 1304];

export function refuseForAccount({ error }: Markers): void {
  if (error !== undefined && OF_THE_ACCOUNT.includes(error)) throw new Refusal(error);
}
