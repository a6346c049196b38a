/** The four families of image requests (contract alibaba-ai-gateway §5). */
export type Family = "S" | "A1" | "A2" | "A3";

/** What `size` may be: one of a list, a total of pixels within a ratio, a range per side, a word such as 2K. */
export type SizeRule = {
  preset?: readonly string[];
  /** Least and most pixels in all. */
  total?: readonly [number, number];
  /** Least and most pixels a side. */
  side?: readonly [number, number];
  /** Longest side over the shortest. */
  ratio?: number;
  words?: readonly string[];
  otherwise: string;
};

export type ImageModel = {
  kind: "image";
  families: readonly Family[];
  /** Undefined: the model takes no size. */
  size?: SizeRule;
  n: { most: number; otherwise: number };
  /** The most with `enable_sequential`. */
  sequential?: number;
  images: { least: number; most: number; megabytes: number };
  /** How answers and usage look. */
  style: "qwen" | "wan";
  /** Takes no `prompt_extend`. */
  noExtend?: true;
  /** `enable_interleave`: pictures and words. */
  interleaves?: true;
  /** A2 by name of the one picture, with languages. */
  translates?: true;
  /** The status of the answer to an asynchronous call; else 403. */
  asyncStatus?: number;
  /** Calls in a window of milliseconds, held to with `[limits]` (contract §9). */
  rate?: { most: number; ms: number };
  /** Tasks that run at a time. */
  parallel?: number;
};

const QWEN_PRESETS = [
  "1664*928",
  "1472*1104",
  "1328*1328",
  "1104*1472",
  "928*1664",
  "1472*1140",
  "1140*1472",
];
const px = (side: number) => side * side;
const NONE = { least: 0, most: 0, megabytes: 0 };
const ONE = { most: 1, otherwise: 1 };
const SIX = { most: 6, otherwise: 1 };
const FOUR = { most: 4, otherwise: 4 };
const refs = (least: number, most: number, megabytes = 10) => ({ least, most, megabytes });
const perSecond = (most: number) => ({ most, ms: 1000 });
const TWO_A_MINUTE = { most: 2, ms: 60_000 };
const qwen = {
  kind: "image",
  style: "qwen",
  families: ["S"],
  n: SIX,
  images: NONE,
  rate: perSecond(2),
} as const;
const wan = { kind: "image", style: "wan", families: ["S", "A3"], n: FOUR, images: NONE } as const;
const older = { ...wan, families: ["A1"] as const, rate: perSecond(2), parallel: 2 };

/** First fit wins. A dated id is its undated one. */
export const IMAGE_MODELS: [RegExp, ImageModel][] = [
  [
    /^qwen-image-2\.0(-pro)?$/,
    {
      ...qwen,
      size: { total: [px(512), px(2048)], otherwise: "2048*2048" },
      images: refs(0, 3),
      rate: TWO_A_MINUTE,
    },
  ],
  [
    /^qwen-image-3\.0(-pro)?$/,
    {
      ...qwen,
      size: { side: [256, 4096], words: ["1K", "2K", "4K"], otherwise: "2048*2048" },
      images: refs(0, 3),
      asyncStatus: 429,
    },
  ],
  [
    /^qwen-image-max$/,
    { ...qwen, size: { preset: QWEN_PRESETS, otherwise: "1664*928" }, n: ONE, rate: TWO_A_MINUTE },
  ],
  [
    /^qwen-image(-plus)?$/,
    {
      ...qwen,
      families: ["S", "A1"],
      size: { preset: QWEN_PRESETS, otherwise: "1664*928" },
      n: ONE,
      parallel: 2,
    },
  ],
  [/^qwen-image-edit$/, { ...qwen, n: ONE, images: refs(1, 1), noExtend: true }],
  [
    /^qwen-image-edit-(plus|max)$/,
    { ...qwen, size: { side: [512, 2048], otherwise: "1024*1024" }, images: refs(1, 3) },
  ],
  [
    /^wan2\.6-t2i$/,
    {
      ...wan,
      size: { total: [px(768), px(1440)], ratio: 4, otherwise: "1280*1280" },
      rate: perSecond(1),
      parallel: 5,
    },
  ],
  [
    /^wan2\.6-image$/,
    {
      ...wan,
      size: { side: [384, 4096], words: ["1K", "2K"], otherwise: "1K" },
      images: refs(0, 4),
      interleaves: true,
      rate: perSecond(5),
      parallel: 5,
    },
  ],
  [
    /^wan2\.7-image$/,
    {
      ...wan,
      size: { side: [384, 4096], words: ["1K", "2K"], otherwise: "2K" },
      images: refs(0, 9, 20),
      sequential: 12,
    },
  ],
  [
    /^wan2\.7-image-pro$/,
    {
      ...wan,
      size: { side: [384, 4096], words: ["1K", "2K", "4K"], otherwise: "2K" },
      images: refs(0, 9, 20),
      sequential: 12,
    },
  ],
  [
    /^z-image-turbo$/,
    {
      ...wan,
      style: "qwen",
      families: ["S"],
      size: { total: [px(512), px(2048)], otherwise: "1024*1536" },
      n: ONE,
    },
  ],
  [
    /^wan2\.5-t2i-preview$/,
    {
      ...wan,
      families: ["A1"],
      size: { total: [px(768), px(1440)], ratio: 4, otherwise: "1280*1280" },
      rate: perSecond(5),
      parallel: 5,
    },
  ],
  [
    /^(wan2\.2-t2i-(flash|plus)|wanx2\.[01]-t2i-[a-z]+)$/,
    { ...older, size: { side: [512, 1440], otherwise: "1024*1024" } },
  ],
  [
    /^wan2\.5-i2i-preview$/,
    {
      ...wan,
      families: ["A2"],
      size: { total: [px(768), px(1280)], otherwise: "1280*1280" },
      images: refs(1, 3),
    },
  ],
  [/^qwen-mt-image$/, { ...qwen, families: ["A2"], n: ONE, images: refs(1, 1), translates: true }],
];
