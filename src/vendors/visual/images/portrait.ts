import { named, productOf, promptField, sizeFields } from "../build.ts";
import { linkedPicture, linkOf, picture, pictureFields } from "../inputs.ts";
import * as option from "../options.ts";
import type { Product } from "../product.ts";
import { sideSizes } from "./sizes.ts";

const process = { action: "CVProcess" };
const visible = ["return_url", "logo_info"] as const;
const basic = { level: "basic" } as const;

/** A photo of the same face in another setting, with its skin smoothed. The way it is made is left to the vendor unless chosen. */
const portraitPhoto = productOf({
  model: { id: "portrait-photo", name: "Portrait Photo" },
  operation: "portrait",
  key: "i2i_portrait_photo",
  call: process,
  result: visible,
  prompt: "optional",
  inputs: [linkedPicture("person")],
  options: {
    size: option.size(sideSizes, "1328x1328"),
    smoothing: option.number("smoothing", 0, 1, 0.3, basic),
    skinTone: option.number("skinTone", 0, 1, 0),
    faceDetail: option.number("faceDetail", 0, 1, 0.4),
    generation: option.choice("generation", ["auto", "creative", "reference", "reference_char"], "auto"),
    seed: option.seed(),
  },
  body: (ask) => ({
    image_input: linkOf(ask.files("person")),
    ...promptField(ask),
    ...sizeFields(ask.options),
    ...named(ask.options, { faceDetail: "gpen", smoothing: "skin", skinTone: "skin_unifi", seed: "seed" }),
    ...(ask.options.generation === "auto" ? {} : { gen_mode: ask.options.generation }),
  }),
});

const idPhoto = productOf({
  model: { id: "id-photo", name: "ID Photo", preview: true },
  operation: "portrait",
  key: "img2img_photoverse_executive_ID_photo",
  call: { action: "HighAesSmartDrawingV2" },
  result: visible,
  prompt: "none",
  inputs: [picture("person")],
  options: {
    smoothing: option.number("smoothing", 0, 1, 0.3, basic),
    whitening: option.number("whitening", 0, 1, 0.3, basic),
  },
  body: (ask) => ({
    ...pictureFields(ask.files("person")),
    beautify_info: named(ask.options, { whitening: "whitening", smoothing: "dermabrasion" }),
  }),
});

/** The face of one picture in another: the face first, then the picture it goes into. */
const faceSwaps: readonly Product[] = [
  { id: "face-swap-3.6", name: "Face Swap 3.6", key: "face_swap3_6" },
  { id: "face-swap-ai", name: "Face Swap AI", key: "faceswap_ai" },
].map(({ id, name, key }) =>
  productOf({
    model: { id, name, preview: true },
    operation: "portrait",
    key,
    call: process,
    result: ["return_url"],
    prompt: "none",
    inputs: [linkedPicture("person"), linkedPicture("source")],
    body: (ask) => ({ image_urls: [linkOf(ask.files("person")), linkOf(ask.files("source"))] }),
  }),
);

/** Pictures of people (contract §6.1). */
export const portraitProducts: readonly Product[] = [portraitPhoto, idPhoto, ...faceSwaps];
