import type { Model } from "../../../model/catalog.ts";
import { type FrameTable, frames10, frames15, frames20, frames20Small, frames25 } from "./frames.ts";
import { alike, type VideoPrices } from "./prices.ts";

/**
 * What one Seedance model takes, as data (contract §1.1, §3.1 to §3.3, §6). A field that the profile does not grant is never
 * sent.
 */
export interface VideoProfile {
  id: string;
  name: string;
  /** What is sent as the model, by price list. */
  ids: { readonly cn: string; readonly intl: string };
  retires?: NonNullable<Model["retires"]>;
  frames: FrameTable;
  /** Lengths in whole seconds; `auto`: the model can choose (-1). */
  seconds: { readonly min: number; readonly max: number; readonly auto: boolean };
  /** Takes a last frame beside the first. */
  lastFrame: boolean;
  references?: ReferenceLimits;
  /** Can leave the ratio to itself where there is nothing to take it from. */
  adaptiveFromText: boolean;
  /**
   * Holds each kind of task to rules of its own (contract §3.3, "2.5 task constraints") and is told which kind it is: frames, edits
   * and extensions in their source's ratio, edits as long as it.
   */
  typed?: boolean;
  /** Makes sound. */
  sound?: boolean;
  draft?: DraftRules;
  /** Takes a number of frames instead of seconds. */
  frameCount?: boolean;
  fixedCamera?: boolean;
  /** Has the offline tier. */
  flex?: boolean;
  /** Its place among the account's queued tasks can be moved. */
  priority?: boolean;
  /** Can bring MOV instead of MP4. */
  mov?: boolean;
  /** Takes HEIC and HEIF pictures. */
  heic?: boolean;
  prices: VideoPrices;
}

/** How many references of each kind, and how long all videos, or all sounds, may be together. */
export interface ReferenceLimits {
  images: number;
  videos: number;
  audios: number;
  mostSeconds: number;
  /** Sounds may come without a picture or a video. */
  audioAlone: boolean;
}

/** A draft is always 480p. */
export interface DraftRules {
  /** The only resolution the final can have; absent: any. */
  final?: string;
  /** Tokens of a draft in proportion to those of a clip of its size. */
  tokens: number;
  /** A draft cannot bring its last frame. */
  noLastFrame?: boolean;
}

const references20: ReferenceLimits = {
  images: 9,
  videos: 3,
  audios: 3,
  mostSeconds: 15,
  audioAlone: false,
};

const family20 = {
  seconds: { min: 4, max: 15, auto: true },
  lastFrame: true,
  references: references20,
  adaptiveFromText: true,
  sound: true,
  priority: true,
  heic: true,
} as const satisfies Partial<VideoProfile>;

const family10 = {
  frames: frames10,
  seconds: { min: 2, max: 12, auto: false },
  adaptiveFromText: false,
  frameCount: true,
  fixedCamera: true,
  flex: true,
} as const satisfies Partial<VideoProfile>;

/**
 * Every Seedance model whose rules are documented. The first is what a new user gets: the vendor's own successor of the model that
 * other clients still default to. 1.0 lite is shut and its limits are not documented any more, so it is not in the list.
 */
export const videoProfiles: readonly VideoProfile[] = [
  {
    id: "seedance-2-0-mini",
    name: "Seedance 2.0 mini",
    ids: { cn: "doubao-seedance-2-0-mini-260615", intl: "dreamina-seedance-2-0-mini-260615" },
    frames: frames20Small,
    ...family20,
    prices: {
      cn: { currency: "CNY", tokens: alike({ plain: 23, video: 14 }, "480p", "720p") },
      intl: { currency: "USD", tokens: alike({ plain: 3.5 }, "480p", "720p") },
    },
  },
  {
    id: "seedance-2-0",
    name: "Seedance 2.0",
    ids: { cn: "doubao-seedance-2-0-260128", intl: "dreamina-seedance-2-0-260128" },
    frames: frames20,
    ...family20,
    prices: {
      cn: {
        currency: "CNY",
        tokens: {
          ...alike({ plain: 46, video: 28 }, "480p", "720p"),
          "1080p": { plain: 51, video: 31 },
          "4k": { plain: 26, video: 16 },
        },
      },
      intl: {
        currency: "USD",
        tokens: {
          ...alike({ plain: 7, video: 4.3 }, "480p", "720p"),
          "1080p": { plain: 7.7, video: 4.7 },
          "4k": { plain: 4, video: 2.4 },
        },
      },
    },
  },
  {
    id: "seedance-2-0-fast",
    name: "Seedance 2.0 fast",
    ids: { cn: "doubao-seedance-2-0-fast-260128", intl: "dreamina-seedance-2-0-fast-260128" },
    frames: frames20Small,
    ...family20,
    prices: {
      cn: { currency: "CNY", tokens: alike({ plain: 37, video: 22 }, "480p", "720p") },
      intl: { currency: "USD", tokens: alike({ plain: 5.6 }, "480p", "720p") },
    },
  },
  {
    id: "seedance-2-5",
    name: "Seedance 2.5",
    ids: { cn: "doubao-seedance-2-5-260628", intl: "dreamina-seedance-2-5-260628" },
    frames: frames25,
    seconds: { min: 4, max: 30, auto: true },
    lastFrame: true,
    references: { images: 30, videos: 10, audios: 10, mostSeconds: 30, audioAlone: true },
    adaptiveFromText: true,
    typed: true,
    sound: true,
    draft: { final: "1080p", tokens: 1 },
    priority: true,
    mov: true,
    heic: true,
    prices: {
      cn: {
        currency: "CNY",
        tokens: { ...alike({ plain: 70, video: 42 }, "480p", "720p"), "1080p": { plain: 77, video: 46 } },
      },
      intl: {
        currency: "USD",
        tokens: { ...alike({ plain: 10.7 }, "480p", "720p"), "1080p": { plain: 11.7 } },
      },
    },
  },
  {
    id: "seedance-1-0-pro",
    name: "Seedance 1.0 pro",
    ids: { cn: "doubao-seedance-1-0-pro-250528", intl: "seedance-1-0-pro-250528" },
    ...family10,
    lastFrame: true,
    prices: { cn: { currency: "CNY", tokens: alike({ plain: 15 }, "480p", "720p", "1080p") } },
  },
  {
    id: "seedance-1-0-pro-fast",
    name: "Seedance 1.0 pro fast",
    ids: { cn: "doubao-seedance-1-0-pro-fast-251015", intl: "seedance-1-0-pro-fast-251015" },
    ...family10,
    lastFrame: false,
    prices: { cn: { currency: "CNY", tokens: alike({ plain: 4.2 }, "480p", "720p", "1080p") } },
  },
  {
    // Kept so that what was made with it is still named, priced and read.
    id: "seedance-1-5-pro",
    name: "Seedance 1.5 pro",
    ids: { cn: "doubao-seedance-1-5-pro-251215", intl: "seedance-1-5-pro-251215" },
    retires: { on: "2026-11-11", source: "documented" },
    frames: frames15,
    seconds: { min: 4, max: 12, auto: true },
    lastFrame: true,
    adaptiveFromText: true,
    sound: true,
    draft: { tokens: 0.6, noLastFrame: true },
    fixedCamera: true,
    flex: true,
    heic: true,
    prices: { cn: { currency: "CNY", tokens: alike({ plain: 16, silent: 8 }, "480p", "720p", "1080p") } },
  },
];
