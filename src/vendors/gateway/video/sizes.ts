import type { SizeRule } from "../../../model/options.ts";
import { parseSize } from "../../../model/size.ts";

/** How fine a video is, as the vendor names it; the price goes by it (contract §6, §9). */
export type Resolution = "480P" | "720P" | "1080P";

type Size = SizeRule["sizes"][number];

const sets: Readonly<Record<Resolution, readonly Size[]>> = {
  "480P": [
    { ratio: "16:9", width: 832, height: 480 },
    { ratio: "9:16", width: 480, height: 832 },
    { ratio: "1:1", width: 624, height: 624 },
  ],
  "720P": [
    { ratio: "16:9", width: 1280, height: 720 },
    { ratio: "9:16", width: 720, height: 1280 },
    { ratio: "1:1", width: 960, height: 960 },
    { ratio: "4:3", width: 1088, height: 832 },
    { ratio: "3:4", width: 832, height: 1088 },
  ],
  "1080P": [
    { ratio: "16:9", width: 1920, height: 1080 },
    { ratio: "9:16", width: 1080, height: 1920 },
    { ratio: "1:1", width: 1440, height: 1440 },
    { ratio: "4:3", width: 1632, height: 1248 },
    { ratio: "3:4", width: 1248, height: 1632 },
  ],
};

/** The sizes of some resolutions, for models that take a size (before 2.7). */
export function sizeRule(resolutions: readonly Resolution[]): SizeRule {
  return { presets: [], sizes: resolutions.flatMap((resolution) => sets[resolution]) };
}

/** Width and height of 16:9 at a resolution, as an option has it. */
export function wide(resolution: Resolution): string {
  const [size] = sets[resolution];
  return size ? `${size.width}x${size.height}` : "";
}

/** Which resolution a size belongs to; undefined for one that is in no set. */
export function resolutionOf(size: string): Resolution | undefined {
  const asked = parseSize(size);
  const found = Object.entries(sets).find(([, list]) =>
    list.some(({ width, height }) => width === asked?.width && height === asked.height),
  );
  return found?.[0] as Resolution | undefined;
}
