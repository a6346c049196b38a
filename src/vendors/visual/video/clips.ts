import type { ModelOperation } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import type { BodyObject } from "../../wire/body.ts";
import { named, productOf, promptField } from "../build.ts";
import { frame, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import { perSecond, unknownPrice } from "../prices.ts";
import { type Ask, type Product, problem } from "../product.ts";

const task = { pair: "sync2async" } as const;
const hidden = ["aigc_meta"] as const;
const ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"] as const;

type FrameOperation = "text-to-video" | "image-to-video" | "frames-to-video";

const slots = {
  "text-to-video": [],
  "image-to-video": [frame("firstFrame")],
  "frames-to-video": [frame("firstFrame"), frame("lastFrame")],
} as const;

function frames(ask: Ask): BodyObject {
  const files = [...ask.files("firstFrame"), ...ask.files("lastFrame")];
  return files.length > 0 ? pictureFields(files) : {};
}

const promptOf = (operation: FrameOperation): ModelOperation["prompt"] =>
  operation === "text-to-video" ? "required" : "optional";

/** Frames at 24 a second, and the one that closes the last (contract §6.2). */
const frameCount = ({ duration }: OptionValues) => 24 * Number(duration) + 1;

/** S2.0 Pro: five seconds. */
const s2pro: readonly Product[] = (["text-to-video", "image-to-video"] as const).map((operation) =>
  productOf({
    model: { id: "jimeng-s2-pro", name: "Jimeng S2.0 Pro" },
    operation,
    key: operation === "text-to-video" ? "jimeng_vgfm_t2v_l20" : "jimeng_vgfm_i2v_l20",
    call: task,
    result: hidden,
    prompt: promptOf(operation),
    inputs: slots[operation],
    options: { ratio: option.ratio([...ratios, "9:21"]), seed: option.seed() },
    body: (ask) => ({
      ...frames(ask),
      ...promptField(ask),
      ...named(ask.options, { seed: "seed", ratio: "aspect_ratio" }),
    }),
    estimate: unknownPrice,
  }),
);

/** By operation: text to video is written `_1080p`, the others `_1080` (contract §6.2). */
const keys30: Readonly<Record<FrameOperation, Readonly<Record<string, string>>>> = {
  "text-to-video": { "720p": "jimeng_t2v_v30", "1080p": "jimeng_t2v_v30_1080p" },
  "image-to-video": { "720p": "jimeng_i2v_first_v30", "1080p": "jimeng_i2v_first_v30_1080" },
  "frames-to-video": { "720p": "jimeng_i2v_first_tail_v30", "1080p": "jimeng_i2v_first_tail_v30_1080" },
};

/** Ready-made moves of the camera, which are an algorithm of their own. */
const moves = [
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
] as const;

const moving = ({ camera }: OptionValues) => camera !== undefined && camera !== "none";

const video30: readonly Product[] = (["text-to-video", "image-to-video", "frames-to-video"] as const).map(
  (operation) =>
    productOf({
      model: { id: "jimeng-video-3.0", name: "Jimeng Video 3.0" },
      operation,
      key: (options) =>
        moving(options) ? "jimeng_i2v_recamera_v30" : (keys30[operation][String(options.resolution)] ?? ""),
      call: task,
      result: hidden,
      prompt: promptOf(operation),
      inputs: slots[operation],
      options: {
        resolution: option.choice("clipResolution", ["720p", "1080p"], "720p", {
          level: "basic",
          cost: true,
        }),
        duration: option.duration(),
        ratio: operation === "text-to-video" && option.ratio(ratios),
        ...(operation === "image-to-video" ? camera() : {}),
        seed: option.seed(),
      },
      body: (ask) => ({
        ...frames(ask),
        ...promptField(ask),
        ...(moving(ask.options)
          ? named(ask.options, { camera: "template_id", cameraStrength: "camera_strength" })
          : {}),
        ...named(ask.options, { seed: "seed" }),
        frames: frameCount(ask.options),
        ...(operation === "text-to-video" ? named(ask.options, { ratio: "aspect_ratio" }) : {}),
      }),
      check: ({ options }) =>
        moving(options) && options.resolution === "1080p" ? [problem("cameraOnly720", "resolution")] : [],
      estimate: ({ options }) =>
        perSecond(options.resolution === "1080p" ? "1080p" : "720p", Number(options.duration)),
    }),
);

function camera() {
  return {
    camera: option.choice("cameraTemplate", ["none", ...moves], "none", { level: "basic" }),
    cameraStrength: option.choice("cameraStrength", ["weak", "medium", "strong"], "medium"),
  };
}

const video30pro: readonly Product[] = (["text-to-video", "image-to-video"] as const).map((operation) =>
  productOf({
    model: { id: "jimeng-video-3.0-pro", name: "Jimeng Video 3.0 Pro" },
    operation,
    key: "jimeng_ti2v_v30_pro",
    call: task,
    result: hidden,
    prompt: promptOf(operation),
    inputs: slots[operation],
    options: {
      duration: option.duration(),
      ratio: operation === "text-to-video" && option.ratio(ratios),
      seed: option.seed(),
    },
    body: (ask) => ({
      ...frames(ask),
      ...promptField(ask),
      ...named(ask.options, { seed: "seed" }),
      frames: frameCount(ask.options),
      ...(operation === "text-to-video" ? named(ask.options, { ratio: "aspect_ratio" }) : {}),
    }),
    estimate: ({ options }) => perSecond("pro", Number(options.duration)),
  }),
);

/** Video from words, from a first frame, and from first and last frame (contract §6.2). */
export const clipProducts: readonly Product[] = [...video30pro, ...video30, ...s2pro];
