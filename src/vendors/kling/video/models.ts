import type { Mode } from "../options.ts";

/** Where a feature works: never, only at 1080p, or at every resolution. */
export type Where = "none" | "pro" | "any";

/** What a model makes of text and of frames (contract §4.1, §4.2, §7). */
export interface VideoModel {
  id: string;
  name: string;
  /** Its name in the newer paths, where it has one. */
  newer?: string;
  /** False where only the newer paths have it. */
  legacy?: false;
  text: boolean;
  image: boolean;
  seconds: { min: number; max: number; step: number };
  /** Empty: the model has no choice of resolution. */
  modes: readonly Mode[];
  /** `always`: cannot be switched off and is in the price. */
  sound: Where | "always";
  lastFrame: Where;
  /** The last frame may come without a first one. */
  lastFrameAlone?: true;
  shots?: true;
  negativePrompt: boolean;
  cfgScale?: true;
  camera?: true;
  motionBrush?: true;
  elements?: number;
  voices?: true;
  maxTextPrompt?: number;
  /** The day it was seen to be gone, where somebody reported it (contract §13). */
  retires?: string;
}

const short = { min: 5, max: 10, step: 5 };
const long = { min: 3, max: 15, step: 1 };

const older = {
  text: true,
  image: true,
  seconds: short,
  modes: ["std", "pro"],
  sound: "none",
  lastFrame: "pro",
  negativePrompt: true,
} as const satisfies Partial<VideoModel>;

/** Newest first: the first is what is offered. */
export const videoModels: readonly VideoModel[] = [
  {
    id: "kling-v3",
    name: "Kling 3.0",
    newer: "kling-3.0",
    text: true,
    image: true,
    seconds: long,
    modes: ["std", "pro", "4k"],
    sound: "any",
    lastFrame: "any",
    shots: true,
    negativePrompt: true,
    cfgScale: true,
    elements: 3,
    voices: true,
  },
  {
    id: "kling-3.0-turbo",
    name: "Kling 3.0 Turbo",
    newer: "kling-3.0-turbo",
    legacy: false,
    text: true,
    image: true,
    seconds: long,
    modes: ["std", "pro"],
    sound: "always",
    lastFrame: "none",
    shots: true,
    negativePrompt: false,
    maxTextPrompt: 3072,
  },
  { ...older, id: "kling-v2-6", name: "Kling 2.6", newer: "kling-2.6", sound: "pro", voices: true },
  { ...older, id: "kling-v2-5-turbo", name: "Kling 2.5 Turbo", newer: "kling-2.5-turbo" },
  { ...older, id: "kling-v2-1-master", name: "Kling 2.1 Master", modes: [], lastFrame: "none" },
  { ...older, id: "kling-v2-1", name: "Kling 2.1", text: false },
  { ...older, id: "kling-v2-master", name: "Kling 2.0 Master", modes: [], lastFrame: "none" },
  { ...older, id: "kling-v1-6", name: "Kling 1.6", cfgScale: true, camera: true, lastFrameAlone: true },
  {
    ...older,
    id: "kling-v1-5",
    name: "Kling 1.5",
    text: false,
    cfgScale: true,
    camera: true,
    lastFrameAlone: true,
  },
  {
    ...older,
    id: "kling-v1",
    name: "Kling 1.0",
    lastFrame: "any",
    lastFrameAlone: true,
    cfgScale: true,
    camera: true,
    motionBrush: true,
    retires: "2026-09-01",
  },
];
