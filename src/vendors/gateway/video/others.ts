import type { Member, VideoForm, VideoProfile } from "./form.ts";
import { pictureLimits, pictures, sounds, videos } from "./slots.ts";
import { ratios } from "./wan.ts";

const media = (name: string): Member => ({ as: "media", name });

const horse = {
  path: "video",
  maxPrompt: 2500,
  fineness: { by: "resolution", values: ["720P", "1080P"] },
  duration: { least: 3, most: 15 },
  fields: ["watermark", "seed"],
  prompt: "required",
} as const satisfies Partial<VideoForm>;
const horseRatio = { values: ratios, otherwise: "16:9" } as const;

/** HappyHorse. Its watermark is on unless told otherwise, so that it is always told (contract §6). */
function happyHorse(version: string): VideoProfile[] {
  const model = (kind: string, name: string, operations: VideoProfile["operations"]): VideoProfile => ({
    id: `happyhorse-${version}-${kind}`,
    name: `HappyHorse ${version} ${name}`,
    operations,
  });
  return [
    model("t2v", "Text to Video", {
      "text-to-video": { ...horse, inputs: [], members: {}, ratio: horseRatio },
    }),
    model("i2v", "Image to Video", {
      "image-to-video": {
        ...horse,
        inputs: [pictures("firstFrame", 1, 1, pictureLimits.happyHorse)],
        members: { firstFrame: media("first_frame") },
        prompt: "optional",
      },
    }),
    model("r2v", "References to Video", {
      "references-to-video": {
        ...horse,
        inputs: [pictures("reference", 1, 9, pictureLimits.happyHorse)],
        members: { reference: media("reference_image") },
        ratio: horseRatio,
      },
    }),
    model("video-edit", "Video Edit", {
      "edit-video": {
        ...withoutDuration(horse),
        inputs: [videos(1, 1, [3, 60]), pictures("reference", 0, 5, pictureLimits.happyHorse)],
        members: { video: media("video"), reference: media("reference_image") },
        fields: ["audioSetting", ...horse.fields],
      },
    }),
  ];
}

function withoutDuration({ duration: _, ...form }: typeof horse): Omit<typeof horse, "duration"> {
  return form;
}

const wan3 = {
  path: "video",
  maxPrompt: 5000,
  prompt: "required",
  fineness: { by: "resolution", values: ["720P", "480P", "1080P"] },
  ratio: { values: ["adaptive", ...ratios], otherwise: "adaptive" },
  duration: { least: -1, most: 30, text: "durationAuto" },
  fields: ["sound", "watermark", "seed"],
} as const satisfies Partial<VideoForm>;

/** Known from second-hand sources only (contract §6). */
const wan30: VideoProfile = {
  id: "wan3.0-video",
  name: "Wan 3.0 Video",
  preview: true,
  operations: {
    "text-to-video": { ...wan3, inputs: [], members: {} },
    "image-to-video": {
      ...wan3,
      inputs: [pictures("firstFrame", 1, 1, pictureLimits.usual)],
      members: { firstFrame: media("first_frame") },
    },
    "frames-to-video": {
      ...wan3,
      inputs: [
        pictures("firstFrame", 1, 1, pictureLimits.usual),
        pictures("lastFrame", 1, 1, pictureLimits.usual),
      ],
      members: { firstFrame: media("first_frame"), lastFrame: media("last_frame") },
    },
    "references-to-video": {
      ...wan3,
      inputs: [pictures("reference", 0, 5, pictureLimits.usual), videos(0, 5, [1, 30]), sounds(1, 1)],
      members: {
        reference: media("reference_image"),
        video: media("reference_video"),
        audio: media("reference_audio"),
      },
      most: 5,
    },
  },
};

export const otherProfiles: readonly VideoProfile[] = [...happyHorse("1.1"), ...happyHorse("1.0"), wan30];
