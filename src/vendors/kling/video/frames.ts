import type { InputSlot, ModelOperation, Problem } from "../../../model/catalog.ts";
import type { OptionsSchema } from "../../../model/options.ts";
import { type BodyObject, Digits, FilePart, fileFields } from "../../wire/body.ts";
import { pictures } from "../inputs.ts";
import { listed } from "../names.ts";
import * as option from "../options.ts";
import { type Ask, type Check, type NewerForm, type Product, problem } from "../product.ts";
import { legacyShots, promptProblems, shotProblems } from "../shots.ts";
import { maskFields, maskProblems } from "./masks.ts";
import { type VideoModel, videoModels } from "./models.ts";
import {
  cameraControl,
  costFields,
  estimateVideo,
  guidance,
  isPlain,
  newerSettings,
  videoDeadlineMs,
} from "./settings.ts";

const maxVoices = 2;

type Operation = "text-to-video" | "image-to-video" | "frames-to-video";

/** Video from text, from a first frame, and from first and last frame (contract §4.1, §4.2; newer: §7). */
export const frameProducts: readonly Product[] = videoModels.flatMap((model) =>
  operationsOf(model).map((operation) => product(model, operation)),
);

function operationsOf(model: VideoModel): Operation[] {
  return [
    ...(model.text ? (["text-to-video"] as const) : []),
    ...(model.image ? (["image-to-video"] as const) : []),
    ...(model.image && model.lastFrame !== "none" ? (["frames-to-video"] as const) : []),
  ];
}

function product(model: VideoModel, operation: Operation): Product {
  const { id, name, retires } = model;
  const elements = operation === "text-to-video" ? 0 : (model.elements ?? 0);
  return {
    model: { id, name, ...(retires ? { retires } : {}) },
    operation,
    profile: profile(model, operation),
    unit: "videoUnits",
    ...(model.legacy === false ? {} : { legacy: legacyForm(model, operation) }),
    ...(model.newer ? { newer: newerForm(model, operation, model.newer) } : {}),
    ...(elements > 0 || model.voices ? { mentions: true } : {}),
    ...(elements > 0 ? { elements } : {}),
  };
}

function profile(model: VideoModel, operation: Operation): ModelOperation {
  return {
    options: optionsOf(model, operation),
    inputs: slotsOf(model, operation),
    prompt: operation === "text-to-video" ? "required" : "optional",
    deadlineMs: videoDeadlineMs,
    check: checkOf(model, operation),
    estimate: (input) => estimateVideo(model.id, withMode(model, operation, input)),
  };
}

/** Models whose last frame is for 1080p only leave no choice there. */
function onlyPro(model: VideoModel, operation: Operation): boolean {
  return operation === "frames-to-video" && model.lastFrame === "pro";
}

function withMode<T extends Pick<Ask, "options">>(model: VideoModel, operation: Operation, ask: T): T {
  return onlyPro(model, operation) ? { ...ask, options: { ...ask.options, mode: "pro" } } : ask;
}

function optionsOf(model: VideoModel, operation: Operation): OptionsSchema {
  const fromText = operation === "text-to-video";
  const withSound = model.sound === "any" || (model.sound === "pro" && operation !== "frames-to-video");
  return option.schemaOf({
    mode: model.modes.length > 0 && !onlyPro(model, operation) && option.mode(model.modes),
    duration: option.duration(model.seconds),
    ratio: fromText && option.ratio(option.videoRatios),
    sound: withSound && option.sound(),
    shots: model.shots && option.shots(),
    negativePrompt: model.negativePrompt && option.negativePrompt(),
    cfgScale: model.cfgScale && option.cfgScale(),
    elements: !fromText && model.elements !== undefined && option.elements(),
    voices: withSound && model.voices && option.voices(),
    ...(model.camera && operation !== "frames-to-video" ? option.camera() : {}),
    trajectories: model.motionBrush && operation === "image-to-video" && option.trajectories(),
    ...option.watermark(),
  });
}

function slotsOf(model: VideoModel, operation: Operation): InputSlot[] {
  if (operation === "text-to-video") return [];
  const first = pictures("firstFrame", 1, 1);
  if (operation === "image-to-video") {
    return model.motionBrush ? [first, pictures("mask", 0, 7)] : [first];
  }
  return [{ ...first, min: model.lastFrameAlone ? 0 : 1 }, pictures("lastFrame", 1, 1)];
}

function checkOf(model: VideoModel, operation: Operation): Check {
  const limit = operation === "text-to-video" ? model.maxTextPrompt : undefined;
  return (request) => [
    ...promptProblems(request, limit),
    ...shotProblems(request),
    ...optionProblems(model, request.options),
    ...(operation === "image-to-video" && model.motionBrush ? maskProblems(request) : []),
  ];
}

function optionProblems(model: VideoModel, options: Ask["options"]): Problem[] {
  const { sound, mode, camera, cameraAmount } = options;
  const [elements, voices] = [listed(options.elements).length, listed(options.voices).length];
  const speaks = voices > 0;
  const found: Problem[] = [];
  if (elements > (model.elements ?? 0)) {
    found.push(problem("tooManyElements", "elements", { limit: model.elements ?? 0, actual: elements }));
  }
  if (voices > maxVoices)
    found.push(problem("tooManyVoices", "voices", { limit: maxVoices, actual: voices }));
  if (sound === true && model.sound === "pro" && mode !== "pro")
    found.push(problem("soundNeedsPro", "sound"));
  if (speaks && sound !== true) found.push(problem("voicesNeedSound", "voices"));
  if (speaks && elements > 0) found.push(problem("voicesOrElements", "voices"));
  if (option.cameraAxes.some((axis) => axis === camera) && cameraAmount === 0) {
    found.push(problem("cameraStill", "cameraAmount"));
  }
  return found;
}

function legacyForm(model: VideoModel, operation: Operation): NonNullable<Product["legacy"]> {
  return {
    path: operation === "text-to-video" ? "/v1/videos/text2video" : "/v1/videos/image2video",
    body: (ask) => ({
      model_name: ask.model,
      ...fileFields("image", ask.files("firstFrame")),
      ...fileFields("image_tail", ask.files("lastFrame")),
      ...legacyShots(ask.prompt, ask.options.shots),
      ...guidance(ask.options),
      ...named(ask),
      ...maskFields(ask),
      ...cameraControl(ask.options),
      ...costFields(withMode(model, operation, ask).options),
      ...(typeof ask.options.ratio === "string" ? { aspect_ratio: ask.options.ratio } : {}),
    }),
  };
}

/** `element_list` and `voice_list`. */
function named({ elements, voices }: Ask): BodyObject {
  return {
    ...(elements.length > 0 ? { element_list: elements.map((id) => ({ element_id: new Digits(id) })) } : {}),
    ...(voices.length > 0 ? { voice_list: voices.map((id) => ({ voice_id: id })) } : {}),
  };
}

function newerForm(model: VideoModel, operation: Operation, name: string): NewerForm {
  const withShots = model.shots === true;
  if (operation === "text-to-video") {
    return {
      path: `/text-to-video/${name}`,
      canSay: (ask) => isPlain(ask.options) && ask.voices.length === 0,
      body: (ask) => ({ prompt: ask.prompt, settings: newerSettings(ask.options, withShots) }),
    };
  }
  return {
    path: `/image-to-video/${name}`,
    canSay: (ask) =>
      isPlain(ask.options) &&
      ask.files("firstFrame").length === 1 &&
      ask.files("mask").length === 0 &&
      (ask.voices.length === 0 || model.id === "kling-v2-6"),
    body: (ask) => ({
      contents: [
        ...(ask.prompt === "" ? [] : [{ type: "prompt", text: ask.prompt }]),
        ...ask.files("firstFrame").map((file) => ({ type: "first_frame", url: new FilePart(file) })),
        ...ask.files("lastFrame").map((file) => ({ type: "last_frame", url: new FilePart(file) })),
        ...newerNames(ask),
      ],
      settings: newerSettings(withMode(model, operation, ask).options, withShots),
    }),
  };
}

/** Elements and voices as contents; the prompt names them by `id` (contract §7). */
export function newerNames({ elements, voices }: Ask): BodyObject[] {
  return [
    ...elements.map((id, index) => ({ type: "element", element_id: id, id: `element_${index + 1}` })),
    ...voices.map((id, index) => ({ type: "voice", voice_id: id, id: `voice_${index + 1}` })),
  ];
}
