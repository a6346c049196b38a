import type { Account } from "../account.ts";
import { invalid, unsupported } from "../errors.ts";
import { type Body, choice, isGiven, number, object, objects, requiredText, text } from "../fields.ts";
import type { Input } from "../inputs.ts";
import { listedElements, listedVoices } from "../library.ts";
import { type Mode, RATIOS, readMode, readSeconds, type VideoModel, videoModel } from "../models.ts";
import type { Plan, Product } from "../plan.ts";
import { videoPrice } from "../prices.ts";
import { checkMentions, readShots } from "../shots.ts";
import { sizeLike, videoSize } from "../size.ts";

const PRESET_MOVES = ["down_back", "forward_up", "right_turn_forward", "left_turn_forward"] as const;
const AXES = ["horizontal", "vertical", "pan", "tilt", "roll", "zoom"];

/** `POST /v1/videos/text2video` (contract kling §4.1). */
export const TEXT_TO_VIDEO: Product = {
  path: "/v1/videos/text2video",
  pack: "video",
  check: (body, account) => {
    const model = videoModel(body, "textToVideo", account.now());
    const common = readCommon(body, model, account, true);
    checkCamera(body, model);
    const ratio = choice(body, "aspect_ratio", RATIOS, "16:9");
    return videoPlan(model, "text-to-video", common, [], { size: videoSize(ratio, common.mode) });
  },
};

/** `POST /v1/videos/image2video` (contract kling §4.2). */
export const IMAGE_TO_VIDEO: Product = {
  path: "/v1/videos/image2video",
  pack: "video",
  check: (body, account) => {
    const model = videoModel(body, "imageToVideo", account.now());
    const masks = readMasks(body, model, account);
    const common = readCommon(body, model, account, false);
    const camera = checkCamera(body, model);
    const first = account.inputs.image(body, "image");
    const last = account.inputs.image(body, "image_tail");
    const frame = first ?? last;
    if (frame === undefined) throw invalid("at least one of image and image_tail is required");
    if ([last !== undefined, masks.length > 0, camera].filter(Boolean).length > 1)
      throw invalid(
        "image_tail, dynamic_masks/static_mask and camera_control cannot be used at the same time",
      );
    if (last !== undefined) checkLastFrame(model, common, first !== undefined);
    if (masks.length > 0 && first === undefined) throw invalid("image is required with masks");
    return videoPlan(
      model,
      last === undefined ? "image-to-video" : "frames-to-video",
      common,
      [first, last, ...masks],
      { size: sizeLike(frame.facts, common.mode) },
    );
  },
};

/** What text-to-video and image-to-video have in common. */
type Common = { seconds: number; mode: Mode; sound: boolean; voices: number };

function readCommon(body: Body, model: VideoModel, account: Account, promptNeeded: boolean): Common {
  const seconds = readSeconds(body, model.seconds);
  const { prompt } = readShots(body, model, seconds, promptNeeded);
  text(body, "negative_prompt", 2500);
  if (isGiven(body, "mode") && model.modes.length === 0) throw unsupported(model.name, "mode");
  const mode = model.modes.length === 0 ? "std" : readMode(body, model.modes);
  if (isGiven(body, "cfg_scale") && !model.cfgScale) throw unsupported(model.name, "cfg_scale");
  number(body, "cfg_scale", 0, 1);

  if (isGiven(body, "sound") && model.sound === "none") throw unsupported(model.name, "sound");
  const sound = choice(body, "sound", ["on", "off"], "off") === "on";
  if (sound && model.sound === "pro" && mode !== "pro")
    throw unsupported(model.name, `sound in ${mode} mode`);

  const voices = listedVoices(body, account.library);
  if (voices.length > 0 && model.sound === "none") throw unsupported(model.name, "voice_list");
  if (voices.length > 0 && !sound) throw invalid("voice_list requires sound on");
  const elements = promptNeeded ? [] : listedElements(body, account.library, 3);
  if (elements.length > 0 && !model.elements) throw unsupported(model.name, "element_list");
  if (elements.length > 0 && voices.length > 0)
    throw invalid("element_list and voice_list cannot be used at the same time");
  checkMentions(prompt, { voice: voices.length, element: elements.length });
  return { seconds, mode, sound, voices: voices.length };
}

function checkLastFrame(model: VideoModel, { mode, sound }: Common, withFirst: boolean): void {
  if (model.lastFrame === "none" || (!withFirst && !model.lastFrameAlone))
    throw unsupported(model.name, withFirst ? "image_tail" : "image_tail only");
  if (model.lastFrame === "pro" && mode !== "pro")
    throw unsupported(model.name, `image_tail in ${mode} mode`);
  if (sound && model.sound === "pro") throw unsupported(model.name, "image_tail and sound");
}

/** Whether there is a camera move, which is legal: `simple` with exactly one axis moved, others without any. */
function checkCamera(body: Body, model: VideoModel): boolean {
  const control = object(body, "camera_control");
  if (control === undefined) return false;
  if (!model.camera) throw unsupported(model.name, "camera control");
  const type = choice(control, "type", ["simple", ...PRESET_MOVES]);
  const config = object(control, "config");
  if (type !== "simple") {
    if (config !== undefined) throw invalid("camera_control.config is only for type simple");
    return true;
  }
  if (config === undefined) throw invalid("camera_control.config is required");
  const moved = AXES.filter((axis) => (number(config, axis, -10, 10) ?? 0) !== 0);
  if (moved.length !== 1) throw invalid("exactly one value of camera_control.config must be other than 0");
  return true;
}

/** The masks of a motion brush. The feature is looked at before the rest: that is the answer seen. */
function readMasks(body: Body, model: VideoModel, account: Account): Input[] {
  const still = account.inputs.image(body, "static_mask");
  const moving = objects(body, "dynamic_masks", 6);
  if (still === undefined && moving.length === 0) return [];
  if (!model.motionBrush) throw unsupported(model.name, "motion brush");
  const masks = moving.map((group) => {
    for (const point of objects(group, "trajectories", 77, 2)) {
      if (!Number.isInteger(point.x) || !Number.isInteger(point.y))
        throw invalid("trajectories need integer x and y");
    }
    return account.inputs.imageText(requiredText(group, "mask"), "mask");
  });
  return still === undefined ? masks : [still, ...masks];
}

function videoPlan(
  model: VideoModel,
  operation: string,
  { seconds, mode, sound, voices }: Common,
  inputs: Plan["inputs"],
  { size }: Pick<Extract<Plan["outputs"][number], { kind: "video" }>, "size">,
): Plan {
  const asked = voices > 0 ? "voice" : sound ? "sound" : "silent";
  return {
    model: model.name,
    operation,
    price: videoPrice(model.name, asked, mode, seconds),
    slots: 1,
    outputs: [{ kind: "video", size, seconds: seconds + 0.04, sound }],
    inputs,
  };
}
