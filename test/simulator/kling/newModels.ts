import type { Mode } from "./models.ts";

/** What a newer model takes (contract kling §7). `legacy` is its name in the price table and the packs. */
export type NewModel = {
  name: string;
  legacy: string;
  seconds: { least: number; most: number; step: number };
  resolutions: readonly Resolution[];
  audio: "always" | "optional" | "1080p" | "none";
  multiShot: boolean;
  lastFrame: "none" | "1080p" | "any";
  elements: number;
  voices: number;
  /** Longest prompt with and without pictures. */
  prompt: { text: number; image: number };
};

export const MODES = { "720p": "std", "1080p": "pro", "4k": "4k" } as const satisfies Record<string, Mode>;
export type Resolution = keyof typeof MODES;

const LONG = { least: 3, most: 15, step: 1 };
const SHORT = { least: 5, most: 10, step: 5 };
const ALL = ["720p", "1080p", "4k"] as const;
export const HD = ["720p", "1080p"] as const;

export const V3: NewModel = {
  name: "kling-3.0",
  legacy: "kling-v3",
  seconds: LONG,
  resolutions: ALL,
  audio: "optional",
  multiShot: true,
  lastFrame: "any",
  elements: 3,
  voices: 0,
  prompt: { text: 2500, image: 2500 },
};
export const TURBO: NewModel = {
  ...V3,
  name: "kling-3.0-turbo",
  legacy: "kling-v3-turbo",
  resolutions: HD,
  audio: "always",
  lastFrame: "none",
  elements: 0,
  prompt: { text: 3072, image: 2500 },
};
export const V26: NewModel = {
  ...V3,
  name: "kling-2.6",
  legacy: "kling-v2-6",
  seconds: SHORT,
  resolutions: HD,
  audio: "1080p",
  multiShot: false,
  lastFrame: "1080p",
  elements: 0,
  voices: 2,
};
export const V25: NewModel = {
  ...V26,
  name: "kling-2.5-turbo",
  legacy: "kling-v2-5-turbo",
  audio: "none",
  voices: 0,
};
export const OMNI: NewModel = { ...V3, name: "kling-3.0-omni", legacy: "kling-v3-omni", elements: 7 };
export const O1: NewModel = {
  ...OMNI,
  name: "kling-o1",
  legacy: "kling-video-o1",
  seconds: { least: 3, most: 10, step: 1 },
  resolutions: HD,
  audio: "none",
  multiShot: false,
};
