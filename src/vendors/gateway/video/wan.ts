import type { Member, VideoForm, VideoPrices, VideoProfile } from "./form.ts";
import type { Resolution } from "./sizes.ts";
import { pictureLimits, pictures, sounds, videos } from "./slots.ts";

const field = (name: string): Member => ({ as: "field", name });
const media = (name: string): Member => ({ as: "media", name });
const list = (name: string): Member => ({ as: "list", name });

export const ratios = ["16:9", "9:16", "1:1", "4:3", "3:4"] as const;
const fine = ["720P", "1080P"] as const;
const usual = ["promptExtension", "negativePrompt", "watermark", "seed"] as const;

const wanPrices: VideoPrices = { plain: { "480P": 0.3, "720P": 0.6, "1080P": 1 } };
const flashPrices: VideoPrices = {
  plain: { "720P": 0.3, "1080P": 0.5 },
  silent: { "720P": 0.15, "1080P": 0.25 },
};

const bySize = (...values: Resolution[]): VideoForm["fineness"] => ({ by: "size", values });
const byName = (...values: Resolution[]): VideoForm["fineness"] => ({ by: "resolution", values });

/** From 2.7 on media are one list, and sound is always on. */
const new27 = {
  path: "video",
  maxPrompt: 5000,
  fineness: byName(...fine),
  duration: { least: 2, most: 15 },
  fields: usual,
  prices: wanPrices,
} as const satisfies Partial<VideoForm>;

const frame = pictures("firstFrame", 1, 1, pictureLimits.usual);
const last = pictures("lastFrame", 1, 1, pictureLimits.usual);
const frames27 = {
  firstFrame: media("first_frame"),
  lastFrame: media("last_frame"),
  audio: media("driving_audio"),
  video: media("first_clip"),
};

const wan27: readonly VideoProfile[] = [
  {
    id: "wan2.7-t2v",
    name: "Wan 2.7 Text to Video",
    operations: {
      "text-to-video": {
        ...new27,
        inputs: [sounds(1, 2)],
        members: { audio: field("audio_url") },
        prompt: "required",
        ratio: { values: ratios, otherwise: "16:9" },
      },
    },
  },
  {
    id: "wan2.7-i2v",
    name: "Wan 2.7 Image to Video",
    operations: {
      "image-to-video": { ...new27, inputs: [frame, sounds(1, 2)], members: frames27, prompt: "optional" },
      "frames-to-video": {
        ...new27,
        inputs: [frame, last, sounds(1, 2)],
        members: frames27,
        prompt: "optional",
      },
      "extend-video": {
        ...new27,
        inputs: [videos(1, 1, [2, 10]), { ...last, min: 0 }],
        members: frames27,
        prompt: "optional",
        duration: { least: 2, most: 15, otherwise: 10, text: "durationWhole" },
      },
    },
  },
  {
    id: "wan2.7-r2v",
    name: "Wan 2.7 References to Video",
    operations: {
      "references-to-video": {
        ...new27,
        inputs: [
          pictures("reference", 0, 5, pictureLimits.usual),
          videos(0, 5, [1, 30]),
          { ...frame, min: 0 },
          sounds(5, 1, 10),
        ],
        members: {
          reference: media("reference_image"),
          video: media("reference_video"),
          firstFrame: media("first_frame"),
          audio: { as: "voice" },
        },
        prompt: "required",
        ratio: { values: ratios, otherwise: "16:9", asFrame: true },
        most: 5,
        secondsWithVideo: 10,
      },
    },
  },
  {
    id: "wan2.7-videoedit",
    name: "Wan 2.7 Video Edit",
    operations: {
      "edit-video": {
        ...new27,
        inputs: [videos(1, 1, [2, 10]), pictures("reference", 0, 4, pictureLimits.usual)],
        members: { video: media("video"), reference: media("reference_image") },
        prompt: "required",
        ratio: { values: ["adaptive", ...ratios], otherwise: "adaptive", asInput: true },
        duration: { least: 0, most: 10, otherwise: 0, text: "durationKept" },
        fields: ["audioSetting", ...usual],
      },
    },
  },
];

/** Before 2.7 media are flat fields. */
const flat26 = {
  path: "video",
  maxPrompt: 1500,
  duration: { least: 2, most: 15 },
  prices: wanPrices,
} as const satisfies Partial<VideoForm>;

const text26: VideoForm = {
  ...flat26,
  inputs: [sounds(1, 3)],
  members: { audio: field("audio_url") },
  prompt: "required",
  fineness: bySize(...fine),
  fields: ["shotType", ...usual],
};

const image26: VideoForm = {
  ...flat26,
  inputs: [frame, sounds(1, 3)],
  members: { firstFrame: field("img_url"), audio: field("audio_url") },
  prompt: "optional",
  fineness: byName(...fine),
  fields: ["shotType", ...usual],
};

const references26: VideoForm = {
  ...flat26,
  inputs: [pictures("reference", 0, 5, pictureLimits.usual), videos(0, 3, [1, 30])],
  members: { reference: list("reference_urls"), video: list("reference_urls") },
  prompt: "required",
  fineness: bySize(...fine),
  duration: { least: 2, most: 10 },
  fields: ["shotType", "watermark", "seed"],
  most: 5,
};

const wan26: readonly VideoProfile[] = [
  { id: "wan2.6-t2v", name: "Wan 2.6 Text to Video", operations: { "text-to-video": text26 } },
  {
    id: "wan2.6-t2v-us",
    name: "Wan 2.6 Text to Video US",
    operations: { "text-to-video": withoutPrices({ ...text26, duration: { least: 5, most: 10, step: 5 } }) },
  },
  { id: "wan2.6-i2v", name: "Wan 2.6 Image to Video", operations: { "image-to-video": image26 } },
  {
    id: "wan2.6-i2v-flash",
    name: "Wan 2.6 Image to Video Flash",
    operations: {
      "image-to-video": { ...image26, fields: ["sound", ...image26.fields], prices: flashPrices },
    },
  },
  {
    id: "wan2.6-r2v",
    name: "Wan 2.6 References to Video",
    operations: { "references-to-video": references26 },
  },
  {
    id: "wan2.6-r2v-flash",
    name: "Wan 2.6 References to Video Flash",
    operations: {
      "references-to-video": withoutPrices({ ...references26, fields: ["sound", ...references26.fields] }),
    },
  },
];

const wan25: readonly VideoProfile[] = [
  {
    id: "wan2.5-t2v-preview",
    name: "Wan 2.5 Text to Video",
    operations: {
      "text-to-video": {
        ...text26,
        fineness: bySize("720P", "480P", "1080P"),
        duration: { least: 5, most: 10, step: 5 },
        fields: usual,
      },
    },
  },
  {
    id: "wan2.5-i2v-preview",
    name: "Wan 2.5 Image to Video",
    operations: {
      "image-to-video": {
        ...image26,
        inputs: [pictures("firstFrame", 1, 1, pictureLimits.usual), sounds(1, 3)],
        fineness: byName("720P", "480P", "1080P"),
        duration: { least: 5, most: 10, step: 5 },
        fields: usual,
      },
    },
  },
];

/** Silent, five seconds unless a model leaves a choice. */
function oldText(id: string, name: string, ...values: Resolution[]): VideoProfile {
  const form: VideoForm = {
    path: "video",
    inputs: [],
    members: {},
    prompt: "required",
    maxPrompt: 800,
    fineness: bySize(...values),
    fields: usual,
  };
  return { id, name, operations: { "text-to-video": form } };
}

function oldImage(
  id: string,
  name: string,
  values: readonly Resolution[],
  duration?: VideoForm["duration"],
): VideoProfile {
  const form: VideoForm = {
    path: "video",
    inputs: [pictures("firstFrame", 1, 1, pictureLimits.oldest)],
    members: { firstFrame: field("img_url") },
    prompt: "optional",
    maxPrompt: 800,
    fineness: byName(...values),
    fields: ["template", ...usual],
    ...(duration ? { duration } : {}),
  };
  return { id, name, operations: { "image-to-video": form } };
}

function oldFrames(id: string, name: string, ...values: Resolution[]): VideoProfile {
  const form: VideoForm = {
    path: "keyframes",
    inputs: [
      pictures("firstFrame", 1, 1, pictureLimits.oldest),
      pictures("lastFrame", 1, 1, pictureLimits.oldest),
    ],
    members: { firstFrame: field("first_frame_url"), lastFrame: field("last_frame_url") },
    prompt: "optional",
    maxPrompt: 800,
    fineness: byName(...values),
    fields: ["template", ...usual],
  };
  return { id, name, operations: { "frames-to-video": form } };
}

const older: readonly VideoProfile[] = [
  oldText("wan2.2-t2v-plus", "Wan 2.2 Text to Video Plus", "480P", "1080P"),
  oldImage("wan2.2-i2v-plus", "Wan 2.2 Image to Video Plus", ["480P", "1080P"]),
  oldImage("wan2.2-i2v-flash", "Wan 2.2 Image to Video Flash", ["720P", "480P"]),
  oldFrames("wan2.2-kf2v-flash", "Wan 2.2 Frames to Video Flash", "720P", "480P", "1080P"),
  oldText("wanx2.1-t2v-plus", "Wanx 2.1 Text to Video Plus", "720P"),
  oldText("wanx2.1-t2v-turbo", "Wanx 2.1 Text to Video Turbo", "720P", "480P"),
  oldImage("wanx2.1-i2v-plus", "Wanx 2.1 Image to Video Plus", ["720P"]),
  oldImage("wanx2.1-i2v-turbo", "Wanx 2.1 Image to Video Turbo", ["720P", "480P"], { least: 3, most: 5 }),
  oldFrames("wanx2.1-kf2v-plus", "Wanx 2.1 Frames to Video Plus", "720P"),
];

function withoutPrices({ prices: _, ...form }: VideoForm): VideoForm {
  return form;
}

/** Every Wan video model of contract §6 that its own pages describe. */
export const wanProfiles: readonly VideoProfile[] = [...wan27, ...wan26, ...wan25, ...older];
