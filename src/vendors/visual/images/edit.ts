import type { BodyObject } from "../../wire/body.ts";
import { named, productOf, promptField, sizeFields } from "../build.ts";
import { linkedPicture, linkOf, picture, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import type { Ask, Product } from "../product.ts";
import { editSizes, sideSizes } from "./sizes.ts";

const process = { action: "CVProcess" };
const task = { pair: "sync2async" } as const;
const visible = ["return_url", "logo_info"] as const;
const whole = ["return_url", "logo_info", "aigc_meta"] as const;
const guided = { seed: "seed", scale: "scale" };

function changed(ask: Ask, names: Readonly<Record<string, string>>): BodyObject {
  return { ...pictureFields(ask.files("reference")), ...promptField(ask), ...named(ask.options, names) };
}

const jimeng30 = productOf({
  model: { id: "jimeng-3.0", name: "Jimeng 3.0" },
  operation: "image-to-image",
  key: "jimeng_i2i_v30",
  call: task,
  result: whole,
  prompt: "required",
  inputs: [picture("reference")],
  options: {
    size: option.size(editSizes, "1328x1328"),
    scale: option.scale(0, 1, 0.5),
    seed: option.seed(),
  },
  body: (ask) => ({ ...changed(ask, guided), ...sizeFields(ask.options) }),
});

const seedEdit = productOf({
  model: { id: "seededit-3.0", name: "SeedEdit 3.0" },
  operation: "image-to-image",
  key: "seededit_v3.0",
  call: process,
  result: visible,
  prompt: "required",
  inputs: [picture("reference")],
  options: { scale: option.scale(0, 1, 0.5), seed: option.seed() },
  body: (ask) => changed(ask, guided),
});

const byteEdit = productOf({
  model: { id: "byteedit-2.0", name: "ByteEdit 2.0" },
  operation: "image-to-image",
  key: "byteedit_v2.0",
  call: process,
  result: visible,
  prompt: "required",
  inputs: [picture("reference")],
  options: { negativePrompt: option.negativePrompt(), scale: option.scale(0, 1, 0.5), seed: option.seed() },
  body: (ask) => ({
    ...changed(ask, guided),
    ...(ask.options.negativePrompt ? { negative_prompt: ask.options.negativePrompt } : {}),
  }),
});

/** The same person or thing in another picture. */
const dreamO = productOf({
  model: { id: "dreamo", name: "DreamO" },
  operation: "image-to-image",
  key: "seed3l_single_ip",
  call: task,
  result: whole,
  prompt: "required",
  inputs: [picture("reference")],
  options: { size: option.size(sideSizes, "1328x1328"), seed: option.seed() },
  body: (ask) => ({ ...changed(ask, { seed: "seed" }), ...sizeFields(ask.options) }),
});

const templates = [
  "felt_3d_polaroid",
  "my_world",
  "plastic_bubble_figure",
  "furry_dream_doll",
  "micro_landscape_mini_world",
  "acrylic_ornaments",
  "angel_figurine",
  "glass_ball",
  "claw_machine_style",
  "graduation_photo",
] as const;

const multiStyle = productOf({
  model: { id: "multi-style", name: "Multi-Style" },
  operation: "style",
  key: "i2i_multi_style_zx2x",
  call: task,
  result: whole,
  prompt: "none",
  inputs: [linkedPicture("source")],
  options: {
    styleTemplate: option.choice("styleTemplate", templates, templates[0], { level: "basic" }),
    size: option.size(sideSizes, "1328x1328"),
  },
  body: (ask) => ({
    image_input1: linkOf(ask.files("source")),
    ...named(ask.options, { styleTemplate: "template_id" }),
    ...sizeFields(ask.options),
  }),
});

const comicMonet = productOf({
  model: { id: "comic-monet", name: "Comic Monet", preview: true },
  operation: "style",
  key: "img2img_comic_style_monet",
  call: process,
  result: visible,
  prompt: "none",
  inputs: [picture("source")],
  body: (ask) => pictureFields(ask.files("source")),
});

/** Pictures changed by words or into a style (contract §6.1). */
export const editProducts: readonly Product[] = [
  jimeng30,
  seedEdit,
  byteEdit,
  dreamO,
  multiStyle,
  comicMonet,
];
