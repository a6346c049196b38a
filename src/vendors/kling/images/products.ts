import type { InputSlot, ModelOperation, Problem } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import { pictures } from "../inputs.ts";
import { listed } from "../names.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import { type Check, countOf, type Product, problem } from "../product.ts";
import { promptProblems } from "../shots.ts";
import { type BodyObject, Digits, FilePart, fileFields } from "../wire/body.ts";

/** Longest a picture may take, queue included (contract §2). */
export const imageDeadlineMs = 30 * 60_000;

/** Pictures and elements together (contract §5). */
const maxReferences = 10;

const shared = { unit: "imageUnits", model: { id: "", name: "" } } as const;

function profileOf(
  parts: Pick<ModelOperation, "options" | "inputs" | "prompt" | "estimate"> & { check?: Check },
): ModelOperation {
  const { check, ...rest } = parts;
  return {
    ...rest,
    deadlineMs: imageDeadlineMs,
    check: (request) => [...promptProblems(request), ...(check?.(request) ?? [])],
  };
}

const countOption = ({ count }: OptionValues) => Number(count ?? 1);
const referenceSlot = (min: number, max: number): InputSlot => pictures("reference", min, max);

/** Pictures from text and from one picture (contract §5, generations). */
const generation: readonly Product[] = [
  {
    id: "kling-v3",
    name: "Kling 3.0",
    each: { text: 8, image: 8 },
    elements: maxReferences,
    faithful: false,
  },
  { id: "kling-v2-1", name: "Kling 2.1", each: { text: 4, image: 8 }, elements: 0, faithful: true },
].flatMap(({ id, name, each, elements, faithful }) =>
  (["text-to-image", "image-to-image"] as const).map((operation): Product => {
    const isFromImage = operation === "image-to-image";
    return {
      ...shared,
      model: { id, name },
      operation,
      ...(elements > 0 ? { mentions: true, elements: isFromImage ? elements - 1 : elements } : {}),
      profile: profileOf({
        options: option.schemaOf({
          ratio: option.ratio(option.imageRatios),
          resolution: option.imageResolution(["1k", "2k"]),
          count: option.imageCount(),
          negativePrompt: !isFromImage && option.negativePrompt(),
          ...(isFromImage && faithful ? fidelity() : {}),
          elements: elements > 0 && option.elements(),
          ...option.watermark(),
        }),
        inputs: isFromImage ? [referenceSlot(1, 1)] : [],
        prompt: "required",
        check: referenceCheck,
        estimate: ({ options }) => perImage(isFromImage ? each.image : each.text, countOption(options)),
      }),
      legacy: {
        path: "/v1/images/generations",
        body: (ask) => ({
          model_name: ask.model,
          prompt: ask.prompt,
          ...(ask.options.negativePrompt ? { negative_prompt: String(ask.options.negativePrompt) } : {}),
          ...fileFields("image", ask.files("reference")),
          ...fidelityFields(ask.options),
          ...elementList(ask.elements),
          ...sizeFields(ask.options),
          n: countOption(ask.options),
        }),
      },
    };
  }),
);

function fidelity() {
  return {
    imageReference: option.choice("klingImageReference", ["none", "subject", "face"], "none"),
    imageFidelity: option.fraction("klingImageFidelity", 0.5),
    humanFidelity: option.fraction("klingHumanFidelity", 0.45),
  };
}

function fidelityFields({ imageReference, imageFidelity, humanFidelity }: OptionValues): BodyObject {
  return {
    ...(imageReference !== undefined && imageReference !== "none" ? { image_reference: imageReference } : {}),
    ...(imageFidelity === undefined ? {} : { image_fidelity: imageFidelity }),
    ...(humanFidelity === undefined ? {} : { human_fidelity: humanFidelity }),
  };
}

/** Pictures from text, pictures and elements together, single or as a series that belongs together (contract §5, omni-image). */
const omni: readonly Product[] = [
  { id: "kling-v3-omni", name: "Kling 3.0 Omni", resolutions: ["1k", "2k", "4k"], series: true },
  { id: "kling-image-o1", name: "Kling Image O1", resolutions: ["1k", "2k"], series: false },
].flatMap(({ id, name, resolutions, series }) =>
  (["text-to-image", "image-to-image", "images-to-image"] as const).map((operation): Product => {
    const [min, max] = { "text-to-image": [0, 0], "image-to-image": [1, 1], "images-to-image": [2, 10] }[
      operation
    ];
    return {
      ...shared,
      model: { id, name },
      operation,
      mentions: true,
      elements: maxReferences - (min ?? 0),
      profile: profileOf({
        options: option.schemaOf({
          ratio: option.ratio(["auto", ...option.imageRatios]),
          resolution: option.imageResolution(resolutions),
          count: option.imageCount(),
          series: series && option.choice("klingSeries", seriesChoices, "off"),
          elements: option.elements(),
          ...option.watermark(),
        }),
        inputs: max ? [referenceSlot(min ?? 0, max)] : [],
        prompt: "required",
        check: (request) => [
          ...referenceCheck(request),
          ...((request.options.series ?? "off") !== "off" && countOption(request.options) > 1
            ? [problem("seriesOrCount", "count")]
            : []),
        ],
        estimate: ({ options }) => {
          const each = options.resolution === "4k" ? 16 : 8;
          if (options.series !== "auto") return perImage(each, seriesLength(options));
          const [least, most] = [perImage(each, 2), perImage(each, 9)];
          return least.kind === "units" && most.kind === "units" ? { ...most, low: least.low } : most;
        },
      }),
      legacy: {
        path: "/v1/images/omni-image",
        body: (ask) => ({
          model_name: ask.model,
          prompt: ask.prompt,
          ...(ask.files("reference").length > 0
            ? { image_list: ask.files("reference").map((file) => ({ image: new FilePart(file) })) }
            : {}),
          ...elementList(ask.elements),
          ...sizeFields(ask.options),
          ...seriesFields(ask.options),
        }),
      },
    };
  }),
);

const seriesChoices = ["off", "auto", "2", "3", "4", "5", "6", "7", "8", "9"];

function seriesLength(options: OptionValues): number {
  return Number(options.series) || countOption(options);
}

/** `n` counts for single pictures, `series_amount` for a series. */
function seriesFields(options: OptionValues): BodyObject {
  const { series } = options;
  if (series === undefined) return { n: countOption(options) };
  if (series === "off") return { result_type: "single", n: countOption(options) };
  return { result_type: "series", series_amount: series === "auto" ? "auto" : Number(series) };
}

const roleChoices = ["subjects", "scene", "style", "sceneAndStyle"] as const;

/** Up to four subjects in one picture; the last of the pictures can be its scene or its style (contract §5). */
const multiImage: Product = {
  ...shared,
  model: { id: "kling-v2-1", name: "Kling 2.1" },
  operation: "images-to-image",
  profile: profileOf({
    options: option.schemaOf({
      ratio: option.ratio(option.imageRatios),
      count: option.imageCount(),
      lastPictures: option.choice("klingLastPictures", roleChoices, "subjects", { level: "basic" }),
      ...option.watermark(),
    }),
    inputs: [referenceSlot(2, 6)],
    prompt: "optional",
    check: (request) => {
      const actual = countOf(request, "reference") - apart(request.options);
      if (actual > 4) return [problem("tooManySubjects", "reference", { limit: 4, actual })];
      return actual < 1 ? [problem("noSubject", "lastPictures")] : [];
    },
    estimate: ({ options }) => perImage(16, countOption(options)),
  }),
  legacy: {
    path: "/v1/images/multi-image2image",
    body: (ask) => {
      const files = ask.files("reference");
      const subjects = files.slice(0, files.length - apart(ask.options));
      const rest = files.slice(subjects.length);
      const scene = ask.options.lastPictures === "style" ? [] : rest.slice(0, 1);
      const style = rest.slice(scene.length);
      return {
        model_name: ask.model,
        ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
        subject_image_list: subjects.map((file) => ({ subject_image: new FilePart(file) })),
        ...fileFields("scene_image", scene),
        ...fileFields("style_image", style),
        n: countOption(ask.options),
        ...sizeFields(ask.options),
      };
    },
  },
};

/** How many of the last pictures are no subjects. */
function apart({ lastPictures }: OptionValues): number {
  if (lastPictures === "sceneAndStyle") return 2;
  return lastPictures === "scene" || lastPictures === "style" ? 1 : 0;
}

const sides = ["up", "down", "left", "right"] as const;
const sideOptions = ["expandUp", "expandDown", "expandLeft", "expandRight"] as const;
/** The new area is at most this many times the old one. */
const maxGrowth = 3;

/** More picture around a picture (contract §5, expand). */
const expand: Product = {
  ...shared,
  model: { id: "kling-expand", name: "Kling Expand" },
  operation: "outpaint",
  profile: profileOf({
    options: option.schemaOf({
      ...Object.fromEntries(
        sideOptions.map((key) => [key, option.fraction(key, 0.25, 2, { level: "basic" })]),
      ),
      count: option.imageCount(),
      ...option.watermark(),
    }),
    inputs: [pictures("source", 1, 1)],
    prompt: "optional",
    check: ({ options }) => growthProblems(options),
    estimate: ({ options }) => perImage(8, countOption(options)),
  }),
  legacy: {
    path: "/v1/images/editing/expand",
    body: (ask) => ({
      ...fileFields("image", ask.files("source")),
      ...Object.fromEntries(
        sides.map((side, index) => [
          `${side}_expansion_ratio`,
          Number(ask.options[sideOptions[index] ?? ""] ?? 0),
        ]),
      ),
      ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
      n: countOption(ask.options),
    }),
  },
};

function growthProblems(options: OptionValues): Problem[] {
  const [up = 0, down = 0, left = 0, right = 0] = sideOptions.map((key) => Number(options[key] ?? 0));
  const growth = (1 + up + down) * (1 + left + right);
  if (growth > maxGrowth) {
    const actual = Math.round(growth * 100) / 100;
    return [problem("expandTooFar", "expandRight", { limit: maxGrowth, actual })];
  }
  return growth === 1 ? [problem("expandNothing", "expandRight")] : [];
}

/** A person in other clothes (contract §5); sold in money, of which an account's own price is not known. */
const tryOn: readonly Product[] = [
  { id: "kolors-virtual-try-on-v1-5", name: "Kolors Virtual Try-On 1.5" },
  { id: "kolors-virtual-try-on-v1", name: "Kolors Virtual Try-On 1.0" },
].map((model) => ({
  ...shared,
  model,
  operation: "try-on",
  profile: profileOf({
    options: option.schemaOf({ ...option.watermark() }),
    inputs: [pictures("person", 1, 1), pictures("garment", 1, 1)],
    prompt: "none",
    estimate: () => ({
      kind: "money",
      low: 0.07,
      high: 0.07,
      currency: "USD",
      basis: { unitPrice: 0.07, per: "call", count: 1 },
    }),
  }),
  legacy: {
    path: "/v1/images/kolors-virtual-try-on",
    body: (ask) => ({
      model_name: ask.model,
      ...fileFields("human_image", ask.files("person")),
      ...fileFields("cloth_image", ask.files("garment")),
    }),
  },
}));

function referenceCheck(request: Parameters<Check>[0]): Problem[] {
  const actual = countOf(request, "reference") + listed(request.options.elements).length;
  return actual > maxReferences
    ? [problem("tooManyReferences", "elements", { limit: maxReferences, actual })]
    : [];
}

function elementList(elements: readonly string[]): BodyObject {
  return elements.length > 0 ? { element_list: elements.map((id) => ({ element_id: new Digits(id) })) } : {};
}

function sizeFields({ ratio, resolution }: OptionValues): BodyObject {
  return {
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { aspect_ratio: ratio }),
  };
}

export const imageProducts: readonly Product[] = [...generation, ...omni, multiImage, expand, ...tryOn];
