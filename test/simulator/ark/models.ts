import type { PictureFormat } from "../media/picture.ts";

/** Width by height of a preset for the ratios of the published table; landscape, portrait is the swap. */
type PresetSizes = Record<string, readonly [number, number]>;

/** What one image model accepts (contract ark §2.1, §2.2). */
export type ImageModel = {
  /** The name without a date, as the vendor's messages give it. */
  family: string;
  ids: string[];
  endpoint: string;
  presets: Record<string, PresetSizes>;
  defaultSize: string;
  minPixels: number;
  maxPixels: number;
  references: number;
  /** Groups and streaming. */
  groups: boolean;
  webSearch: boolean;
  fast: boolean;
  /** Values of `output_format`; none where the field is refused. */
  formats: PictureFormat[];
  defaultFormat: PictureFormat;
  /** Values of `background`; null where any is accepted and ignored; none where the field is refused. */
  backgrounds: string[] | null;
  /** Transparent pictures from text alone, and from any image. */
  freeTransparency: boolean;
  layers: boolean;
  /** Answers carry `output_format` and `usage.input_images`. */
  detailed: boolean;
};

const RATIOS = ["1:1", "4:3", "16:9", "3:2", "21:9"] as const;

function sizes(...pairs: [number, number][]): PresetSizes {
  return Object.fromEntries(RATIOS.map((ratio, index) => [ratio, pairs[index] ?? [0, 0]]));
}

const NEW_PRESETS = {
  "1K": sizes([1024, 1024], [1152, 864], [1424, 800], [1248, 832], [1568, 672]),
  "1.5K": sizes([1536, 1536], [1792, 1344], [2048, 1152], [1872, 1248], [2352, 1008]),
  "2K": sizes([2048, 2048], [2368, 1776], [2816, 1584], [2496, 1664], [3136, 1344]),
};
const CLASSIC_1K = sizes([1024, 1024], [1152, 864], [1280, 720], [1248, 832], [1512, 648]);
const CLASSIC_2K = sizes([2048, 2048], [2304, 1728], [2848, 1600], [2496, 1664], [3136, 1344]);
const CLASSIC_3K = sizes([3072, 3072], [3456, 2592], [4096, 2304], [3744, 2496], [4704, 2016]);
const CLASSIC_4K = sizes([4096, 4096], [4704, 3520], [5504, 3040], [4992, 3328], [6240, 2656]);

const NEW = {
  presets: NEW_PRESETS,
  defaultSize: "2K",
  minPixels: 921_600,
  maxPixels: 4_624_220,
  references: 10,
  groups: false,
  webSearch: false,
  formats: ["png", "jpeg"],
  layers: true,
  detailed: true,
} satisfies Partial<ImageModel>;

const CLASSIC = {
  defaultSize: "2048x2048",
  minPixels: 3_686_400,
  maxPixels: 16_777_216,
  references: 14,
  groups: true,
  defaultFormat: "jpeg",
  freeTransparency: false,
  layers: false,
  detailed: false,
} satisfies Partial<ImageModel>;

export const IMAGE_MODELS: ImageModel[] = [
  {
    ...NEW,
    family: "doubao-seedream-5-5",
    ids: ["doubao-seedream-5-5-261028", "dola-seedream-5-5-261028", "seedream-5-5-261028"],
    endpoint: "ep-20260101000000-seedream55",
    fast: false,
    defaultFormat: "png",
    backgrounds: ["transparent", "opaque", "auto"],
    freeTransparency: true,
  },
  {
    ...NEW,
    family: "doubao-seedream-5-0-pro",
    ids: ["doubao-seedream-5-0-pro-260628", "dola-seedream-5-0-pro-260628"],
    endpoint: "ep-20260101000000-seedream50pro",
    fast: true,
    defaultFormat: "jpeg",
    backgrounds: ["transparent", "opaque"],
    freeTransparency: false,
  },
  {
    ...NEW,
    family: "doubao-seedream-5-0-flash",
    ids: ["doubao-seedream-5-0-flash-260915", "dola-seedream-5-0-flash-260915"],
    endpoint: "ep-20260101000000-seedream50flash",
    fast: false,
    defaultFormat: "jpeg",
    backgrounds: ["transparent", "opaque"],
    freeTransparency: false,
  },
  {
    ...CLASSIC,
    family: "doubao-seedream-5-0-lite",
    ids: [
      "doubao-seedream-5-0-260128",
      "doubao-seedream-5-0-lite-260128",
      "seedream-5-0-260128",
      "seedream-5-0-lite-260128",
    ],
    endpoint: "ep-20260101000000-seedream50lite",
    presets: { "2K": CLASSIC_2K, "3K": CLASSIC_3K, "4K": CLASSIC_4K },
    webSearch: true,
    fast: false,
    formats: ["png", "jpeg"],
    backgrounds: null,
  },
  {
    ...CLASSIC,
    family: "doubao-seedream-4-5",
    ids: ["doubao-seedream-4-5-251128", "seedream-4-5-251128"],
    endpoint: "ep-20260101000000-seedream45",
    presets: { "2K": CLASSIC_2K, "4K": CLASSIC_4K },
    webSearch: false,
    fast: false,
    formats: [],
    backgrounds: [],
  },
  {
    ...CLASSIC,
    family: "doubao-seedream-4-0",
    ids: ["doubao-seedream-4-0-250828", "seedream-4-0-250828"],
    endpoint: "ep-20260101000000-seedream40",
    presets: { "1K": CLASSIC_1K, "2K": CLASSIC_2K, "4K": CLASSIC_4K },
    minPixels: 921_600,
    webSearch: false,
    fast: true,
    formats: [],
    backgrounds: [],
  },
];
