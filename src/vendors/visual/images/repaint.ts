import { named, productOf, promptField } from "../build.ts";
import { picture, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import { perCall } from "../prices.ts";
import type { Ask, Product } from "../product.ts";

const task = { pair: "sync2async" } as const;
const visible = ["return_url", "logo_info"] as const;
const whole = ["return_url", "logo_info", "aigc_meta"] as const;
const sideNames = { expandUp: "top", expandDown: "bottom", expandLeft: "left", expandRight: "right" };
/** Longest prompt of the newer inpainting, in characters (contract §6.3). */
const maxInpaintPrompt = 120;

/** The picture, then the mask: what is white in it is painted anew (contract §6.1). */
const masked = [picture("source"), picture("mask")];
const withMask = (ask: Ask) => pictureFields([...ask.files("source"), ...ask.files("mask")]);

const jimengInpaint = productOf({
  model: { id: "jimeng-inpaint", name: "Jimeng Inpaint" },
  operation: "inpaint",
  key: "jimeng_image2image_dream_inpaint",
  call: task,
  result: whole,
  prompt: "required",
  maxPrompt: maxInpaintPrompt,
  inputs: masked,
  options: { seed: option.seed(101) },
  body: (ask) => ({ ...withMask(ask), ...promptField(ask), ...named(ask.options, { seed: "seed" }) }),
  estimate: () => perCall("inpaint"),
});

const erase = productOf({
  model: { id: "inpainting", name: "Inpainting" },
  operation: "inpaint",
  key: "i2i_inpainting",
  call: { action: "Img2ImgInpainting" },
  result: visible,
  prompt: "none",
  inputs: masked,
  options: {
    strength: option.number("strength", 0, 1, 0.8),
    scale: option.scale(1, 20, 7),
    steps: option.integer("steps", 1, 50, 30),
    seed: option.seed(0),
  },
  body: (ask) => ({
    ...withMask(ask),
    ...named(ask.options, { steps: "steps", strength: "strength", scale: "scale", seed: "seed" }),
  }),
});

const inpaintingEdit = productOf({
  model: { id: "inpainting-edit", name: "Inpainting Edit" },
  operation: "inpaint",
  key: "i2i_inpainting_edit",
  call: { action: "Img2ImgInpaintingEdit" },
  result: visible,
  prompt: "required",
  inputs: masked,
  options: {
    scale: option.scale(1, 20, 5),
    steps: option.integer("steps", 1, 50, 25),
    seed: option.seed(),
  },
  body: (ask) => ({
    ...withMask(ask),
    ...promptField(ask, "custom_prompt"),
    ...named(ask.options, { steps: "steps", scale: "scale", seed: "seed" }),
  }),
});

const outpainting = productOf({
  model: { id: "outpainting", name: "Outpainting" },
  operation: "outpaint",
  key: "i2i_outpainting",
  call: { action: "Img2ImgOutpainting" },
  result: visible,
  prompt: "optional",
  inputs: [picture("source")],
  options: {
    ...option.sides(),
    maxWidth: option.integer("maxWidth", 256, 1920, 1920, { unit: "px" }),
    maxHeight: option.integer("maxHeight", 256, 1920, 1920, { unit: "px" }),
    strength: option.number("strength", 0, 1, 0.8),
    scale: option.scale(1, 20, 7),
    steps: option.integer("steps", 1, 50, 30),
    seed: option.seed(0),
  },
  body: (ask) => ({
    ...pictureFields(ask.files("source")),
    ...promptField(ask, "custom_prompt"),
    ...named(ask.options, {
      ...sideNames,
      steps: "steps",
      strength: "strength",
      scale: "scale",
      seed: "seed",
      maxWidth: "max_width",
      maxHeight: "max_height",
    }),
  }),
});

const jimengOutpaint = productOf({
  model: { id: "jimeng-outpaint", name: "Jimeng Outpaint", preview: true },
  operation: "outpaint",
  key: "jimeng_img2img_seed3_painting_edit",
  call: task,
  result: whole,
  prompt: "optional",
  inputs: [picture("source")],
  options: { ...option.sides(), seed: option.seed() },
  body: (ask) => ({
    ...pictureFields(ask.files("source")),
    ...promptField(ask),
    ...named(ask.options, { ...sideNames, seed: "seed" }),
  }),
});

/** Parts of pictures painted anew, and pictures painted on beyond their edges (contract §6.1). */
export const repaintProducts: readonly Product[] = [
  jimengInpaint,
  inpaintingEdit,
  erase,
  outpainting,
  jimengOutpaint,
];
