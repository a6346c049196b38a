/** Landscape pixels by ratio; a portrait ratio swaps them. */
type Sizes = Record<string, readonly [number, number]>;

/** How much reference media a request may bring. */
type References = {
  images: number;
  videos: number;
  audios: number;
  /** Sounds without a picture or video. */
  audioAlone: boolean;
  /** The longest that one video or sound may be, and all of a kind together. Seconds. */
  mostSeconds: number;
};

/** What one video model accepts (contract ark §3.1 to §3.3). */
export type VideoModel = {
  /** The name without a date, as the vendor's messages give it. */
  family: string;
  ids: string[];
  endpoint: string;
  resolutions: Record<string, Sizes>;
  defaultResolution: string;
  /** Seconds; `auto` where -1 is taken. */
  seconds: { least: number; most: number; auto: boolean; default: number };
  /** Frame counts and a fixed camera: the 1.x models. `ratio: adaptive` is not for their text-to-video. */
  classic: boolean;
  firstLast: boolean;
  references: References | undefined;
  /** Sound, priority, web search: the 2.x models. */
  modern: boolean;
  /** Drafts, output formats, task types: 2.5. */
  tasked: boolean;
};

const RATIOS = ["16:9", "4:3", "1:1", "21:9"] as const;

function sizes(...pairs: [number, number][]): Sizes {
  return Object.fromEntries(RATIOS.map((ratio, index) => [ratio, pairs[index] ?? [0, 0]]));
}

const P480 = sizes([864, 496], [752, 560], [640, 640], [992, 432]);
const P480_25 = sizes([854, 480], [752, 560], [640, 640], [992, 432]);
const P720 = sizes([1280, 720], [1112, 834], [960, 960], [1470, 630]);
const P1080 = sizes([1920, 1080], [1664, 1248], [1440, 1440], [2206, 946]);
const P4K = sizes([3840, 2160], [3326, 2494], [2880, 2880], [4398, 1886]);
const CLASSIC_SIZES = {
  "480p": sizes([864, 480], [736, 544], [640, 640], [960, 416]),
  "720p": sizes([1248, 704], [1120, 832], [960, 960], [1504, 640]),
  "1080p": sizes([1920, 1088], [1664, 1248], [1440, 1440], [2176, 928]),
};

const MODERN = {
  defaultResolution: "720p",
  seconds: { least: 4, most: 15, auto: true, default: 5 },
  classic: false,
  firstLast: true,
  references: { images: 9, videos: 3, audios: 3, audioAlone: false, mostSeconds: 15 },
  modern: true,
  tasked: false,
} satisfies Partial<VideoModel>;

const CLASSIC = {
  resolutions: CLASSIC_SIZES,
  defaultResolution: "1080p",
  seconds: { least: 2, most: 12, auto: false, default: 5 },
  classic: true,
  references: undefined,
  modern: false,
  tasked: false,
} satisfies Partial<VideoModel>;

/** What is served. Seedance 1.5 pro and 1.0 lite are retired, so they are not here (contract ark §1.1). */
export const VIDEO_MODELS: VideoModel[] = [
  {
    ...MODERN,
    family: "doubao-seedance-2-5",
    ids: ["doubao-seedance-2-5-260628", "dreamina-seedance-2-5-260628"],
    endpoint: "ep-20260101000000-seedance25",
    resolutions: { "480p": P480_25, "720p": P720, "1080p": P1080 },
    seconds: { least: 4, most: 30, auto: true, default: -1 },
    references: { images: 30, videos: 10, audios: 10, audioAlone: true, mostSeconds: 30 },
    tasked: true,
  },
  {
    ...MODERN,
    family: "doubao-seedance-2-0",
    ids: ["doubao-seedance-2-0-260128", "dreamina-seedance-2-0-260128"],
    endpoint: "ep-20260101000000-seedance20",
    resolutions: { "480p": P480, "720p": P720, "1080p": P1080, "4k": P4K },
  },
  {
    ...MODERN,
    family: "doubao-seedance-2-0-fast",
    ids: ["doubao-seedance-2-0-fast-260128", "dreamina-seedance-2-0-fast-260128"],
    endpoint: "ep-20260101000000-seedance20fast",
    resolutions: { "480p": P480, "720p": P720 },
  },
  {
    ...MODERN,
    family: "doubao-seedance-2-0-mini",
    ids: ["doubao-seedance-2-0-mini-260615", "dreamina-seedance-2-0-mini-260615"],
    endpoint: "ep-20260101000000-seedance20mini",
    resolutions: { "480p": P480, "720p": P720 },
  },
  {
    ...CLASSIC,
    family: "doubao-seedance-1-0-pro",
    ids: ["doubao-seedance-1-0-pro-250528", "seedance-1-0-pro-250528"],
    endpoint: "ep-20260101000000-seedance10pro",
    firstLast: true,
  },
  {
    ...CLASSIC,
    family: "doubao-seedance-1-0-pro-fast",
    ids: ["doubao-seedance-1-0-pro-fast-251015", "seedance-1-0-pro-fast-251015"],
    endpoint: "ep-20260101000000-seedance10profast",
    firstLast: false,
  },
];
