import type { Problem } from "./catalog.ts";
import type { SizeRule } from "./options.ts";
import type { ProblemCode } from "./problems.ts";

/** Width and height of a `WIDTHxHEIGHT` text, in pixels; undefined if it is none. */
export function parseSize(text: string): { width: number; height: number } | undefined {
  const match = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Why a model's size rule does not take a size; empty if it does. `option` is the option's key. */
export function sizeProblems(rule: SizeRule, text: string, option: string): Problem[] {
  if (rule.presets.includes(text)) return [];
  const size = parseSize(text);
  const { free } = rule;
  if (size && rule.sizes.some(({ width, height }) => width === size.width && height === size.height))
    return [];
  if (!free) {
    const values = [...rule.presets, ...rule.sizes.map(({ width, height }) => `${width}x${height}`)].join(
      ", ",
    );
    return [problem("sizePreset", { actual: text, values })];
  }
  if (!size) return [problem("sizeFormat", { actual: text })];
  const { width, height } = size;
  const bounds = [
    ["sizeMinSide", Math.min(width, height), free.minSide, "px"],
    ["sizeMaxSide", Math.max(width, height), free.maxSide, "px"],
    ["sizeMinPixels", width * height, free.minPixels, "px2"],
    ["sizeMaxPixels", width * height, free.maxPixels, "px2"],
    ["sizeMinRatio", width / height, free.minRatio, "ratio"],
    ["sizeMaxRatio", width / height, free.maxRatio, "ratio"],
  ] as const;
  return bounds.flatMap(([code, actual, limit, unit]) =>
    limit === undefined || (code.startsWith("sizeMin") ? actual >= limit : actual <= limit)
      ? []
      : [problem(code, { limit, actual, unit })],
  );

  function problem(code: ProblemCode, args: Record<string, string | number>): Problem {
    return { code, args: { option, ...args }, field: option };
  }
}
