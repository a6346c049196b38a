import { z } from "zod";
import type { OptionMeta, OptionsSchema, SizeRule } from "../../model/options.ts";

function meta<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}

const basic = { level: "basic" } as const;

/** Where the vendor's own seeds end (contract §5). -1 leaves the choice to the vendor and is not sent. */
const maxSeed = 2_147_483_647;

/** Longest negative prompt, in characters (contract §5, §6). */
const maxNegative = 500;

export function size(rule: SizeRule, otherwise: string): z.ZodType {
  return meta(z.string().default(otherwise), { text: "gatewaySize", ...basic, size: rule, cost: true });
}

export function count(most: number): z.ZodType {
  return meta(z.int().min(1).max(most).default(1), { text: "count", unit: "images", ...basic, cost: true });
}

export function negativePrompt(): z.ZodType {
  return meta(z.string().max(maxNegative).default(""), { text: "negativePrompt", multiline: true });
}

/** The vendor rewrites the prompt first: its own default, which takes some seconds more. */
export function promptExtension(otherwise: boolean): z.ZodType {
  return meta(z.boolean().default(otherwise), { text: "promptExtension", cost: true });
}

export function watermark(): z.ZodType {
  return meta(z.boolean().default(false), { text: "watermark", cost: true });
}

export function seed(): z.ZodType {
  return meta(z.int().min(-1).max(maxSeed).default(-1), { text: "seed" });
}

export function flag(text: string, otherwise: boolean, about: Pick<OptionMeta, "level" | "cost"> = {}) {
  return meta(z.boolean().default(otherwise), { text, ...about });
}

/** A choice with words of its own. */
export function choice(
  text: string,
  values: readonly string[],
  otherwise: string,
  about: Pick<OptionMeta, "level" | "cost"> = {},
): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text, ...about });
}

/** Most pictures among text and pictures in turn. */
export function maxImages(): z.ZodType {
  return meta(z.int().min(1).max(5).default(1), {
    text: "maxImages",
    unit: "images",
    ...basic,
    cost: true,
  });
}

export function resolution(values: readonly string[], otherwise: string): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text: "resolution", ...basic, cost: true });
}

export function ratio(values: readonly string[], otherwise: string): z.ZodType {
  return meta(z.enum(values).default(otherwise), { text: "ratio", ...basic });
}

/** Whole seconds. `text` where a value means something of its own. */
export function duration(
  {
    least,
    most,
    step = 1,
    otherwise = 5,
  }: { least: number; most: number; step?: number; otherwise?: number },
  text = "duration",
): z.ZodType {
  const range = z.int().min(least).max(most);
  const whole = step === 1 ? range : range.multipleOf(step);
  return meta(whole.default(otherwise), { text, unit: "s", ...basic, cost: true });
}

export function words(text: string, most: number): z.ZodType {
  return meta(z.string().max(most).default(""), { text });
}

/** A schema of the fields that are there. */
export function schemaOf(fields: Record<string, z.ZodType | false | undefined>): OptionsSchema {
  const kept = Object.entries(fields).filter((entry): entry is [string, z.ZodType] => Boolean(entry[1]));
  return z.object(Object.fromEntries(kept));
}
