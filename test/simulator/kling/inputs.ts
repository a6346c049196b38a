import { imageSize } from "image-size";
import type { Links } from "../links.ts";
import { invalid } from "./errors.ts";
import { type Body, isHttpUrl, requiredText, text } from "./fields.ts";

/** What is known of a file: pixels, seconds, frames a second. */
export type Facts = { width: number; height: number; seconds: number; fps: number };

/** An input that was taken in. `problem` fails the task later on: the vendor looks at files after the answer. */
export type Input = { facts: Facts; problem?: string };

export type VideoLimits = { seconds: [number, number]; sides: [number, number] };

/** Reads inputs of a body: links and raw base64 (contract kling §3). Each throws a Refusal for a wrong form. */
export type Inputs = {
  image(body: Body, field: string): Input | undefined;
  requiredImage(body: Body, field: string): Input;
  /** A picture given as text. */
  imageText(value: string, field: string): Input;
  /** A video is a link, never the file itself. */
  video(body: Body, field: string, limits: VideoLimits): Input | undefined;
  /** A sound as a link or raw base64. */
  audio(body: Body, field: string, seconds: [number, number]): Input | undefined;
  /** A voice is the link of a sound or of a video. */
  voiceLink(body: Body, field: string, seconds: [number, number]): Input | undefined;
  /** Remembers what a published file is. */
  know(url: string, facts: Facts): void;
  reset(): void;
};

const MOST_IMAGE_BYTES = 10 * 2 ** 20;
const MOST_AUDIO_BYTES = 5 * 2 ** 20;
const LEAST_SIDE = 300;
const MOST_RATIO = 2.5;
const PIXELS = "Image pixel is invalid";

/** What stands behind a link of example.com, which is reserved: nothing is fetched. */
const SAMPLE: Facts = { width: 1280, height: 720, seconds: 5.04, fps: 24 };
const SAMPLE_HOST = /^https:\/\/([\w-]+\.)*example\.(com|org|net)\//;

export function createInputs(links: Links): Inputs {
  const known = new Map<string, Facts>();

  const linked = (url: string, kind: string): Input => {
    const facts = known.get(url) ?? (SAMPLE_HOST.test(url) ? SAMPLE : undefined);
    if (facts !== undefined) return { facts };
    const link = links.resolve(url);
    if (link?.type.startsWith("image/") && kind === "image") return measured(link.bytes());
    return { facts: SAMPLE, problem: `Failed to download the ${kind} from the url` };
  };
  const imageText = (value: string, field: string): Input => {
    const input = isHttpUrl(value)
      ? linked(value, "image")
      : measured(fromBase64(value, field, MOST_IMAGE_BYTES));
    const { width, height } = input.facts;
    const ratio = Math.max(width / height, height / width);
    const legal = Math.min(width, height) >= LEAST_SIDE && ratio <= MOST_RATIO;
    return legal || input.problem !== undefined ? input : { ...input, problem: PIXELS };
  };
  return {
    imageText,
    image: (body, field) => {
      const value = text(body, field);
      return value === undefined ? undefined : imageText(value, field);
    },
    requiredImage: (body, field) => imageText(requiredText(body, field), field),
    video: (body, field, { seconds, sides }) => {
      const value = text(body, field);
      if (value === undefined) return undefined;
      if (!isHttpUrl(value)) throw invalid(`${field} is not a valid url`);
      const input = linked(value, "video");
      const { facts } = input;
      if (input.problem === undefined && !within(facts.seconds, seconds))
        return { ...input, problem: "Video duration is invalid" };
      if (input.problem === undefined && !(within(facts.width, sides) && within(facts.height, sides)))
        return { ...input, problem: "Video resolution is invalid" };
      return input;
    },
    audio: (body, field, seconds) => {
      const value = text(body, field);
      if (value === undefined) return undefined;
      if (isHttpUrl(value)) {
        const input = linked(value, "audio");
        return within(input.facts.seconds, seconds)
          ? input
          : { ...input, problem: "Audio duration is invalid" };
      }
      if (!isMp3OrWav(fromBase64(value, field, MOST_AUDIO_BYTES))) throw invalid("Audio format is invalid");
      return { facts: SAMPLE };
    },
    voiceLink: (body, field, seconds) => {
      const value = text(body, field);
      if (value === undefined) return undefined;
      if (!isHttpUrl(value)) throw invalid(`${field} is not a valid url`);
      const input = linked(value, "audio");
      return within(input.facts.seconds, seconds)
        ? input
        : { ...input, problem: "Audio duration is invalid" };
    },
    know: (url, facts) => {
      known.set(url, facts);
    },
    reset: () => known.clear(),
  };
}

function within(value: number, [least, most]: [number, number]): boolean {
  return value >= least && value <= most;
}

/** Raw base64 alone: the prefix of a data URI is not base64. */
function fromBase64(value: string, field: string, most: number): Buffer {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value))
    throw invalid(`${field}: File is not in a valid base64 format`);
  const bytes = Buffer.from(value, "base64");
  if (bytes.length > most) throw invalid(`${field}: File size exceeds ${most / 2 ** 20}MB`);
  return bytes;
}

function measured(bytes: Buffer): Input {
  try {
    const { type, width, height } = imageSize(bytes);
    if (type === "png" || type === "jpg") return { facts: { ...SAMPLE, width, height } };
  } catch {
    // Falls through: what cannot be measured is no picture.
  }
  return { facts: SAMPLE, problem: "Image format is invalid" };
}

function isMp3OrWav(bytes: Buffer): boolean {
  const head = bytes.toString("latin1", 0, 12);
  const frame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2;
  return head.startsWith("ID3") || frame || /^RIFF....WAVE$/s.test(head);
}
