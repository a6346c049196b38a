import type { Size } from "../media/scene.ts";
import { invalid, type Refusal } from "./errors.ts";
import type { ImageModel } from "./models.ts";
import { MOST_RATIO, type Reference } from "./references.ts";

const RATIO = /\b(1:1|4:3|3:4|16:9|9:16|3:2|2:3|21:9|9:21)\b/;

/** What is wrong with a `size` for the model, if anything (contract ark §2.2, §2.4). */
export function sizeFault(size: unknown, model: ImageModel, layered: boolean): Refusal | undefined {
  if (size === undefined) return undefined;
  if (typeof size !== "string") return invalid("size", "expected a string");
  if (presetOf(size, model) !== undefined || (layered && size.toLowerCase() === "auto")) return undefined;
  const exact = exactSize(size);
  if (exact === undefined || layered)
    return invalid("size", `the specified size is not supported for model ${model.family}`);
  const pixels = exact.width * exact.height;
  if (pixels < model.minPixels)
    return invalid("size", `image size must be at least ${model.minPixels} pixels`);
  if (pixels > model.maxPixels)
    return invalid("size", `image size must be at most ${model.maxPixels} pixels`);
  if (Math.max(exact.width / exact.height, exact.height / exact.width) > MOST_RATIO)
    return invalid("size", "image aspect ratio must be between 1/16 and 16");
  return undefined;
}

/**
 * The pixels that come out. `WxH` is kept; a preset takes the published size of the ratio named in the
 * prompt, else of the first input's; `auto` (layers) keeps the input's size within the model's limits.
 */
export function outputSize(
  asked: { size: string | undefined; prompt: string; layered: boolean },
  model: ImageModel,
  reference: Reference | undefined,
): Size {
  const size = asked.size ?? (asked.layered ? "auto" : model.defaultSize);
  const exact = exactSize(size);
  if (exact !== undefined) return exact;
  if (size.toLowerCase() === "auto" && reference !== undefined) return within(reference, model);
  const table = presetOf(size, model) ?? {};
  const [across = 1, down = 1] = RATIO.exec(asked.prompt)?.[0].split(":").map(Number) ?? [
    reference?.width,
    reference?.height,
  ];
  const ratio = across / down;
  const portrait = ratio < 1;
  const wanted = portrait ? 1 / ratio : ratio;
  const [width, height] = Object.values(table).reduce((best, next) =>
    Math.abs(next[0] / next[1] - wanted) < Math.abs(best[0] / best[1] - wanted) ? next : best,
  );
  return portrait ? { width: height, height: width } : { width, height };
}

function presetOf(size: string, model: ImageModel) {
  return Object.hasOwn(model.presets, size.toUpperCase()) ? model.presets[size.toUpperCase()] : undefined;
}

function exactSize(size: string): Size | undefined {
  const found = /^(\d{1,6})x(\d{1,6})$/.exec(size);
  return found ? { width: Number(found[1]), height: Number(found[2]) } : undefined;
}

function within({ width, height }: Size, model: ImageModel): Size {
  const pixels = width * height;
  const target = Math.min(Math.max(pixels, model.minPixels), model.maxPixels);
  if (target === pixels) return { width, height };
  const scale = Math.sqrt(target / pixels);
  const round = target < pixels ? Math.floor : Math.ceil;
  return { width: round(width * scale), height: round(height * scale) };
}
