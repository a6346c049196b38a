/** Sizes of one resolution in landscape, by ratio; portrait is the same turned. Pixels. */
type Tier = Readonly<Record<"16:9" | "4:3" | "1:1" | "21:9", readonly [width: number, height: number]>>;

/** Sizes a model's clips come in, by resolution, smallest first (contract §3.3). */
export type FrameTable = Readonly<Record<string, Tier>>;

const modern480: Tier = { "16:9": [864, 496], "4:3": [752, 560], "1:1": [640, 640], "21:9": [992, 432] };
const modern720: Tier = { "16:9": [1280, 720], "4:3": [1112, 834], "1:1": [960, 960], "21:9": [1470, 630] };
const modern1080: Tier = {
  "16:9": [1920, 1080],
  "4:3": [1664, 1248],
  "1:1": [1440, 1440],
  "21:9": [2206, 946],
};
const modern4k: Tier = {
  "16:9": [3840, 2160],
  "4:3": [3326, 2494],
  "1:1": [2880, 2880],
  "21:9": [4398, 1886],
};

/** 2.5. */
export const frames25: FrameTable = {
  "480p": { ...modern480, "16:9": [854, 480] },
  "720p": modern720,
  "1080p": modern1080,
};

/** 2.0, and 2.0 fast and mini, which stop at 720p. */
export const frames20: FrameTable = {
  "480p": modern480,
  "720p": modern720,
  "1080p": modern1080,
  "4k": modern4k,
};
export const frames20Small: FrameTable = { "480p": modern480, "720p": modern720 };

export const frames15: FrameTable = { "480p": modern480, "720p": modern720, "1080p": modern1080 };

export const frames10: FrameTable = {
  "480p": { "16:9": [864, 480], "4:3": [736, 544], "1:1": [640, 640], "21:9": [960, 416] },
  "720p": { "16:9": [1248, 704], "4:3": [1120, 832], "1:1": [960, 960], "21:9": [1504, 640] },
  "1080p": { "16:9": [1920, 1088], "4:3": [1664, 1248], "1:1": [1440, 1440], "21:9": [2176, 928] },
};

/** The ratios a clip can be asked for, besides `adaptive`. */
export const ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"] as const;

/** Pixels of one frame; of the largest of its resolution where the ratio is not known before. Undefined for a resolution the model has not. */
export function framePixels(table: FrameTable, resolution: string, ratio: string): number | undefined {
  const tier: Readonly<Record<string, readonly [number, number]>> | undefined = table[resolution];
  if (!tier) return undefined;
  const size = tier[ratio] ?? tier[ratio.split(":").reverse().join(":")];
  return size ? size[0] * size[1] : Math.max(...Object.values(tier).map(([width, height]) => width * height));
}
