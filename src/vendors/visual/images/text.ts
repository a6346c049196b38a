import type { BodyObject } from "../../wire/body.ts";
import { named, productOf, promptField, sizeFields } from "../build.ts";
import { picture, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import type { Ask, Product } from "../product.ts";
import { areaSizes, sideSizes, smallSizes } from "./sizes.ts";

const process = { action: "CVProcess" };
const task = { pair: "sync2async" } as const;
/** What most synchronous products can be told of their result. */
const visible = ["return_url", "logo_info"] as const;
const whole = ["return_url", "logo_info", "aigc_meta"] as const;

const sampling = { scale: "scale", steps: "ddim_steps" };
const expansion = { promptExpansion: "use_pre_llm", superResolution: "use_sr" };

const jimeng21 = productOf({
  model: { id: "jimeng-2.1", name: "Jimeng 2.1" },
  operation: "text-to-image",
  key: "jimeng_high_aes_general_v21_L",
  call: process,
  result: whole,
  prompt: "required",
  options: {
    size: option.size(smallSizes, "512x512"),
    superResolution: option.superResolution(),
    promptExpansion: option.promptExpansion(true),
    seed: option.seed(),
  },
  body: (ask) => ({
    ...promptField(ask),
    ...named(ask.options, { ...expansion, seed: "seed" }),
    ...sizeFields(ask.options),
  }),
});

const general2: readonly Product[] = (["2.1", "2.0"] as const).map((version) =>
  productOf({
    model: { id: `general-${version}`, name: `General ${version}` },
    operation: "text-to-image",
    key: `high_aes_general_v${version.replace(".", "")}_L`,
    call: process,
    result: visible,
    prompt: "required",
    options: {
      size: option.size(smallSizes, "512x512"),
      superResolution: option.superResolution(),
      promptExpansion: option.promptExpansion(true),
      seed: option.seed(),
      promptSeed: option.integer("promptSeed", -1, 2 ** 31 - 1, -1),
      scale: option.scale(1, 10, 3.5),
      steps: option.integer("steps", 1, 50, 25),
    },
    body: (ask) => ({
      ...promptField(ask),
      model_version: `general_v${version}_L`,
      req_schedule_conf: "general_v20_9B_pe",
      ...named(ask.options, { ...expansion, seed: "seed", promptSeed: "llm_seed", ...sampling }),
      ...sizeFields(ask.options),
    }),
  }),
);

/** The oldest generation, from words alone or beginning from a picture. */
const general14: readonly Product[] = (["text-to-image", "image-to-image"] as const).map((operation) => {
  const isFromImage = operation === "image-to-image";
  return productOf({
    model: { id: "general-1.4", name: "General 1.4", preview: true },
    operation,
    key: "high_aes_general_v14",
    call: process,
    result: visible,
    prompt: "required",
    inputs: isFromImage ? [picture("reference")] : [],
    options: {
      size: option.size(smallSizes, "512x512"),
      strength: isFromImage && option.number("strength", 0, 1, 0.7, { level: "basic" }),
      rephrase: option.flag("rephrase", true, { cost: true }),
      predictTags: option.flag("predictTags", true, { cost: true }),
      seed: option.seed(),
      scale: option.scale(1, 10, 3),
      steps: option.integer("steps", 1, 50, 25),
    },
    body: (ask) => ({
      ...(isFromImage ? pictureFields(ask.files("reference")) : {}),
      ...promptField(ask),
      model_version: "general_v1.4",
      ...named(ask.options, {
        seed: "seed",
        ...sampling,
        rephrase: "use_rephraser",
        predictTags: "use_predict_tags",
        ...(isFromImage ? { strength: "strength" } : {}),
      }),
      ...sizeFields(ask.options),
    }),
  });
});

const general30 = productOf({
  model: { id: "general-3.0", name: "General 3.0" },
  operation: "text-to-image",
  key: "high_aes_general_v30l_zt2i",
  call: process,
  result: visible,
  prompt: "required",
  options: {
    size: option.size(sideSizes, "1328x1328"),
    promptExpansion: option.promptExpansion(false),
    seed: option.seed(),
    scale: option.scale(1, 10, 2.5),
  },
  body: (ask) => ({ ...fromWords(ask), ...named(ask.options, { scale: "scale" }) }),
});

const jimeng3: readonly Product[] = (["3.1", "3.0"] as const).map((version) =>
  productOf({
    model: { id: `jimeng-${version}`, name: `Jimeng ${version}` },
    operation: "text-to-image",
    key: `jimeng_t2i_v${version.replace(".", "")}`,
    call: task,
    result: whole,
    prompt: "required",
    options: {
      size: option.size(areaSizes, "1328x1328"),
      promptExpansion: option.promptExpansion(true),
      seed: option.seed(),
    },
    body: fromWords,
  }),
);

function fromWords(ask: Ask): BodyObject {
  return {
    ...promptField(ask),
    ...named(ask.options, { promptExpansion: "use_pre_llm", seed: "seed" }),
    ...sizeFields(ask.options),
  };
}

/** Pictures from words (contract §6.1). */
export const textProducts: readonly Product[] = [...jimeng3, jimeng21, general30, ...general2, ...general14];
