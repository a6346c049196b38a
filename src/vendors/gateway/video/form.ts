import type { InputSlot, ModelOperation } from "../../../model/catalog.ts";
import type { InputRole } from "../../../model/request.ts";
import type { Resolution } from "./sizes.ts";

export type VideoOperation =
  | "text-to-video"
  | "image-to-video"
  | "frames-to-video"
  | "references-to-video"
  | "edit-video"
  | "extend-video";

/**
 * Where an input of a role goes: a flat `field`, a flat `list` of links, an item of `media` by its type, or `voice`: the
 * `reference_voice` of the item at its place (contract §6).
 */
export type Member = { as: "field" | "list" | "media"; name: string } | { as: "voice" };

/** Parameters a model takes besides how large and how long. */
export type VideoField =
  | "negativePrompt"
  | "promptExtension"
  | "watermark"
  | "seed"
  | "sound"
  | "shotType"
  | "template"
  | "audioSetting";

/** A model doing one operation (contract §6). */
export interface VideoForm {
  /** First and last frame of the older models have a path of their own. */
  path: "video" | "keyframes";
  inputs: readonly InputSlot[];
  members: Partial<Record<InputRole, Member>>;
  prompt: ModelOperation["prompt"];
  /** Characters; beyond them the vendor cuts without a word. */
  maxPrompt: number;
  /** How it is told how fine: by width and height, or by a name; the first is the one asked for by default. */
  fineness: { by: "size" | "resolution"; values: readonly Resolution[] };
  /** `asInput`: `adaptive` follows what goes in, by not being sent. `asFrame`: a first frame decides it (contract §6). */
  ratio?: { values: readonly string[]; otherwise: string; asInput?: true; asFrame?: true };
  /** Absent where the vendor leaves no choice. `text` where a value means something of its own. */
  duration?: { least: number; most: number; step?: number; otherwise?: number; text?: string };
  fields: readonly VideoField[];
  /** CNY a second on the list of Beijing (contract §9); absent: not known. */
  prices?: VideoPrices;
  /** Pictures and videos together, where they are limited together. */
  most?: number;
  /** Longest video where videos go in. */
  secondsWithVideo?: number;
}

export interface VideoPrices {
  plain: Partial<Record<Resolution, number>>;
  /** Without sound, where that is cheaper. */
  silent?: Partial<Record<Resolution, number>>;
}

/** A row of contract §6. */
export interface VideoProfile {
  id: string;
  name: string;
  preview?: true;
  operations: Partial<Record<VideoOperation, VideoForm>>;
}
