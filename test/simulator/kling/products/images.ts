import { invalid, unsupported } from "../errors.ts";
import {
  type Body,
  choice,
  integer,
  isGiven,
  number,
  objects,
  requiredNumber,
  requiredText,
  text,
} from "../fields.ts";
import { listedElements } from "../library.ts";
import { namedModel } from "../models.ts";
import type { Output, Plan, Product } from "../plan.ts";
import { imageUnits } from "../prices.ts";
import { checkMentions } from "../shots.ts";
import { imageSizeOf } from "../size.ts";

const RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"] as const;
const MOST_SOURCES = 10;

function pictures(count: number, size: Extract<Output, { kind: "image" }>["size"], series = false): Output[] {
  return Array.from({ length: count }, () => ({ kind: "image", size, ...(series && { series }) }));
}

function readCount(body: Body): number {
  return integer(body, "n", 1, 9) ?? 1;
}

const GENERATION_MODELS = [
  "kling-v1",
  "kling-v1-5",
  "kling-v2",
  "kling-v2-new",
  "kling-v2-1",
  "kling-v3",
] as const;
/** Names outside the enum of the image page (contract kling §5). */
const OLD_MODELS: readonly string[] = ["kling-v1", "kling-v1-5", "kling-v2", "kling-v2-new"];
const OLD_GONE_SINCE = Date.UTC(2026, 8, 1);

/** `POST /v1/images/generations` (contract kling §5). */
export const GENERATE_IMAGE: Product = {
  path: "/v1/images/generations",
  pack: "image",
  check: (body, { inputs, library, now }) => {
    const model = namedModel(body, GENERATION_MODELS, "kling-v3");
    if (OLD_MODELS.includes(model) && now() >= OLD_GONE_SINCE)
      throw invalid(`model_name value '${model}' is invalid`);
    requiredText(body, "prompt", 2500);
    const image = inputs.image(body, "image");
    if (text(body, "negative_prompt", 2500) !== undefined && image !== undefined)
      throw invalid("negative_prompt cannot be used together with image");
    const faithful = model === "kling-v1-5" || model === "kling-v2-1";
    for (const field of ["image_reference", "image_fidelity", "human_fidelity"])
      if (isGiven(body, field) && !faithful) throw unsupported(model, field);
    if (isGiven(body, "image_reference")) {
      choice(body, "image_reference", ["subject", "face"]);
      if (image === undefined) throw invalid("image is required with image_reference");
    }
    number(body, "image_fidelity", 0, 1);
    number(body, "human_fidelity", 0, 1);
    const elements = listedElements(body, library, MOST_SOURCES);
    if (elements.length > 0 && model !== "kling-v3") throw unsupported(model, "element_list");
    if (elements.length + (image ? 1 : 0) > MOST_SOURCES)
      throw invalid(`the total number of image and elements cannot exceed ${MOST_SOURCES}`);
    const resolution = choice(body, "resolution", ["1k", "2k"], "1k");
    const count = readCount(body);
    const each = model === "kling-v3" ? 8 : image === undefined ? 4 : 8;
    return {
      model,
      operation: image === undefined ? "text-to-image" : "image-to-image",
      price: imageUnits(each, count),
      slots: count,
      outputs: pictures(count, imageSizeOf(choice(body, "aspect_ratio", RATIOS, "16:9"), resolution)),
      inputs: [image],
    };
  },
};

/** How many pictures a series of `auto` brings. */
const AUTO_SERIES = 3;

/** `POST /v1/images/omni-image` (contract kling §5). */
export const OMNI_IMAGE: Product = {
  path: "/v1/images/omni-image",
  pack: "image",
  check: (body, { inputs, library }) => {
    const model = namedModel(body, ["kling-image-o1", "kling-v3-omni"], "kling-image-o1");
    const omni = model === "kling-v3-omni";
    const prompt = requiredText(body, "prompt", 2500);
    const images = objects(body, "image_list", MOST_SOURCES).map((item) =>
      inputs.requiredImage(item, "image"),
    );
    const elements = listedElements(body, library, MOST_SOURCES);
    if (images.length + elements.length > MOST_SOURCES)
      throw invalid(`the total number of images and elements cannot exceed ${MOST_SOURCES}`);
    checkMentions(prompt, { image: images.length, element: elements.length });
    const resolution = choice(body, "resolution", omni ? ["1k", "2k", "4k"] : ["1k", "2k"], "1k");
    const series = choice(body, "result_type", ["single", "series"], "single") === "series";
    if (series && !omni) throw unsupported(model, "result_type series");
    const amount = body.series_amount === "auto" ? AUTO_SERIES : (integer(body, "series_amount", 2, 9) ?? 4);
    const count = series ? amount : readCount(body);
    const ratio = choice(body, "aspect_ratio", [...RATIOS, "auto"], "auto");
    const [first] = images;
    const shape = ratio === "auto" ? (first ? `${first.facts.width}:${first.facts.height}` : "1:1") : ratio;
    return {
      model,
      operation:
        images.length + elements.length === 0
          ? "text-to-image"
          : images.length + elements.length === 1
            ? "image-to-image"
            : "images-to-image",
      price: imageUnits(omni && resolution === "4k" ? 16 : 8, count),
      slots: count,
      outputs: pictures(count, imageSizeOf(shape, resolution), series),
      inputs: images,
    };
  },
};

/** `POST /v1/images/multi-image2image` (contract kling §5). */
export const MULTI_IMAGE: Product = {
  path: "/v1/images/multi-image2image",
  pack: "image",
  check: (body, { inputs }) => {
    const model = namedModel(body, ["kling-v2", "kling-v2-1"], "kling-v2-1");
    const subjects = objects(body, "subject_image_list", 4, 1).map((item) =>
      inputs.requiredImage(item, "subject_image"),
    );
    text(body, "prompt", 2500);
    const count = readCount(body);
    return {
      model,
      operation: "images-to-image",
      price: imageUnits(16, count),
      slots: count,
      outputs: pictures(count, imageSizeOf(choice(body, "aspect_ratio", RATIOS, "16:9"), "1k")),
      inputs: [...subjects, inputs.image(body, "scene_image"), inputs.image(body, "style_image")],
    };
  },
};

/** `POST /v1/images/editing/expand` (contract kling §5): the whole is at most three times the old area. */
export const EXPAND_IMAGE: Product = {
  path: "/v1/images/editing/expand",
  pack: "image",
  check: (body, { inputs }) => {
    const image = inputs.requiredImage(body, "image");
    const side = (name: string) => requiredNumber(body, `${name}_expansion_ratio`, 0, 2);
    const tall = 1 + side("up") + side("down");
    const wide = 1 + side("left") + side("right");
    if (tall * wide > 3) throw invalid("the expanded area cannot exceed 3 times of the original image");
    if (tall * wide === 1) throw invalid("at least one expansion ratio must be greater than 0");
    text(body, "prompt", 2500);
    const count = readCount(body);
    const { width, height } = image.facts;
    const size = { width: Math.round(width * wide), height: Math.round(height * tall) };
    return {
      model: "expand",
      operation: "outpaint",
      price: imageUnits(8, count),
      slots: count,
      outputs: pictures(count, size),
      inputs: [image],
    };
  },
};

/** `POST /v1/images/kolors-virtual-try-on` (contract kling §5), paid in money. */
export const TRY_ON: Product = {
  path: "/v1/images/kolors-virtual-try-on",
  pack: "image",
  check: (body, { inputs }): Plan => {
    const names = ["kolors-virtual-try-on-v1", "kolors-virtual-try-on-v1-5"] as const;
    const model = namedModel(body, names, names[0]);
    const human = inputs.requiredImage(body, "human_image");
    const cloth = inputs.requiredImage(body, "cloth_image");
    const { width, height } = human.facts;
    return {
      model,
      operation: "try-on",
      price: { amount: 0.07, unit: "USD" },
      slots: 1,
      outputs: pictures(1, { width, height }),
      inputs: [human, cloth],
    };
  },
};

/** `POST /v1/general/ai-multi-shot` (contract kling §5): three views of one thing. */
export const MULTI_SHOT: Product = {
  path: "/v1/general/ai-multi-shot",
  pack: "image",
  check: (body, { inputs }) => ({
    model: "ai-multi-shot",
    operation: "images-to-image",
    price: imageUnits(20, 1),
    slots: 1,
    inputs: [inputs.requiredImage(body, "element_frontal_image")],
    outputs: [{ kind: "shots", size: imageSizeOf("1:1", "1k") }],
  }),
};
