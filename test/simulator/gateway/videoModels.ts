/** What a member of `input.media` may be, and how many of it. */
export type MediaRule = { least: number; most: number };
export type MediaType =
  | "first_frame"
  | "last_frame"
  | "first_clip"
  | "driving_audio"
  | "reference_image"
  | "reference_video"
  | "reference_audio"
  | "reference_file"
  | "reference_link"
  | "video";

export type VideoModel = {
  kind: "video";
  path: "video-generation" | "image2video";
  /** Characters; what is over is cut off without a word (contract §6). */
  prompt: number;
  promptRequired?: true;
  /** Flat fields that the model reads as files; those that must be there, unless a template is named. */
  fields?: Partial<
    Record<"img_url" | "first_frame_url" | "last_frame_url" | "reference_urls" | "audio_url", boolean>
  >;
  media?: { types: Partial<Record<MediaType, MediaRule>>; most: number; least: number };
  /** By `size` (pixels), `resolution`, or `resolution` with a ratio. */
  shape: "size" | "resolution" | "ratio" | "either";
  resolutions: readonly string[];
  ratios?: readonly string[];
  /** Legal seconds: a range or a list. Zero keeps the input's, -1 lets the model choose, where allowed. */
  seconds: { least?: number; most?: number; only?: readonly number[]; otherwise: number; special?: number };
  /** The most with a reference video among the media. */
  secondsWithVideo?: number;
  sound: "on" | "none" | "toggle";
  usage: "2.6" | "2.5" | "2.1";
  /** Least and most pixels a side of a picture, and its megabytes. */
  picture: { sides: readonly [number, number]; megabytes: number };
  /** Bare base64 is taken for a picture too ("Also seen"). */
  bareBase64?: true;
  actualPrompt?: true;
  watermarked?: true;
  parallel: number;
};

const ALL = ["720P", "1080P"];
const WITH_480 = ["480P", "720P", "1080P"];
const RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4"];
const NEW_PICTURE = { sides: [240, 8000], megabytes: 20 } as const;
const OLD_PICTURE = { sides: [240, 8000], megabytes: 10 } as const;
const OLDEST_PICTURE = { sides: [360, 2000], megabytes: 10 } as const;
const upTo = (most: number) => ({ least: 0, most });
const one = { least: 1, most: 1 };

const base = {
  kind: "video",
  path: "video-generation",
  picture: NEW_PICTURE,
  usage: "2.6",
  sound: "on",
  parallel: 5,
} as const;
const wan27 = { ...base, prompt: 5000, resolutions: ALL, seconds: { least: 2, most: 15, otherwise: 5 } };
const wan26 = {
  ...base,
  prompt: 1500,
  resolutions: ALL,
  seconds: { least: 2, most: 15, otherwise: 5 },
  bareBase64: true,
} as const;
const wan25 = {
  ...base,
  prompt: 1500,
  resolutions: WITH_480,
  seconds: { only: [5, 10], otherwise: 5 },
  usage: "2.5",
  actualPrompt: true,
} as const;
const wan22 = {
  ...wan25,
  prompt: 800,
  seconds: { only: [5], otherwise: 5 },
  sound: "none",
  picture: OLD_PICTURE,
  parallel: 2,
} as const;
const wan21 = { ...wan22, usage: "2.1", picture: OLDEST_PICTURE } as const;
const horse = {
  ...base,
  prompt: 2500,
  resolutions: ALL,
  ratios: RATIOS,
  shape: "ratio",
  seconds: { least: 3, most: 15, otherwise: 5 },
  watermarked: true,
} as const;

/** First fit wins. A dated id is its undated one. */
export const VIDEO_MODELS: [RegExp, VideoModel][] = [
  [
    /^wan2\.7-t2v$/,
    { ...wan27, promptRequired: true, fields: { audio_url: false }, shape: "ratio", ratios: RATIOS },
  ],
  [
    /^wan2\.7-i2v$/,
    {
      ...wan27,
      media: {
        types: { first_frame: upTo(1), last_frame: upTo(1), first_clip: upTo(1), driving_audio: upTo(1) },
        least: 1,
        most: 4,
      },
      shape: "resolution",
    },
  ],
  [
    /^wan2\.7-r2v$/,
    {
      ...wan27,
      promptRequired: true,
      media: {
        types: { reference_image: upTo(5), reference_video: upTo(5), first_frame: upTo(1) },
        least: 1,
        most: 6,
      },
      shape: "ratio",
      ratios: RATIOS,
      secondsWithVideo: 10,
    },
  ],
  [
    /^wan2\.7-videoedit$/,
    {
      ...wan27,
      media: { types: { video: one, reference_image: upTo(4) }, least: 1, most: 5 },
      shape: "ratio",
      ratios: RATIOS,
      seconds: { least: 2, most: 10, otherwise: 0, special: 0 },
    },
  ],
  [/^wan2\.6-t2v$/, { ...wan26, promptRequired: true, fields: { audio_url: false }, shape: "size" }],
  [
    /^wan2\.6-t2v-us$/,
    {
      ...wan26,
      promptRequired: true,
      fields: { audio_url: false },
      shape: "size",
      seconds: { only: [5, 10], otherwise: 5 },
    },
  ],
  [/^wan2\.6-i2v(-us)?$/, { ...wan26, fields: { img_url: true, audio_url: false }, shape: "resolution" }],
  [
    /^wan2\.6-i2v-flash$/,
    { ...wan26, fields: { img_url: true, audio_url: false }, shape: "resolution", sound: "toggle" },
  ],
  [
    /^wan2\.6-r2v(-flash)?$/,
    {
      ...wan26,
      promptRequired: true,
      fields: { reference_urls: true },
      shape: "size",
      seconds: { least: 2, most: 10, otherwise: 5 },
    },
  ],
  [/^wan2\.5-t2v-preview$/, { ...wan25, promptRequired: true, fields: { audio_url: false }, shape: "size" }],
  [/^wan2\.5-i2v-preview$/, { ...wan25, fields: { img_url: true, audio_url: false }, shape: "resolution" }],
  [/^wan2\.2-t2v-[a-z]+$/, { ...wan22, promptRequired: true, shape: "either" }],
  [/^wan2\.2-i2v-[a-z]+$/, { ...wan22, fields: { img_url: true }, shape: "either" }],
  [
    /^wanx?2\.1-t2v-[a-z]+$/,
    { ...wan21, promptRequired: true, shape: "either", resolutions: ["480P", "720P"] },
  ],
  [
    /^wanx?2\.1-i2v-turbo$/,
    {
      ...wan21,
      fields: { img_url: true },
      shape: "either",
      resolutions: ["480P", "720P"],
      seconds: { only: [3, 4, 5], otherwise: 5 },
    },
  ],
  [
    /^wanx?2\.1-i2v-[a-z]+$/,
    { ...wan21, fields: { img_url: true }, shape: "either", resolutions: ["480P", "720P"] },
  ],
  [
    /^wan2\.2-kf2v-flash$/,
    {
      ...wan22,
      path: "image2video",
      fields: { first_frame_url: true, last_frame_url: false },
      shape: "resolution",
    },
  ],
  [
    /^wanx?2\.1-kf2v-plus$/,
    {
      ...wan21,
      path: "image2video",
      fields: { first_frame_url: true, last_frame_url: false },
      shape: "resolution",
      resolutions: ["720P"],
    },
  ],
  [
    /^wan3\.0-video$/,
    {
      ...wan27,
      media: {
        types: {
          first_frame: upTo(1),
          last_frame: upTo(1),
          first_clip: upTo(1),
          reference_image: upTo(9),
          reference_video: upTo(5),
          reference_audio: upTo(5),
          reference_file: upTo(5),
          reference_link: upTo(5),
          video: upTo(1),
        },
        least: 0,
        most: 12,
      },
      shape: "ratio",
      resolutions: WITH_480,
      ratios: [...RATIOS, "adaptive"],
      seconds: { least: 2, most: 30, otherwise: 5, special: -1 },
      sound: "toggle",
    },
  ],
  [/^happyhorse-1\.[01]-t2v$/, { ...horse, promptRequired: true }],
  [/^happyhorse-1\.[01]-i2v$/, { ...horse, media: { types: { first_frame: one }, least: 1, most: 1 } }],
  [
    /^happyhorse-1\.[01]-r2v$/,
    { ...horse, promptRequired: true, media: { types: { reference_image: upTo(9) }, least: 1, most: 9 } },
  ],
  [
    /^happyhorse-1\.[01]-video-edit$/,
    {
      ...horse,
      promptRequired: true,
      media: { types: { video: one, reference_image: upTo(9) }, least: 1, most: 9 },
      seconds: { least: 3, most: 15, otherwise: 0, special: 0 },
    },
  ],
];

/** Pixel sizes of each resolution, the first of them 16:9 (contract §6). */
export const VIDEO_SIZES: Record<string, readonly string[]> = {
  "480P": ["832*480", "480*832", "624*624"],
  "720P": ["1280*720", "720*1280", "960*960", "1088*832", "832*1088"],
  "1080P": ["1920*1080", "1080*1920", "1440*1440", "1632*1248", "1248*1632"],
};
