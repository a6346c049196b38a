import type { Links } from "../../links.ts";
import type { Size } from "../../media/scene.ts";
import { invalid } from "../errors.ts";
import { type ImageRule, readReference } from "../references.ts";
import { soundSeconds } from "./sound.ts";

/** What is known of a video. */
export type Clip = Size & { seconds: number; fps: number };

/** Reads the files of a request (contract ark §3.2). Each throws a Refusal that names `param`. */
export type Files = {
  image(url: string, param: string): Size;
  video(url: string, param: string, mostSeconds: number): Clip;
  /** Seconds. */
  audio(url: string, param: string, mostSeconds: number): number;
  /** Remembers what a published video is. */
  know(url: string, clip: Clip): void;
  reset(): void;
};

const RATIO = { least: 0.4, most: 2.5 };
const SIDE = { least: 300, most: 6000 };
const VIDEO_PIXELS = { least: 407_696, most: 8_295_044 };
const FPS = { least: 24, most: 60 };
const MOST_AUDIO_BYTES = 15 * 2 ** 20;
const LEAST_SECONDS = 2;
/** How far outside its limits a length has been seen to pass. Seconds. */
export const TOLERANCE = 0.2;

/** Pages differ on whether the ends belong to it; here they do not. */
function shapeFault({ width, height }: Size): string | undefined {
  if (Math.min(width, height) <= SIDE.least || Math.max(width, height) >= SIDE.most)
    return `width and height must be between ${SIDE.least} and ${SIDE.most} px`;
  return width / height <= RATIO.least || width / height >= RATIO.most
    ? `aspect ratio must be between ${RATIO.least} and ${RATIO.most}`
    : undefined;
}

function secondsFault(seconds: number, most: number): string | undefined {
  return seconds < LEAST_SECONDS - TOLERANCE || seconds > most + TOLERANCE
    ? `duration must be between ${LEAST_SECONDS} and ${most} seconds`
    : undefined;
}

function clipFault(clip: Clip, most: number): string | undefined {
  const pixels = clip.width * clip.height;
  if (pixels < VIDEO_PIXELS.least || pixels > VIDEO_PIXELS.most)
    return `the video must have ${VIDEO_PIXELS.least} to ${VIDEO_PIXELS.most} pixels`;
  if (clip.fps < FPS.least || clip.fps > FPS.most)
    return `the frame rate must be between ${FPS.least} and ${FPS.most}`;
  return shapeFault(clip) ?? secondsFault(clip.seconds, most);
}

/**
 * What stands behind an address of the reserved top-level domain `.example`: nothing is fetched. Its query may
 * say `width`, `height`, `seconds` and `fps`.
 */
function sample(url: string, extension: RegExp): Clip | undefined {
  if (!/^https?:\/\/[\w.-]+\.example\//.test(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  if (!extension.test(pathname)) return undefined;
  const number = (name: string, otherwise: number) => Number(searchParams.get(name) ?? otherwise);
  return {
    width: number("width", 1280),
    height: number("height", 720),
    seconds: number("seconds", 5),
    fps: number("fps", 24),
  };
}

/** A file of the vendor's library; what is in it the simulator does not know. */
function asset(url: string): Clip | undefined {
  return /^asset:\/\/[\w-]+$/.test(url) ? { width: 1280, height: 720, seconds: 5, fps: 24 } : undefined;
}

export function createFiles(links: Links): Files {
  const known = new Map<string, Clip>();
  const refused = (param: string, fault: string | undefined) => {
    if (fault !== undefined) throw invalid(param, fault);
  };
  return {
    image: (url, param) => {
      const rule: ImageRule = { param, fault: shapeFault };
      const size = sample(url, /\.(jpe?g|png|webp|bmp|tiff|gif|heic|heif)$/i) ?? asset(url);
      if (size === undefined) return readReference(url, links, rule);
      refused(param, shapeFault(size));
      return size;
    },
    video: (url, param, mostSeconds) => {
      if (url.startsWith("data:")) throw invalid(param, "base64 is not supported for video contents");
      const clip = known.get(url) ?? sample(url, /\.(mp4|mov)$/i) ?? asset(url);
      if (clip === undefined) throw invalid(param, "resource download failed");
      refused(param, clipFault(clip, mostSeconds));
      return clip;
    },
    audio: (url, param, mostSeconds) => {
      const seconds = url.startsWith("data:")
        ? inlineSound(url, param)
        : (sample(url, /\.(wav|mp3)$/i) ?? asset(url))?.seconds;
      if (seconds === undefined) throw invalid(param, "resource download failed");
      refused(param, secondsFault(seconds, mostSeconds));
      return seconds;
    },
    know: (url, clip) => {
      known.set(url, clip);
    },
    reset: () => known.clear(),
  };
}

function inlineSound(url: string, param: string): number {
  const [, subtype, base64 = ""] = /^data:audio\/(wav|mp3);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url) ?? [];
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MOST_AUDIO_BYTES) throw invalid(param, "audio size must be at most 15 MB");
  const sound = soundSeconds(bytes);
  if (sound === undefined || sound.format !== subtype)
    throw invalid(param, "the audio format must be wav or mp3");
  return sound.seconds;
}
