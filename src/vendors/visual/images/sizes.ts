import type { SizeRule } from "../../../model/options.ts";

type Size = SizeRule["sizes"][number];

/** Landscape sizes by their ratio, each followed by the same upright. */
function bothWays(
  sizes: readonly (readonly [width: number, height: number, across: number, up: number])[],
): Size[] {
  return sizes.flatMap(([width, height, across, up]) => [
    { ratio: `${across}:${up}`, width, height },
    ...(width === height ? [] : [{ ratio: `${up}:${across}`, width: height, height: width }]),
  ]);
}

const oneK = bothWays([
  [1328, 1328, 1, 1],
  [1472, 1104, 4, 3],
  [1584, 1056, 3, 2],
  [1664, 936, 16, 9],
  [2016, 864, 21, 9],
]);

const twoK = bothWays([
  [2048, 2048, 1, 1],
  [2304, 1728, 4, 3],
  [2496, 1664, 3, 2],
  [2560, 1440, 16, 9],
  [3024, 1296, 21, 9],
]);

const fourK = bothWays([
  [4096, 4096, 1, 1],
  [4694, 3520, 4, 3],
  [4992, 3328, 3, 2],
  [5404, 3040, 16, 9],
  [6198, 2656, 21, 9],
]);

const anyRatio = { minRatio: 1 / 16, maxRatio: 16 };
const upToThree = { minRatio: 1 / 3, maxRatio: 3 };

function square(min: number, max: number): Pick<NonNullable<SizeRule["free"]>, "minPixels" | "maxPixels"> {
  return { minPixels: min * min, maxPixels: max * max };
}

function sides(minSide: number, maxSide: number): NonNullable<SizeRule["free"]> {
  return { ...square(minSide, maxSide), ...anyRatio, minSide, maxSide };
}

const within = (sizes: readonly Size[], max: number) =>
  sizes.filter(({ width, height }) => Math.max(width, height) <= max);

/** Before super-resolution, which doubles them (contract §6.1, 2.1 and older). */
export const smallSizes: SizeRule = {
  presets: [],
  sizes: bothWays([
    [512, 512, 1, 1],
    [512, 384, 4, 3],
    [768, 512, 3, 2],
    [512, 288, 16, 9],
  ]),
  free: sides(256, 768),
};

/** Each side from 512 to 2048. */
export const sideSizes: SizeRule = { presets: [], sizes: oneK, free: sides(512, 2048) };

/** An area from 512² to 2048², not longer than three to one. */
export const areaSizes: SizeRule = {
  presets: [],
  sizes: [...oneK, ...twoK],
  free: { ...square(512, 2048), ...upToThree },
};

/** Each side from 512 to 2016. */
export const editSizes: SizeRule = { presets: [], sizes: within(oneK, 2016), free: sides(512, 2016) };

/** Each side from 1024 to 4096. */
export const extractSizes: SizeRule = {
  presets: [],
  sizes: [...within(twoK, 4096), { ratio: "1:1", width: 4096, height: 4096 }],
  free: sides(1024, 4096),
};

/** Areas by their name; the model then chooses the ratio from the prompt. */
export const areas: Readonly<Record<string, number>> = { "1K": 1024 ** 2, "2K": 2048 ** 2, "4K": 4096 ** 2 };

/** An area from 1024² to 4096², by name or as width and height. */
export const largeSizes: SizeRule = {
  presets: Object.keys(areas),
  sizes: [...twoK, ...fourK],
  free: { ...square(1024, 4096), ...upToThree },
};
