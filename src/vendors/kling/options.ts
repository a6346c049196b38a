import { z } from "zod";
import type { OptionMeta, OptionsSchema } from "../../model/options.ts";

type Level = Pick<OptionMeta, "level">;

function meta<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}

const basic: Level = { level: "basic" };

/** Longest prompt and negative prompt, in characters (contract §4.1). */
export const maxPrompt = 2500;

export const videoRatios = ["16:9", "9:16", "1:1"] as const;
export const imageRatios = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] as const;

export type Mode = "std" | "pro" | "4k";

/** Resolution of a video, under the vendor's names: 720p, 1080p, 4K (contract §4.1). */
export function mode(values: readonly Mode[], otherwise: Mode = "std"): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text: "videoMode", ...basic, cost: true });
}

/** Whole seconds from `min` to `max` in steps of `step`. */
export function duration({ min, max, step }: { min: number; max: number; step: number }): z.ZodType {
  const seconds = step === 1 ? z.int().min(min).max(max) : z.int().min(min).max(max).multipleOf(step);
  return meta(seconds.default(5), { text: "duration", unit: "s", ...basic, cost: true });
}

export function ratio(values: readonly string[], otherwise = values[0] ?? "16:9"): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text: "frameRatio", ...basic });
}

export function sound(): z.ZodType {
  return meta(z.boolean().default(false), { text: "sound", ...basic, cost: true });
}

/** One continuous shot, shots chosen by the model, or shots written in the prompt (contract §4.1). */
export function shots(): z.ZodType {
  return meta(z.enum(["off", "auto", "written"]).default("off"), { text: "shots" });
}

export function negativePrompt(): z.ZodType {
  return meta(z.string().max(maxPrompt).default(""), { text: "negativePrompt", multiline: true });
}

/** The vendor's default of `cfg_scale`. */
export const defaultCfg = 0.5;

export function cfgScale(): z.ZodType {
  return meta(z.number().min(0).max(1).default(defaultCfg), { text: "cfgScale" });
}

/** Ids or names, separated by commas. */
export function elements(): z.ZodType {
  return meta(z.string().max(500).default(""), { text: "elements" });
}

export function voices(): z.ZodType {
  return meta(z.string().max(200).default(""), { text: "voices", cost: true });
}

export const presetMoves = ["down_back", "forward_up", "right_turn_forward", "left_turn_forward"] as const;
export const cameraAxes = ["horizontal", "vertical", "pan", "tilt", "roll", "zoom"] as const;

/** One ready-made move, or one axis; the vendor takes exactly one (contract §4.1). */
export function camera(): Record<string, z.ZodType> {
  return {
    camera: meta(z.enum(["none", ...presetMoves, ...cameraAxes]).default("none"), { text: "camera" }),
    cameraAmount: meta(z.int().min(-10).max(10).default(5), { text: "cameraAmount" }),
  };
}

/** A line for each moving mask: points `x,y` with spaces between. */
export function trajectories(): z.ZodType {
  return meta(z.string().max(10_000).default(""), { text: "trajectories", multiline: true });
}

export function watermark(): Record<string, z.ZodType> {
  return { watermark: meta(z.boolean().default(false), { text: "watermark", cost: true }) };
}

export function keepSound(): z.ZodType {
  return meta(z.boolean().default(true), { text: "keepSound", ...basic });
}

export function orientation(): z.ZodType {
  return meta(z.enum(["image", "video"]).default("image"), { text: "orientation", ...basic });
}

export function imageCount(): z.ZodType {
  return meta(z.int().min(1).max(9).default(1), { text: "count", unit: "images", ...basic, cost: true });
}

export function imageResolution(values: readonly string[]): z.ZodType {
  return meta(z.enum(values).default("1k"), { text: "resolution", ...basic, cost: true });
}

/** A choice with words of its own. */
export function choice(
  text: string,
  values: readonly string[],
  otherwise: string,
  about: Level = {},
): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text, ...about });
}

export function fraction(text: string, otherwise: number, max = 1, about: Level = {}): z.ZodType {
  return meta(z.number().min(0).max(max).default(otherwise), { text, ...about });
}

export function seconds(
  text: string,
  min: number,
  max: number,
  otherwise: number,
  about: Level = {},
): z.ZodType {
  return meta(z.number().min(min).max(max).default(otherwise), { text, unit: "s", ...about });
}

/** Length of a generated sound, in tenths of a second (contract §6.2). */
export function soundSeconds(): z.ZodType {
  return meta(z.number().min(3).max(10).multipleOf(0.1).default(5), {
    text: "seconds",
    unit: "s",
    ...basic,
  });
}

export function flag(text: string, otherwise: boolean): z.ZodType {
  return meta(z.boolean().default(otherwise), { text });
}

/** Which one of several, counted from 1. */
export function ordinal(text: string, max: number): z.ZodType {
  return meta(z.int().min(1).max(max).default(1), { text });
}

/** Free text; without a default it has to be given. */
export function words(
  text: string,
  max: number,
  otherwise: string | undefined,
  about: Level = {},
): z.ZodType {
  const schema = z.string().max(max);
  return meta(otherwise === undefined ? schema.min(1) : schema.default(otherwise), { text, ...about });
}

/** A schema of the fields that are there. */
export function schemaOf(fields: Record<string, z.ZodType | false | undefined>): OptionsSchema {
  const kept = Object.entries(fields).filter((entry): entry is [string, z.ZodType] => Boolean(entry[1]));
  return z.object(Object.fromEntries(kept));
}
