import { missing } from "../codes.ts";
import { type Field, type Fields, isGiven, numberOf, textOf } from "../fields.ts";
import type { Asked, Product } from "../product.ts";
import { nearestFull, ratioSize } from "../sizes.ts";
import { FLAG, FREE_PROMPT, LIMITS, PROMPT, pictures, SEED, single } from "./shared.ts";

const RATIOS = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];
const FRAMES: Field = { is: "choice", values: [121, 241] };
const ratioField = (...more: string[]): Field => ({ is: "choice", values: [...RATIOS, ...more] });

/** 24 frames a second and one more. */
function seconds({ body }: Asked): number {
  return (numberOf(body, "frames", 121) - 1) / 24;
}

/** The shape of the first picture, or of the ratio asked for. */
function shape({ body, pictures: [first] }: Asked) {
  return first ?? ratioSize(textOf(body, "aspect_ratio") ?? "16:9");
}

const video = (asked: Asked) => ({ kind: "video", size: shape(asked), seconds: seconds(asked) }) as const;
const fullVideo = (asked: Asked) =>
  ({ kind: "video", size: nearestFull(shape(asked)), seconds: seconds(asked) }) as const;

const TIMED: Fields = { ...FREE_PROMPT, frames: FRAMES };
const FRAME = pictures(1, 1, LIMITS.video);
const S20 = { ways: ["sync2async"] } as const satisfies Partial<Product>;

const CAMERA_MOVES = [
  "hitchcock_dolly_in",
  "hitchcock_dolly_out",
  "robo_arm",
  "dynamic_orbit",
  "central_orbit",
  "crane_push",
  "quick_pull_back",
  "counterclockwise_swivel",
  "clockwise_swivel",
  "handheld",
  "rapid_push_pull",
];

/** A suffix for 720p and 1080p: `_1080p` of text, `_1080` of pictures. */
const sized = (key: string, fullKey: string, product: Omit<Product, "key" | "output">): Product[] => [
  { ...product, key, output: video },
  { ...product, key: fullKey, output: fullVideo },
];

/** Video by text, frames and camera moves (contract volcengine-visual §6.2). */
export const VIDEOS: Product[] = [
  {
    ...S20,
    key: "jimeng_vgfm_t2v_l20",
    operation: "text-to-video",
    fields: { ...PROMPT, aspect_ratio: ratioField("9:21") },
    output: (asked) => ({ kind: "video", size: shape(asked), seconds: 5, place: "both" }),
  },
  {
    ...S20,
    key: "jimeng_vgfm_i2v_l20",
    operation: "image-to-video",
    fields: { ...FREE_PROMPT, aspect_ratio: ratioField("9:21") },
    pictures: FRAME,
    output: ({ body }) => ({
      kind: "video",
      size: ratioSize(textOf(body, "aspect_ratio") ?? "16:9"),
      seconds: 5,
      place: "both",
    }),
  },
  ...sized("jimeng_t2v_v30", "jimeng_t2v_v30_1080p", {
    ...S20,
    operation: "text-to-video",
    fields: { ...PROMPT, frames: FRAMES, aspect_ratio: ratioField() },
  }),
  ...sized("jimeng_i2v_first_v30", "jimeng_i2v_first_v30_1080", {
    ...S20,
    operation: "image-to-video",
    fields: TIMED,
    pictures: FRAME,
  }),
  ...sized("jimeng_i2v_first_tail_v30", "jimeng_i2v_first_tail_v30_1080", {
    ...S20,
    operation: "frames-to-video",
    fields: TIMED,
    pictures: { ...pictures(2, 2, LIMITS.video), sameRatio: true },
  }),
  {
    ...S20,
    key: "jimeng_i2v_recamera_v30",
    operation: "image-to-video",
    fields: {
      ...TIMED,
      template_id: { is: "choice", values: CAMERA_MOVES, needed: true },
      camera_strength: { is: "choice", values: ["weak", "medium", "strong"] },
    },
    pictures: FRAME,
    output: video,
  },
  {
    ...S20,
    key: "jimeng_ti2v_v30_pro",
    operation: "text-to-video",
    fields: { ...TIMED, aspect_ratio: ratioField() },
    pictures: pictures(0, 1, LIMITS.video),
    check: ({ body, pictures: inputs }) => {
      if (inputs.length === 0 && !isGiven(body, "prompt")) throw missing("prompt");
    },
    output: fullVideo,
  },
];

/** One slot: motion imitation, digital humans and translation (contract volcengine-visual §8). */
const ONE_SLOT = { slots: 1 };
const MOVING = { kind: "video", seconds: [1, 30] } as const;
const VOICE = { kind: "audio", seconds: [0.1, 60 - 1e-6] } as const;
const longest = ({ media }: Asked) => Math.max(0, ...Object.values(media).map((each) => each.seconds));

const TALKING: Omit<Product, "key" | "output" | "fields"> = {
  ways: ["task"],
  operation: "avatar",
  ...ONE_SLOT,
  pictures: single("image_url", LIMITS.person),
  media: { audio_url: VOICE },
  processing: true,
};

/** Motion imitation, digital humans and translation (contract volcengine-visual §6.2). */
export const PEOPLE: Product[] = [
  {
    key: "jimeng_dream_actor_m1_gen_video_cv",
    ways: ["sync2async", "task"],
    operation: "motion-control",
    ...ONE_SLOT,
    fields: {},
    pictures: single("image_url", LIMITS.jimeng3),
    media: { video_url: MOVING },
    output: (asked) => ({ kind: "video", size: shape(asked), seconds: longest(asked) }),
  },
  {
    key: "jimeng_dreamactor_m20_gen_video",
    ways: ["sync2async"],
    operation: "motion-control",
    ...ONE_SLOT,
    fields: { seed: SEED, cut_result_first_second_switch: FLAG },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    media: { video_url: MOVING },
    output: (asked) => ({ kind: "video", size: shape(asked), seconds: longest(asked) }),
  },
  ...["", "_v15"].map(
    (suffix): Product => ({
      key: `jimeng_realman_avatar_picture_create_role_omni${suffix}`,
      ways: ["task"],
      operation: "avatar",
      unit: "call",
      fields: {},
      pictures: single("image_url", LIMITS.person),
      output: () => ({ kind: "report", data: { status: 1 } }),
    }),
  ),
  {
    key: "jimeng_realman_avatar_object_detection",
    ways: ["process"],
    operation: "avatar",
    unit: "call",
    fields: {},
    pictures: single("image_url", LIMITS.person),
    output: (asked) => ({ kind: "masks", count: Math.min(asked.group ?? 2, 5), size: shape(asked) }),
  },
  {
    ...TALKING,
    key: "jimeng_realman_avatar_picture_omni_v2",
    fields: {},
    output: (asked) => ({ kind: "video", size: shape(asked), seconds: longest(asked) }),
  },
  {
    ...TALKING,
    key: "jimeng_realman_avatar_picture_omni_v15",
    fields: {
      prompt: { is: "text", most: 300 },
      seed: SEED,
      mask_url: { is: "texts" },
      output_resolution: { is: "choice", values: [720, 1080] },
      pe_fast_mode: FLAG,
    },
    output: (asked) => ({ kind: "video", size: shape(asked), seconds: longest(asked) }),
  },
  {
    key: "realman_avatar_creation_task",
    ways: ["task"],
    operation: "avatar",
    ...ONE_SLOT,
    fields: {
      resource_id: { is: "text", needed: true },
      templ_start_strategy: { is: "text" },
      templ_start_seconds: { is: "number", least: 0, most: 3600 },
    },
    media: { audio_url: { kind: "audio", seconds: [0.1, 3600] } },
    output: (asked) => ({
      kind: "video",
      size: { width: 720, height: 1280 },
      seconds: longest(asked),
      place: "report",
    }),
  },
  {
    key: "video_translate_v2_cvtob",
    ways: ["sync2async", "task"],
    operation: "edit-video",
    ...ONE_SLOT,
    fields: {
      src_language: { is: "text", needed: true },
      target_language: { is: "text", needed: true },
    },
    media: { video_url: { kind: "video", seconds: [5, 180], bytes: 500 * 2 ** 20 } },
    output: (asked) => ({
      kind: "video",
      size: asked.media.video_url ?? shape(asked),
      seconds: longest(asked),
    }),
  },
];
