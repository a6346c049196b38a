import type { SizeRule } from "../../../model/options.ts";
import { parseSize } from "../../../model/size.ts";

/** A preset of the vendor and the sizes it may come out as; the vendor may still answer with another (contract §2.2). */
export interface Preset {
  name: string;
  /** Landscape sizes by ratio; portrait is the same turned. */
  landscape: readonly (readonly [ratio: string, width: number, height: number])[];
}

function preset(name: string, ...sizes: readonly [string, number, number][]): Preset {
  return { name, landscape: sizes };
}

/** Presets of 5.0 pro, 5.0 flash and 5.5. */
export const proPresets = [
  preset(
    "1K",
    ["1:1", 1024, 1024],
    ["4:3", 1152, 864],
    ["16:9", 1424, 800],
    ["3:2", 1248, 832],
    ["21:9", 1568, 672],
  ),
  preset(
    "1.5K",
    ["1:1", 1536, 1536],
    ["4:3", 1792, 1344],
    ["16:9", 2048, 1152],
    ["3:2", 1872, 1248],
    ["21:9", 2352, 1008],
  ),
  preset(
    "2K",
    ["1:1", 2048, 2048],
    ["4:3", 2368, 1776],
    ["16:9", 2816, 1584],
    ["3:2", 2496, 1664],
    ["21:9", 3136, 1344],
  ),
] as const;

const standard1K = preset(
  "1K",
  ["1:1", 1024, 1024],
  ["4:3", 1152, 864],
  ["16:9", 1280, 720],
  ["3:2", 1248, 832],
  ["21:9", 1512, 648],
);
const standard2K = preset(
  "2K",
  ["1:1", 2048, 2048],
  ["4:3", 2304, 1728],
  ["16:9", 2848, 1600],
  ["3:2", 2496, 1664],
  ["21:9", 3136, 1344],
);
const standard3K = preset(
  "3K",
  ["1:1", 3072, 3072],
  ["4:3", 3456, 2592],
  ["16:9", 4096, 2304],
  ["3:2", 3744, 2496],
  ["21:9", 4704, 2016],
);
const standard4K = preset(
  "4K",
  ["1:1", 4096, 4096],
  ["4:3", 4704, 3520],
  ["16:9", 5504, 3040],
  ["3:2", 4992, 3328],
  ["21:9", 6240, 2656],
);

/** Presets of the models that share the older table, each with those it takes. */
export const litePresets: readonly Preset[] = [standard2K, standard3K, standard4K];
export const seedream45Presets: readonly Preset[] = [standard2K, standard4K];
export const seedream40Presets: readonly Preset[] = [standard1K, standard2K, standard4K];

/** The sizes of a model as the options show and check them. Every model takes ratios from 1:16 to 16:1. */
export function sizeRule(presets: readonly Preset[], minPixels: number, maxPixels: number): SizeRule {
  return {
    presets: presets.map(({ name }) => name),
    sizes: presets.flatMap(({ landscape }) => landscape.flatMap(turned)),
    free: { minPixels, maxPixels, minRatio: 1 / 16, maxRatio: 16 },
  };
}

function turned([ratio, width, height]: Preset["landscape"][number]): SizeRule["sizes"] {
  if (width === height) return [{ ratio, width, height }];
  return [
    { ratio, width, height },
    { ratio: ratio.split(":").reverse().join(":"), width: height, height: width },
  ];
}

/** Least and most pixels a size may come out with; undefined where nothing tells, as for `auto`. */
export function pixelRange(
  size: string,
  presets: readonly Preset[],
): { least: number; most: number } | undefined {
  const exact = parseSize(size);
  if (exact) return { least: exact.width * exact.height, most: exact.width * exact.height };
  const named = presets.find(({ name }) => name.toLowerCase() === size.toLowerCase());
  if (!named) return undefined;
  const pixels = named.landscape.map(([, width, height]) => width * height);
  return { least: Math.min(...pixels), most: Math.max(...pixels) };
}
