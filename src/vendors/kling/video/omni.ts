import type { CheckedRequest, InputSlot, ModelOperation, Problem } from "../../../model/catalog.ts";
import type { OptionsSchema } from "../../../model/options.ts";
import { type BodyObject, Digits, FilePart } from "../../wire/body.ts";
import { pictures, videoLink } from "../inputs.ts";
import { hasNames, listed } from "../names.ts";
import * as option from "../options.ts";
import { perSecond } from "../prices.ts";
import { type Ask, type Check, countOf, type NewerForm, type Product, problem } from "../product.ts";
import { legacyShots, promptProblems, shotProblems } from "../shots.ts";
import { newerNames } from "./frames.ts";
import { costFields, estimateVideo, newerSettings, videoDeadlineMs } from "./settings.ts";

/** What tells the two models apart (contract §4.3). */
interface OmniModel {
  id: string;
  name: string;
  newer: string;
  modes: readonly option.Mode[];
  maxSeconds: number;
  maxVideoSeconds: number;
  shots: boolean;
  sound: boolean;
}

const omniModels: readonly OmniModel[] = [
  {
    id: "kling-v3-omni",
    name: "Kling 3.0 Omni",
    newer: "kling-3.0-omni",
    modes: ["std", "pro", "4k"],
    maxSeconds: 15,
    maxVideoSeconds: 15.5,
    shots: true,
    sound: true,
  },
  {
    id: "kling-video-o1",
    name: "Kling Video O1",
    newer: "kling-o1",
    modes: ["std", "pro"],
    maxSeconds: 10,
    maxVideoSeconds: 10,
    shots: false,
    sound: false,
  },
];

const operations = [
  "text-to-video",
  "image-to-video",
  "frames-to-video",
  "references-to-video",
  "edit-video",
] as const;
type Operation = (typeof operations)[number];

/** Pictures and elements together: without a video, and with one. */
const maxReferences = 7;
const maxWithVideo = 4;
const maxWithFrames = 3;
const minVideoSeconds = 3;

/** Video from everything at once: frames, pictures, elements, a video to change or to follow (contract §4.3; newer: §7). */
export const omniProducts: readonly Product[] = omniModels.flatMap((model) =>
  operations.map((operation) => product(model, operation)),
);

function product(model: OmniModel, operation: Operation): Product {
  const withFrames = operation === "image-to-video" || operation === "frames-to-video";
  const excluded = operation === "frames-to-video" && !model.shots;
  return {
    model: { id: model.id, name: model.name },
    operation,
    profile: profile(model, operation),
    unit: "videoUnits",
    legacy: { path: "/v1/videos/omni-video", body: (ask) => legacyBody(operation, ask) },
    newer: newerForm(model, operation),
    mentions: true,
    elements: excluded ? 0 : withFrames ? maxWithFrames : maxReferences,
  };
}

function profile(model: OmniModel, operation: Operation): ModelOperation {
  return {
    options: optionsOf(model, operation),
    inputs: slotsOf(model, operation),
    prompt: "required",
    deadlineMs: videoDeadlineMs,
    check: checkOf(operation),
    estimate: (input) => {
      const { mode, duration } = input.options;
      // An edit is as long as its video, which is a link that nothing is known of.
      if (operation === "edit-video") {
        return perSecond(model.id, "video", mode, minVideoSeconds, Math.ceil(model.maxVideoSeconds));
      }
      const follows = input.inputs?.some(({ role }) => role === "video") ?? false;
      return follows ? perSecond(model.id, "video", mode, Number(duration)) : estimateVideo(model.id, input);
    },
  };
}

function optionsOf(model: OmniModel, operation: Operation): OptionsSchema {
  const isEdit = operation === "edit-video";
  const hasFrame = operation === "image-to-video" || operation === "frames-to-video";
  const isBound = !model.shots && (operation === "text-to-video" || operation === "image-to-video");
  const length = isBound ? { min: 5, max: 10, step: 5 } : { min: 3, max: model.maxSeconds, step: 1 };
  return option.schemaOf({
    mode: option.mode(model.modes, "pro"),
    duration: !isEdit && option.duration(length),
    ratio: !isEdit && !hasFrame && option.ratio(option.videoRatios),
    sound: model.sound && !isEdit && option.sound(),
    keepSound: (isEdit || operation === "references-to-video") && option.keepSound(),
    shots: model.shots && !isEdit && option.shots(),
    elements: !(operation === "frames-to-video" && !model.shots) && option.elements(),
    ...option.watermark(),
  });
}

function slotsOf(model: OmniModel, operation: Operation): InputSlot[] {
  const video = { minSeconds: minVideoSeconds, maxSeconds: model.maxVideoSeconds };
  switch (operation) {
    case "text-to-video":
      return [];
    case "image-to-video":
      return [pictures("firstFrame", 1, 1)];
    case "frames-to-video":
      return [pictures("firstFrame", 1, 1), pictures("lastFrame", 1, 1)];
    case "references-to-video":
      return [pictures("reference", 0, maxReferences), videoLink({ ...video, min: 0 })];
    case "edit-video":
      return [videoLink(video), pictures("reference", 0, maxWithVideo)];
  }
}

function checkOf(operation: Operation): Check {
  return (request) => [
    ...promptProblems(request),
    ...shotProblems(request),
    ...countProblems(operation, request),
    ...videoProblems(request),
  ];
}

function countProblems(operation: Operation, request: CheckedRequest): Problem[] {
  const named = listed(request.options.elements).length;
  const references = countOf(request, "reference");
  const frames = countOf(request, "firstFrame") + countOf(request, "lastFrame");
  const videos = countOf(request, "video");
  const hasFrames = operation === "image-to-video" || operation === "frames-to-video";
  if (hasFrames && named > maxWithFrames) {
    return [problem("tooManyElements", "elements", { limit: maxWithFrames, actual: named })];
  }
  if (operation === "references-to-video" && references + videos + named === 0 && !hasNames(request.prompt)) {
    return [problem("referencesNeeded", "reference")];
  }
  const limit = videos > 0 ? maxWithVideo : maxReferences;
  const actual = named + references + frames;
  return actual > limit ? [problem("tooManyReferences", "elements", { limit, actual })] : [];
}

/** With a video, sound stays off and shots are the model's (contract §4.3). */
function videoProblems(request: CheckedRequest): Problem[] {
  if (countOf(request, "video") === 0) return [];
  const { sound, shots } = request.options;
  return [
    ...(sound === true ? [problem("soundWithVideo", "sound")] : []),
    ...(shots === "written" ? [problem("shotsWithVideo", "shots")] : []),
  ];
}

function legacyBody(operation: Operation, ask: Ask): BodyObject {
  const { options, elements } = ask;
  const [video] = ask.files("video");
  const base = operation === "edit-video";
  const images = [
    ...ask.files("firstFrame").map((file) => ({ image_url: new FilePart(file), type: "first_frame" })),
    ...ask.files("lastFrame").map((file) => ({ image_url: new FilePart(file), type: "end_frame" })),
    ...ask.files("reference").map((file) => ({ image_url: new FilePart(file) })),
  ];
  return {
    model_name: ask.model,
    ...legacyShots(ask.prompt, options.shots),
    ...(images.length > 0 ? { image_list: images } : {}),
    ...(elements.length > 0 ? { element_list: elements.map((id) => ({ element_id: new Digits(id) })) } : {}),
    ...(video
      ? {
          video_list: [
            {
              video_url: new FilePart(video),
              refer_type: base ? "base" : "feature",
              keep_original_sound: options.keepSound === false ? "no" : "yes",
            },
          ],
        }
      : {}),
    ...costFields(options),
    ...(typeof options.ratio === "string" ? { aspect_ratio: options.ratio } : {}),
  };
}

function newerForm(model: OmniModel, operation: Operation): NewerForm {
  const base = operation === "edit-video";
  return {
    path: `/omni-video/${model.newer}`,
    // A video to follow needs several shots there, and no sound.
    canSay: ({ options, files }) => base || files("video").length === 0 || options.shots === "auto",
    body: (ask) => ({
      contents: [
        { type: "prompt", text: ask.prompt },
        ...ask.files("firstFrame").map((file) => ({ type: "first_frame", url: new FilePart(file) })),
        ...ask.files("lastFrame").map((file) => ({ type: "last_frame", url: new FilePart(file) })),
        ...ask.files("reference").map((file, index) => ({
          type: "refer_image",
          url: new FilePart(file),
          id: `image_${index + 1}`,
        })),
        ...ask.files("video").map((file) => ({
          type: base ? "base_video" : "feature_video",
          url: new FilePart(file),
          id: "video_1",
        })),
        ...newerNames(ask),
      ],
      settings: {
        ...newerSettings(ask.options, model.shots),
        ...(base ? { audio: ask.options.keepSound === false ? "off" : "original" } : {}),
      },
    }),
  };
}
