import type { SizeRule } from "../../../model/options.ts";

/** A size rule and the size asked for by default. */
export interface Sizes {
  rule: SizeRule;
  otherwise: string;
}

/** Leaves the size to the vendor, which keeps the ratio of the first picture. Its price is by the picture, whatever the size. */
export const asPicture = "auto";

type Free = NonNullable<SizeRule["free"]>;

function sizes(...list: readonly (readonly [ratio: string, width: number, height: number])[]) {
  return list.map(([ratio, width, height]) => ({ ratio, width, height }));
}

function total(least: number, most: number, ratio: number): Free {
  return { minPixels: least ** 2, maxPixels: most ** 2, minRatio: 1 / ratio, maxRatio: ratio };
}

function sides(least: number, most: number): Free {
  return { ...total(least, most, most / least), minSide: least, maxSide: most };
}

/** Five fixed sizes. Where pages print 1472x1140 the same size is meant (contract §5). */
const qwenFixed = sizes(
  ["16:9", 1664, 928],
  ["4:3", 1472, 1104],
  ["1:1", 1328, 1328],
  ["3:4", 1104, 1472],
  ["9:16", 928, 1664],
);

const qwenLarge = sizes(
  ["1:1", 2048, 2048],
  ["16:9", 2688, 1536],
  ["9:16", 1536, 2688],
  ["4:3", 2368, 1728],
  ["3:4", 1728, 2368],
);

const wanMiddle = sizes(
  ["1:1", 1280, 1280],
  ["3:4", 1104, 1472],
  ["4:3", 1472, 1104],
  ["9:16", 960, 1696],
  ["16:9", 1696, 960],
);

const wanSmall = sizes(["1:1", 1024, 1024], ["16:9", 1280, 720], ["9:16", 720, 1280]);

const zImage = sizes(
  ["2:3", 1024, 1536],
  ["3:2", 1536, 1024],
  ["1:1", 1024, 1024],
  ["16:9", 1280, 720],
  ["9:16", 720, 1280],
);

/** The rules of contract §5 by name. The vendor names no ratios for the free sizes of Qwen: only what is absurd is held back. */
export const sizesOf = {
  qwenFixed: { rule: { presets: [], sizes: qwenFixed }, otherwise: "1664x928" },
  qwenFree: { rule: { presets: [], sizes: qwenLarge, free: total(512, 2048, 16) }, otherwise: "2048x2048" },
  qwenEdit: {
    rule: { presets: [asPicture], sizes: qwenLarge, free: total(512, 2048, 16) },
    otherwise: asPicture,
  },
  qwenEditSides: {
    rule: { presets: [asPicture], sizes: wanSmall.slice(0, 1), free: sides(512, 2048) },
    otherwise: asPicture,
  },
  wan26: { rule: { presets: [], sizes: wanMiddle, free: total(1280, 1440, 4) }, otherwise: "1280x1280" },
  wan26Image: {
    rule: { presets: ["1K", "2K"], sizes: wanMiddle, free: total(768, 2048, 4) },
    otherwise: "1K",
  },
  wan27: { rule: { presets: ["1K", "2K"], sizes: wanMiddle, free: total(768, 2048, 8) }, otherwise: "2K" },
  wan27Pro: {
    rule: { presets: ["1K", "2K", "4K"], sizes: wanMiddle, free: total(768, 4096, 8) },
    otherwise: "2K",
  },
  zImage: { rule: { presets: [], sizes: zImage, free: total(512, 2048, 16) }, otherwise: "1024x1536" },
  wan25: { rule: { presets: [], sizes: wanMiddle, free: total(768, 1440, 4) }, otherwise: "1280x1280" },
  wanOld: { rule: { presets: [], sizes: wanSmall, free: sides(512, 1440) }, otherwise: "1024x1024" },
  wan25Edit: {
    rule: { presets: [asPicture], sizes: wanSmall, free: total(768, 1280, 4) },
    otherwise: asPicture,
  },
} as const satisfies Record<string, Sizes>;

/** A size as the vendor writes it: `1280*720`; names as they are (contract §5). */
export function wireSize(size: string): string {
  return size.replace(/^(\d+)x(\d+)$/i, "$1*$2");
}
