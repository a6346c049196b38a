import { imageSize } from "image-size";
import type { Links } from "../links.ts";
import type { Exchange } from "../vendor.ts";
import { invalid, Refusal } from "./errors.ts";
import type { Uploads } from "./uploads.ts";

export type Facts = { width: number; height: number; seconds: number };

/** A file that was named or sent. `problem` is found when it is looked at: at once, or in the task. */
export type Input = { facts: Facts; problem?: Refusal };

export type FileRule = {
  kind: "image" | "audio" | "video";
  field: string;
  /** Whether the file itself may be sent, as a data URI. */
  inline: boolean;
  megabytes: number;
  /** Least and most pixels a side. */
  sides?: readonly [number, number];
  /** Least and most seconds. */
  seconds?: readonly [number, number];
  /** Base64 without the head of a data URI is taken too. */
  bare?: boolean;
  /** A picture must not have an alpha channel. */
  opaque?: boolean;
};

/** Reads what a field names (contract alibaba-ai-gateway §5, §6, §8). Throws a Refusal for a wrong form. */
export type Inputs = {
  read(value: unknown, rule: FileRule, call: { exchange: Exchange; model: string }): Input;
  /** Remembers what a published file is said to be. */
  know(url: string, facts: Facts): void;
  reset(): void;
};

/** What stands behind a link of example.com and its like, which are reserved: nothing is fetched. */
const SAMPLE: Facts = { width: 1280, height: 720, seconds: 5 };
const SAMPLE_HOST = /^https?:\/\/([\w-]+\.)*example(\.(com|org|net))?\//;
const NO_URL = "The provided URL does not appear to be valid. Ensure it is correctly formatted.";
const FORMATS = new Set(["jpg", "png", "bmp", "webp"]);
const MEDIA = /^(ID3|RIFF....WAVE|OggS|fLaC|....ftyp|#!AMR|.E\xdf\xa3)/s;

export function createInputs(links: Links, uploads: Uploads): Inputs {
  const known = new Map<string, Facts>();
  const linked = (url: string, rule: FileRule): Input => {
    const facts = known.get(url) ?? (SAMPLE_HOST.test(url) ? sample(url) : undefined);
    if (facts !== undefined) return { facts };
    const link = links.resolve(url);
    return link === undefined
      ? { facts: SAMPLE, problem: new Refusal("InvalidParameter.DataInspection") }
      : measured(link.bytes(), rule);
  };
  const found = (value: string, rule: FileRule, call: { exchange: Exchange; model: string }): Input => {
    if (/^https?:\/\//i.test(value) && URL.canParse(value)) return linked(value, rule);
    if (value.startsWith("oss://")) {
      if (call.exchange.headers["x-dashscope-ossresourceresolve"] !== "enable") throw invalid(NO_URL);
      const file = uploads.find(value, call.model);
      return file === undefined
        ? { facts: SAMPLE, problem: new Refusal("InvalidParameter.DataInspection") }
        : measured(file, rule);
    }
    const [, type, data] = /^data:([a-z]+)\/[\w.+-]+;base64,(.*)$/s.exec(value) ?? [];
    if (type !== undefined && rule.inline) {
      if (type !== rule.kind && type !== "application") throw invalid(`${rule.field}: ${NO_URL}`);
      return measured(decoded(data ?? "", rule), rule);
    }
    if (rule.bare && isBase64(value)) return measured(decoded(value, rule), rule);
    throw invalid(`${rule.field}: ${NO_URL}`);
  };
  return {
    read: (value, rule, call) => {
      if (typeof value !== "string" || value === "") throw invalid(`${rule.field} must be a url`);
      const input = found(value, rule, call);
      const wrong = input.problem === undefined ? outside(input.facts, rule) : undefined;
      return wrong === undefined ? input : { ...input, problem: invalid(`${rule.field}: ${wrong}`) };
    },
    know: (url, facts) => {
      known.set(url, facts);
    },
    reset: () => known.clear(),
  };
}

/** Links of examples may say of themselves how long or large they are. */
function sample(url: string): Facts {
  const { searchParams } = new URL(url);
  const entries = Object.entries(SAMPLE).map(([name, value]) => [
    name,
    Number(searchParams.get(name) ?? value),
  ]);
  return Object.fromEntries(entries) as Facts;
}

function outside({ width, height, seconds }: Facts, { kind, sides, seconds: legal }: FileRule) {
  if (
    kind === "image" &&
    sides !== undefined &&
    [width, height].some((side) => side < sides[0] || side > sides[1])
  )
    return `the image's sides must be between ${sides[0]} and ${sides[1]} pixels`;
  if (kind !== "image" && legal !== undefined && (seconds < legal[0] || seconds > legal[1]))
    return `the duration must be between ${legal[0]} and ${legal[1]} seconds`;
  return undefined;
}

function measured(bytes: Buffer, { kind, field, megabytes, opaque }: FileRule): Input {
  if (bytes.length > megabytes * 2 ** 20)
    return {
      facts: SAMPLE,
      problem: new Refusal("BadRequest.TooLarge", `${field}: file size exceeds ${megabytes}MB`),
    };
  const bad = {
    facts: SAMPLE,
    problem: invalid(`${field}: the file format is illegal or the file cannot be opened.`),
  };
  if (kind !== "image") return isSound(bytes) ? { facts: { ...SAMPLE, seconds: soundSeconds(bytes) } } : bad;
  try {
    const { type = "", width, height } = imageSize(bytes);
    if (!FORMATS.has(type)) return bad;
    if (opaque && type === "png" && hasAlpha(bytes))
      return { ...bad, problem: invalid(`${field}: images with an alpha channel are not supported.`) };
    return { facts: { width, height, seconds: 0 } };
  } catch {
    return bad;
  }
}

/** Colour types 4 and 6 of a PNG have an alpha channel. */
function hasAlpha(png: Buffer): boolean {
  return ((png[25] ?? 0) & 4) !== 0;
}

/** Whether a file is one of the sound and film formats that the models read. */
export function isSound(bytes: Buffer): boolean {
  const frame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return frame || MEDIA.test(bytes.toString("latin1", 0, 16));
}

/** Whole seconds of a WAV by its header; other files of the simulator last two. */
export function soundSeconds(bytes: Buffer): number {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.length < 44) return 2;
  const rate = bytes.readUInt32LE(28);
  return rate === 0 ? 2 : Math.max(1, Math.ceil((bytes.length - 44) / rate));
}

function decoded(base64: string, { field }: FileRule): Buffer {
  if (!isBase64(base64)) throw invalid(`${field}: ${NO_URL}`);
  return Buffer.from(base64, "base64");
}

function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
