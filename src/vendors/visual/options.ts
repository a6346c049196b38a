import { z } from "zod";
import type { OptionMeta, OptionsSchema, SizeRule } from "../../model/options.ts";
import { logoCorners, logoLanguages, maxLabel, type ResultMember } from "./labels.ts";

type About = Omit<OptionMeta, "text">;

function meta<T extends z.ZodType>(schema: T, text: string, about: About = {}): T {
  return schema.meta({ text, ...about });
}

const basic = { level: "basic" } as const satisfies About;
const largestSeed = 2 ** 31 - 1;

/** Width and height, which the vendor heeds only together (contract §4). */
export function size(rule: SizeRule, otherwise: string): z.ZodType {
  return meta(z.string().default(otherwise), "pictureSize", { ...basic, size: rule });
}

export function seed(otherwise = -1): z.ZodType {
  return meta(z.int().min(-1).max(largestSeed).default(otherwise), "seed");
}

/** How much the words count, in the product's own scale. */
export function scale(min: number, max: number, otherwise: number): z.ZodType {
  return number("scale", min, max, otherwise);
}

export function number(text: string, min: number, max: number, otherwise: number, about?: About): z.ZodType {
  return meta(z.number().min(min).max(max).default(otherwise), text, about);
}

export function integer(text: string, min: number, max: number, otherwise: number, about?: About): z.ZodType {
  return meta(z.int().min(min).max(max).default(otherwise), text, about);
}

export function flag(text: string, otherwise: boolean, about?: About): z.ZodType {
  return meta(z.boolean().default(otherwise), text, about);
}

/** Words added to the prompt by a language model of the vendor's: it moves what is drawn and may move the price. */
export function promptExpansion(otherwise: boolean): z.ZodType {
  return flag("promptExpansion", otherwise, { cost: true });
}

/** A second step that doubles the picture's sides. */
export function superResolution(): z.ZodType {
  return flag("superResolution", true, { cost: true });
}

export function negativePrompt(): z.ZodType {
  return meta(z.string().max(800).default(""), "negativePrompt", { multiline: true });
}

export function choice(text: string, values: readonly string[], otherwise: string, about?: About): z.ZodType {
  return meta(z.enum(values).default(otherwise), text, about);
}

/** Free text; without a default it has to be given. */
export function words(text: string, max: number, otherwise: string | undefined, about?: About): z.ZodType {
  const schema = z.string().max(max);
  return meta(otherwise === undefined ? schema.min(1) : schema.default(otherwise), text, about);
}

/** How much of a side is added, as a part of the picture's: 0 to 1. */
export function sides(): Record<string, z.ZodType> {
  return {
    expandUp: number("growUp", 0, 1, 0.1, basic),
    expandDown: number("growDown", 0, 1, 0.1, basic),
    expandLeft: number("growLeft", 0, 1, 0.1, basic),
    expandRight: number("growRight", 0, 1, 0.1, basic),
  };
}

/** 5 or 10 seconds; sent as frames at 24 a second (contract §6.2). */
export function duration(): z.ZodType {
  return meta(z.int().min(5).max(10).multipleOf(5).default(5), "duration", {
    unit: "s",
    ...basic,
    cost: true,
  });
}

export function ratio(values: readonly string[]): z.ZodType {
  return choice("frameRatio", values, "16:9", basic);
}

/** What can be said of the result (contract §4.1). */
export function resultOptions(members: readonly ResultMember[]): Record<string, z.ZodType> {
  return {
    ...(members.includes("return_url") ? { delivery: choice("delivery", ["url", "b64_json"], "url") } : {}),
    ...(members.includes("logo_info") ? overlay() : {}),
    ...(members.includes("aigc_meta") ? hiddenLabel() : {}),
  };
}

function overlay(): Record<string, z.ZodType> {
  return {
    logo: flag("logo", false, { cost: true }),
    logoPosition: choice("logoPosition", logoCorners, "bottomRight"),
    logoLanguage: choice("logoLanguage", logoLanguages, "zh"),
    logoOpacity: number("logoOpacity", 0, 1, 1),
    logoText: words("logoText", 100, ""),
  };
}

function hiddenLabel(): Record<string, z.ZodType> {
  return {
    labelProducerId: words("labelProducerId", maxLabel, ""),
    labelProducer: words("labelProducer", maxLabel, ""),
    labelPropagator: words("labelPropagator", maxLabel, ""),
    labelPropagateId: words("labelPropagateId", maxLabel, ""),
  };
}

/** A schema of the fields that are there. */
export function schemaOf(fields: Record<string, z.ZodType | false | undefined>): OptionsSchema {
  const kept = Object.entries(fields).filter((entry): entry is [string, z.ZodType] => Boolean(entry[1]));
  return z.object(Object.fromEntries(kept));
}
