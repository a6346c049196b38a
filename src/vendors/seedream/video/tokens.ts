import { framePixels } from "./frames.ts";
import type { VideoProfile } from "./profiles.ts";

/** Frames a second of everything the vendor makes. */
const frameRate = 24;

/** Tokens of a clip of that many frames: one for every 1024 pixels. */
export function tokensOf(
  profile: VideoProfile,
  shape: { resolution: string; ratio: string },
  frames: number,
): number | undefined {
  const pixels = framePixels(profile.frames, shape.resolution, shape.ratio);
  return pixels === undefined ? undefined : (frames * pixels) / 1024;
}

/** Frames that are billed for seconds going in and coming out: bills show one more than documented (contract §6). */
export function framesOf(seconds: number): number {
  return seconds * frameRate + 1;
}
