import { invalid } from "../errors.ts";
import { choice, isGiven, requiredText, text } from "../fields.ts";
import { listedElements } from "../library.ts";
import { namedModel, readMode } from "../models.ts";
import type { Product } from "../plan.ts";
import { units, videoPrice } from "../prices.ts";
import { sizeLike, videoSize } from "../size.ts";

/** `POST /v1/videos/motion-control` (contract kling §4.4). */
export const MOTION_CONTROL: Product = {
  path: "/v1/videos/motion-control",
  pack: "video",
  check: (body, { inputs, library }) => {
    const model = namedModel(body, ["kling-v2-6", "kling-v3"], "kling-v2-6");
    const person = inputs.requiredImage(body, "image_url");
    requiredText(body, "video_url");
    const orientation = choice(body, "character_orientation", ["image", "video"]);
    const most = orientation === "image" ? 10.05 : 30.05;
    const dance = inputs.video(body, "video_url", { seconds: [3, most], sides: [340, 3850] });
    choice(body, "keep_original_sound", ["yes", "no"], "yes");
    if (!isGiven(body, "mode")) throw invalid("mode is required");
    const mode = readMode(body, ["std", "pro"]);
    text(body, "prompt", 2500);
    const elements = listedElements(body, library, 1);
    if (elements.length > 0 && (model !== "kling-v3" || orientation !== "video"))
      throw invalid("element_list is only supported by kling-v3 with character_orientation video");
    const seconds = dance?.facts.seconds ?? 0;
    return {
      model,
      operation: "motion-control",
      price: videoPrice(model, "motion", mode, Math.ceil(seconds)),
      slots: 1,
      outputs: [{ kind: "video", size: sizeLike(person.facts, mode), seconds, sound: true }],
      inputs: [person, dance],
    };
  },
};

/** `POST /v1/videos/avatar/image2video` (contract kling §4.4). */
export const AVATAR: Product = {
  path: "/v1/videos/avatar/image2video",
  pack: "video",
  check: (body, account) => {
    const { inputs } = account;
    const person = inputs.requiredImage(body, "image");
    if (isGiven(body, "audio_id") === isGiven(body, "sound_file"))
      throw invalid("exactly one of audio_id and sound_file is required");
    const id = text(body, "audio_id");
    const sound = inputs.audio(body, "sound_file", [2, 300]);
    const seconds = id === undefined ? (sound?.facts.seconds ?? 0) : account.audio(id).seconds;
    text(body, "prompt", 2500);
    const mode = readMode(body, ["std", "pro"]);
    return {
      model: "avatar",
      operation: "avatar",
      price: videoPrice("avatar", "silent", mode, Math.ceil(seconds)),
      slots: 1,
      outputs: [{ kind: "video", size: sizeLike(person.facts, mode), seconds, sound: true }],
      inputs: [person, sound],
    };
  },
};

const DUAL_SCENES = [
  "pet_skateboard",
  "daily_ootd",
  "toss_run",
  "switch_to_silk",
  "studio_look",
  "french_elegance",
  "finger_swipe",
  "smooth_transition",
  "kiss_pro",
  "snow_night_kiss",
  "eternal_kiss",
  "cheers_2026",
  "fight_pro",
  "hug_pro",
  "heart_gesture_pro",
];
const GONE_SCENES = [
  "kiss",
  "fight",
  "hug",
  "thumbs_up",
  "tiger_hug",
  "pet_lion",
  "3d_cartoon_1",
  "celebration",
  "c4d_cartoon",
  "magic_match_tree",
];

/** Assumed: the contract has no price for effects. */
const SCENE_UNITS = 2;

/** `POST /v1/videos/effects` (contract kling §4.4). Scenes beyond those it names are taken as they come. */
export const EFFECTS: Product = {
  path: "/v1/videos/effects",
  pack: "video",
  check: (body, { inputs }) => {
    const scene = requiredText(body, "effect_scene");
    if (!/^[a-z0-9_]+$/.test(scene) || GONE_SCENES.includes(scene))
      throw invalid(`effect_scene value '${scene}' is invalid`);
    const input = body.input;
    if (typeof input !== "object" || input === null) throw invalid("input is required");
    const fields = input as Record<string, unknown>;
    const dual = DUAL_SCENES.includes(scene);
    if (dual ? isGiven(fields, "image") : isGiven(fields, "images"))
      throw invalid(`effect_scene ${scene} takes ${dual ? "input.images" : "input.image"}`);
    const list = dual ? fields.images : [requiredText(fields, "image")];
    if (
      !Array.isArray(list) ||
      list.length !== (dual ? 2 : 1) ||
      !list.every((each) => typeof each === "string")
    )
      throw invalid("input.images must have exactly 2 images");
    const images = list.map((each: string) => inputs.imageText(each, "input.images"));
    return {
      model: scene,
      operation: "effects",
      price: units(SCENE_UNITS),
      slots: 1,
      outputs: [
        { kind: "video", size: videoSize("16:9", "std"), seconds: 5.04, sound: false, untimed: true },
      ],
      inputs: images,
    };
  },
};
