import { Digits, FilePart, fileFields } from "../../wire/body.ts";
import { pictures, videoLink } from "../inputs.ts";
import * as option from "../options.ts";
import { perSecond } from "../prices.ts";
import { type Product, problem } from "../product.ts";
import { promptProblems } from "../shots.ts";
import { costFields, guidance, isPlain, resolutionOf, videoDeadlineMs } from "./settings.ts";

const kling16 = { id: "kling-v1-6", name: "Kling 1.6" };
const modes = ["std", "pro"] as const;

/** Several pictures together in one video (contract §4.4). */
const multiImage: Product = {
  model: kling16,
  operation: "references-to-video",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({
      mode: option.mode(modes),
      duration: option.duration({ min: 5, max: 10, step: 5 }),
      ratio: option.ratio(option.videoRatios),
      negativePrompt: option.negativePrompt(),
      ...option.watermark(),
    }),
    inputs: [pictures("reference", 1, 4)],
    prompt: "required",
    deadlineMs: videoDeadlineMs,
    check: (request) => promptProblems(request),
    estimate: () => ({ kind: "unknown" }),
  },
  legacy: {
    path: "/v1/videos/multi-image2video",
    body: (ask) => ({
      model_name: ask.model,
      image_list: ask.files("reference").map((file) => ({ image: new FilePart(file) })),
      prompt: ask.prompt,
      ...guidance(ask.options),
      ...costFields(ask.options),
      aspect_ratio: String(ask.options.ratio),
    }),
  },
};

/** Models whose videos Kling goes on with (contract §4.4). */
const extendable = ["kling-v1", "kling-v1-5", "kling-v1-6"];

/** Four to five seconds more of a video that Kling made with 1.0, 1.5 or 1.6, named by its id (contract §4.4). */
const extend: Product = {
  model: kling16,
  operation: "extend-video",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({
      negativePrompt: option.negativePrompt(),
      cfgScale: option.cfgScale(),
      ...option.watermark(),
    }),
    inputs: [{ ...videoLink({ minSeconds: 0, maxSeconds: 180 }, "only"), idModels: extendable }],
    prompt: "optional",
    deadlineMs: videoDeadlineMs,
    check: (request) => promptProblems(request),
    estimate: () => ({ kind: "unknown" }),
  },
  legacy: {
    path: "/v1/videos/video-extend",
    body: (ask) => ({
      video_id: ask.files("video")[0]?.url?.trim() ?? "",
      ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
      ...guidance(ask.options),
    }),
  },
};

const motionModels = [
  { id: "kling-v3", name: "Kling 3.0", newer: "kling-3.0", elements: 1 },
  { id: "kling-v2-6", name: "Kling 2.6", newer: "kling-2.6", elements: 0 },
];

/** A person in a picture moves as somebody in a video does (contract §4.4; newer: §7). */
const motionControl: readonly Product[] = motionModels.map(({ id, name, newer, elements }) => ({
  model: { id, name },
  operation: "motion-control",
  unit: "videoUnits",
  ...(elements > 0 ? { mentions: true, elements } : {}),
  profile: {
    options: option.schemaOf({
      mode: option.mode(modes),
      orientation: option.orientation(),
      keepSound: option.keepSound(),
      elements: elements > 0 && option.elements(),
      ...option.watermark(),
    }),
    inputs: [
      pictures("person", 1, 1),
      videoLink({ minSeconds: 3, maxSeconds: 30, maxBytes: 100 * 1024 * 1024 }),
    ],
    prompt: "optional",
    deadlineMs: videoDeadlineMs,
    check: (request) => [
      ...promptProblems(request),
      ...((request.options.elements ?? "") !== "" && request.options.orientation !== "video"
        ? [problem("elementNeedsVideo", "elements")]
        : []),
    ],
    estimate: ({ options }) =>
      perSecond(id, "motion", options.mode, 3, options.orientation === "image" ? 10 : 30),
  },
  legacy: {
    path: "/v1/videos/motion-control",
    body: (ask) => ({
      model_name: ask.model,
      ...fileFields("image_url", ask.files("person")),
      ...fileFields("video_url", ask.files("video")),
      ...(ask.elements.length > 0
        ? { element_list: ask.elements.map((element) => ({ element_id: new Digits(element) })) }
        : {}),
      keep_original_sound: ask.options.keepSound === false ? "no" : "yes",
      character_orientation: String(ask.options.orientation),
      mode: String(ask.options.mode),
      ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
    }),
  },
  newer: {
    path: `/motion-control/${newer}`,
    canSay: ({ options }) => isPlain(options),
    body: (ask) => ({
      contents: [
        ...ask.files("person").map((file) => ({ type: "image", url: new FilePart(file) })),
        ...ask.files("video").map((file) => ({ type: "video", url: new FilePart(file) })),
        ...(ask.prompt === "" ? [] : [{ type: "prompt", text: ask.prompt }]),
        ...ask.elements.map((element) => ({ type: "element", element_id: element, id: "element_1" })),
      ],
      settings: {
        character_orientation: String(ask.options.orientation),
        audio: ask.options.keepSound === false ? "off" : "original",
        resolution: resolutionOf(ask.options.mode),
      },
    }),
  },
}));

export const otherVideoProducts: readonly Product[] = [multiImage, extend, ...motionControl];
