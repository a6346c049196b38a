import { isCode, Refusal } from "./codes.ts";
import { GatewayRefusal, isGatewayCode } from "./gateway.ts";

/** What the words in square brackets of any text of a body tell the simulator to play; README.md lists them. */
export type Markers = {
  error?: Refusal | GatewayRefusal;
  /** Code of an outcome that failed. */
  failure?: number;
  slowMs?: number;
  /** Word of a task that has ended, instead of `done`. */
  status?: string;
  /** Pictures that come out, where a product decides that itself. */
  group?: number;
  /** Things out of the ordinary in answers. */
  odd: Set<string>;
};

const POST_RISK = 50511;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Longer texts are pictures. */
const MOST_TEXT = 5000;

const READERS: Record<string, (markers: Markers, rest: string) => void> = {
  error: (markers, rest) => {
    if (isCode(Number(rest))) markers.error = new Refusal(Number(rest));
    else if (isGatewayCode(rest)) markers.error = new GatewayRefusal(rest);
  },
  fail: (markers, rest) => {
    markers.failure = isCode(Number(rest)) ? Number(rest) : POST_RISK;
  },
  slow: (markers, rest) => {
    const found = /^(\d+)(ms|s|m|h)$/.exec(rest);
    if (found) markers.slowMs = Number(found[1]) * (UNITS[found[2] ?? "ms"] ?? 1);
  },
  expire: (markers) => {
    markers.status = "expired";
  },
  status: (markers, rest) => {
    markers.status = rest;
  },
  group: (markers, rest) => {
    if (/^\d+$/.test(rest)) markers.group = Number(rest);
  },
  odd: (markers, rest) => {
    for (const word of rest.split(/\s+/)) markers.odd.add(word);
  },
};

const MARKER = new RegExp(`\\[(${Object.keys(READERS).join("|")})\\b\\s*([^\\]]*)\\]`, "g");

/** Reads the markers in all texts of a body. */
export function readMarkers(value: unknown, markers: Markers = { odd: new Set() }): Markers {
  if (typeof value === "string" && value.length <= MOST_TEXT)
    for (const [, name = "", rest = ""] of value.matchAll(MARKER)) READERS[name]?.(markers, rest.trim());
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) readMarkers(inner, markers);
  return markers;
}

/** Business codes that say something about the account come before any field is looked at. */
const OF_THE_ACCOUNT = [30403, 30404, 50400, 50402, 50429];

export function refuseForAccount({ error }: Markers): void {
  if (error instanceof GatewayRefusal || (error && OF_THE_ACCOUNT.includes(error.code))) throw error;
}
