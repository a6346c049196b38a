import type { Problem } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import { fileFields } from "../../wire/body.ts";
import { pictures } from "../inputs.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import { type Product, problem } from "../product.ts";
import { countOption, profileOf } from "./shared.ts";

const sides = ["up", "down", "left", "right"] as const;
const sideOptions = ["expandUp", "expandDown", "expandLeft", "expandRight"] as const;
/** The new area is at most this many times the old one. */
const maxGrowth = 3;

/** More picture around a picture (contract §5, expand). */
export const expandProduct: Product = {
  unit: "imageUnits",
  model: { id: "kling-expand", name: "Kling Expand" },
  operation: "outpaint",
  profile: profileOf({
    options: option.schemaOf({
      ...Object.fromEntries(
        sideOptions.map((key) => [key, option.fraction(key, 0.25, 2, { level: "basic" })]),
      ),
      count: option.imageCount(),
      ...option.watermark(),
    }),
    inputs: [pictures("source", 1, 1)],
    prompt: "optional",
    check: ({ options }) => growthProblems(options),
    estimate: ({ options }) => perImage(8, countOption(options)),
  }),
  legacy: {
    path: "/v1/images/editing/expand",
    body: (ask) => ({
      ...fileFields("image", ask.files("source")),
      ...Object.fromEntries(
        sides.map((side, index) => [
          `${side}_expansion_ratio`,
          Number(ask.options[sideOptions[index] ?? ""] ?? 0),
        ]),
      ),
      ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
      n: countOption(ask.options),
    }),
  },
};

function growthProblems(options: OptionValues): Problem[] {
  const [up = 0, down = 0, left = 0, right = 0] = sideOptions.map((key) => Number(options[key] ?? 0));
  const growth = (1 + up + down) * (1 + left + right);
  if (growth > maxGrowth) {
    const actual = Math.round(growth * 100) / 100;
    return [problem("expandTooFar", "expandRight", { limit: maxGrowth, actual })];
  }
  return growth === 1 ? [problem("expandNothing", "expandRight")] : [];
}
