import { invalid, Refusal } from "./errors.ts";
import { type Body, choice, text } from "./fields.ts";

export type Mode = "std" | "pro" | "4k";

/** In which modes a feature works. */
type Where = "none" | "pro" | "any";

/** What a legacy video model takes (contract kling §4.1, §4.2, §13). */
export type VideoModel = {
  name: string;
  textToVideo: boolean;
  imageToVideo: boolean;
  seconds: { least: number; most: number; step: number };
  /** Empty: `mode` is not taken. */
  modes: readonly Mode[];
  sound: Where;
  lastFrame: Where;
  /** The end frame may come without a first one. */
  lastFrameAlone: boolean;
  multiShot: boolean;
  cfgScale: boolean;
  camera: boolean;
  motionBrush: boolean;
  elements: boolean;
  /** Since when it is gone (milliseconds since the epoch). */
  goneSince?: number;
};

const OLD = {
  textToVideo: true,
  imageToVideo: true,
  seconds: { least: 5, most: 10, step: 5 },
  modes: ["std", "pro"],
  sound: "none",
  lastFrame: "pro",
  lastFrameAlone: false,
  multiShot: false,
  cfgScale: false,
  camera: false,
  motionBrush: false,
  elements: false,
} as const satisfies Omit<VideoModel, "name">;

const VIDEO_MODELS: VideoModel[] = [
  {
    ...OLD,
    name: "kling-v1",
    cfgScale: true,
    camera: true,
    motionBrush: true,
    lastFrame: "any",
    lastFrameAlone: true,
    goneSince: Date.UTC(2026, 8, 1),
  },
  { ...OLD, name: "kling-v1-5", textToVideo: false, cfgScale: true, camera: true, lastFrameAlone: true },
  { ...OLD, name: "kling-v1-6", cfgScale: true, camera: true, lastFrameAlone: true },
  { ...OLD, name: "kling-v2-master", modes: [], lastFrame: "none" },
  { ...OLD, name: "kling-v2-1", textToVideo: false },
  { ...OLD, name: "kling-v2-1-master", modes: [], lastFrame: "none" },
  { ...OLD, name: "kling-v2-5-turbo" },
  { ...OLD, name: "kling-v2-6", sound: "pro" },
  {
    ...OLD,
    name: "kling-v3",
    seconds: { least: 3, most: 15, step: 1 },
    modes: ["std", "pro", "4k"],
    sound: "any",
    lastFrame: "any",
    multiShot: true,
    cfgScale: true,
    elements: true,
  },
];

/** The video model a body names, for an endpoint that takes it; kling-v1 when it names none. */
export function videoModel(body: Body, use: "textToVideo" | "imageToVideo", now: number): VideoModel {
  const name = text(body, "model_name") ?? "kling-v1";
  const model = VIDEO_MODELS.find((each) => each.name === name);
  if (model === undefined || (model.goneSince ?? Number.POSITIVE_INFINITY) <= now) throw new Refusal(1203);
  if (!model[use]) throw invalid(`model_name value '${name}' is invalid`);
  return model;
}

/** A name out of the endpoint's own list; unknown ones do not exist. */
export function namedModel<T extends string>(body: Body, names: readonly T[], otherwise: T): T {
  const name = text(body, "model_name") ?? otherwise;
  const found = names.find((each) => each === name);
  if (found === undefined) throw new Refusal(1203);
  return found;
}

/** `mode` of a model that has modes. */
export function readMode(body: Body, modes: readonly Mode[], otherwise: Mode = "std"): Mode {
  return choice(body, "mode", modes, otherwise);
}

/** `duration`, a text of whole seconds. */
export function readSeconds(
  body: Body,
  { least, most, step }: VideoModel["seconds"],
  otherwise = "5",
): number {
  const value = text(body, "duration") ?? otherwise;
  const seconds = /^\d{1,2}$/.test(value) ? Number(value) : Number.NaN;
  if (!(seconds >= least && seconds <= most) || (seconds - least) % step !== 0)
    throw invalid(`duration value '${value}' is invalid`);
  return seconds;
}

export const RATIOS = ["16:9", "9:16", "1:1"] as const;
