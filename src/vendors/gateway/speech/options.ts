import { z } from "zod";
import type { OptionMeta } from "../../../model/options.ts";
import { choice, words } from "../options.ts";

const basic = { level: "basic" } as const;

/** One of the voices that are known by name, or any other the model has, such as a cloned one. The first is the default. */
export function voice(known: readonly [string, ...string[]]): z.ZodType {
  return meta(z.string().trim().min(1).max(200).default(known[0]), {
    text: "speechVoice",
    suggestions: known,
    ...basic,
  });
}

/** What a model is called at the user's gateway, where that is not its name in the catalog. */
export function modelName(): z.ZodType {
  return words("modelName", 200);
}

export function format(values: readonly string[], otherwise: string): z.ZodType {
  return choice("format", values, otherwise, basic);
}

/** How it is to be said, in words (contract §3.6). */
export function instructions(): z.ZodType {
  return meta(z.string().max(1600).default(""), { text: "speechInstructions", multiline: true, ...basic });
}

/** Samples a second. */
export function sampleRate(values: readonly string[], otherwise: string): z.ZodType {
  return choice("sampleRate", values, otherwise);
}

function meta<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}
