import { named, productOf, promptField, sizeFields } from "../build.ts";
import { linkedPicture, linkOf, picture, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import { perCall, perImage } from "../prices.ts";
import type { Product } from "../product.ts";
import { extractSizes } from "./sizes.ts";

const task = { pair: "sync2async" } as const;
const whole = ["return_url", "logo_info", "aigc_meta"] as const;
const process = { action: "CVProcess" };
const basic = { level: "basic" } as const;

const jimengUpscale = productOf({
  model: { id: "jimeng-upscale", name: "Jimeng Upscale" },
  operation: "upscale",
  key: "jimeng_i2i_seed3_tilesr_cvtob",
  call: task,
  result: whole,
  prompt: "none",
  inputs: [picture("source")],
  options: {
    resolution: option.choice("upscaleResolution", ["4k", "8k"], "4k", { ...basic, cost: true }),
    detail: option.integer("detail", 0, 100, 50),
  },
  body: (ask) => ({
    ...pictureFields(ask.files("source")),
    ...named(ask.options, { resolution: "resolution", detail: "scale" }),
  }),
  estimate: () => perCall("upscale"),
});

const lensNnsr = productOf({
  model: { id: "lens-nnsr", name: "Lens NNSR" },
  operation: "upscale",
  key: "lens_vida_nnsr",
  call: { action: "OverResolutionV2" },
  result: ["return_url"],
  prompt: "none",
  inputs: [linkedPicture("source")],
  body: (ask) => ({ image_urls: [linkOf(ask.files("source"))] }),
});

const lensNnsr2 = productOf({
  model: { id: "lens-nnsr2", name: "Lens NNSR2", preview: true },
  operation: "upscale",
  key: "lens_nnsr2_pic_common",
  call: process,
  result: ["return_url"],
  prompt: "none",
  inputs: [linkedPicture("source")],
  body: (ask) => ({ image_urls: [linkOf(ask.files("source"))], model_quality: "MQ" }),
});

const lensLqir = productOf({
  model: { id: "lens-lqir", name: "Lens LQIR", preview: true },
  operation: "upscale",
  key: "lens_lqir",
  call: process,
  result: ["return_url"],
  prompt: "none",
  inputs: [linkedPicture("source")],
  options: { hdr: option.flag("hdr", false), whiteBalance: option.flag("whiteBalance", false) },
  body: (ask) => ({
    image_urls: [linkOf(ask.files("source"))],
    ...named(ask.options, { hdr: "enable_hdr", whiteBalance: "enable_wb" }),
  }),
});

/** What the prompt names, taken out of the picture: a product, or the pattern printed on something. */
const extractions: readonly Product[] = [
  {
    model: { id: "jimeng-extract", name: "Jimeng Extract" },
    key: "jimeng_i2i_extract_tiled_images",
    name: "edit_prompt",
    estimate: () => perImage("picture"),
  },
  {
    model: { id: "material-extraction", name: "Material Extraction" },
    key: "i2i_material_extraction",
    name: "image_edit_prompt",
  },
].map(({ name, ...rest }) =>
  productOf({
    ...rest,
    operation: "cut-out",
    call: task,
    result: whole,
    prompt: "optional",
    inputs: [picture("source")],
    options: { size: option.size(extractSizes, "2048x2048"), seed: option.seed() },
    body: (ask) => ({
      ...pictureFields(ask.files("source")),
      ...promptField(ask, name),
      ...sizeFields(ask.options),
      ...named(ask.options, { seed: "seed" }),
    }),
  }),
);

const dressing = productOf({
  model: { id: "dressing-diffusion-v2", name: "Dressing Diffusion V2" },
  operation: "try-on",
  key: "dressing_diffusionV2",
  call: { pair: "submit" },
  result: ["return_url"],
  prompt: "none",
  inputs: [linkedPicture("person"), linkedPicture("garment")],
  body: (ask) => ({
    model: { url: linkOf(ask.files("person")) },
    garment: { data: [{ type: "full", url: linkOf(ask.files("garment")) }] },
  }),
});

/** Larger pictures, parts of pictures, and clothes tried on (contract §6.1). */
export const otherImageProducts: readonly Product[] = [
  jimengUpscale,
  lensNnsr,
  lensNnsr2,
  lensLqir,
  ...extractions,
  dressing,
];
