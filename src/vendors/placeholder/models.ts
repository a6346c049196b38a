import { z } from "zod";
import type { Model } from "../../model/catalog.ts";
import type { OptionMeta, SizeRule } from "../../model/options.ts";
import { styles } from "./compose.ts";
import { themes } from "./palettes.ts";

/** Shortest and longest side of a picture, in pixels. */
const sides = { min: 16, max: 8192 };

const size: SizeRule = {
  presets: [],
  sizes: [
    { ratio: "16:9", width: 1200, height: 675 },
    { ratio: "16:9", width: 1920, height: 1080 },
    { ratio: "3:2", width: 1200, height: 800 },
    { ratio: "4:3", width: 1200, height: 900 },
    { ratio: "1:1", width: 1024, height: 1024 },
    { ratio: "3:4", width: 900, height: 1200 },
    { ratio: "2:3", width: 800, height: 1200 },
    { ratio: "9:16", width: 675, height: 1200 },
    { ratio: "21:9", width: 1680, height: 720 },
    { ratio: "1.91:1", width: 1200, height: 628 },
  ],
  free: {
    minPixels: sides.min ** 2,
    maxPixels: sides.max ** 2,
    minRatio: sides.min / sides.max,
    maxRatio: sides.max / sides.min,
    minSide: sides.min,
    maxSide: sides.max,
  },
};

function option<T extends z.ZodType>(schema: T, meta: OptionMeta): T {
  return schema.meta(meta as unknown as Record<string, unknown>) as T;
}

const seed = option(z.int().min(-1).max(2_147_483_647).default(-1), { text: "placeholderSeed" });

/** Options of a picture. A seed of -1 is made from the prompt. */
export const imageOptions = z.object({
  size: option(z.string().default("1200x675"), { text: "pixelSize", level: "basic", size }),
  format: option(z.enum(["png", "svg"]).default("png"), { text: "format", level: "basic" }),
  count: option(z.int().min(1).max(4).default(1), { text: "count", unit: "images" }),
  style: option(z.enum(["auto", ...styles]).default("auto"), { text: "placeholderStyle" }),
  theme: option(z.enum(["auto", ...themes]).default("auto"), { text: "placeholderTheme" }),
  label: option(z.boolean().default(true), { text: "placeholderLabel" }),
  seed,
});

/** Options of a sound. */
export const soundOptions = z.object({
  seconds: option(z.int().min(1).max(10).default(3), { text: "seconds", unit: "s", level: "basic" }),
  seed,
});

/** The one model: pictures and sounds that are drawn and computed here, at once and for nothing. */
export const models: readonly Model[] = [
  {
    id: "placeholder",
    name: "Placeholder",
    operations: {
      "text-to-image": {
        options: imageOptions,
        inputs: [],
        prompt: "optional",
        deadlineMs: 120_000,
        estimate: () => ({ kind: "free" }),
      },
      sound: {
        options: soundOptions,
        inputs: [],
        prompt: "optional",
        deadlineMs: 60_000,
        estimate: () => ({ kind: "free" }),
      },
    },
  },
];
