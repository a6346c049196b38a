import { invalid } from "../codes.ts";
import { isGiven, isOn, numberOf } from "../fields.ts";
import type { Product } from "../product.ts";
import { clamp, editSize, likeFirst, mapSides, square } from "../sizes.ts";
import {
  FLAG,
  FREE_PROMPT,
  LIMITS,
  links,
  needed,
  oneJpeg,
  PROMPT,
  pictures,
  SEED,
  single,
  UNIT,
} from "./shared.ts";

const USUAL = square(1328);
const MOST_IMAGES = 15;

const JIMENG_40: Omit<Product, "key"> = {
  ways: ["sync2async"],
  operation: "text-to-image",
  fields: {
    ...PROMPT,
    size: { is: "integer", least: 1024 ** 2, most: 4096 ** 2 },
    scale: UNIT,
    force_single: FLAG,
    min_ratio: { is: "number", least: 1 / 16, most: 16 },
    max_ratio: { is: "number", least: 1 / 16, most: 16 },
  },
  pictures: links(0, 10, LIMITS.jimeng4),
  size: { least: 1, most: 8192, area: [1024 ** 2, 4096 ** 2], ratio: 16 },
  callbacks: true,
  check: ({ body }) => {
    if (numberOf(body, "min_ratio", 1 / 3) > numberOf(body, "max_ratio", 3))
      throw invalid("min_ratio must not be greater than max_ratio");
  },
  output: (asked) => {
    const { body, pictures: inputs, size, group = 1 } = asked;
    const made = size ?? likeFirst(asked, numberOf(body, "size", 2048 ** 2));
    const most = isOn(body, "force_single", false) ? 1 : MOST_IMAGES - inputs.length;
    const count = clamp(group, 1, most);
    return { kind: "images", sizes: Array.from({ length: count }, () => made), format: "png" };
  },
};

/** Text to image, and image to image by prompt (contract volcengine-visual §6.1). */
export const IMAGES: Product[] = [
  {
    key: "jimeng_high_aes_general_v21_L",
    ways: ["process", "sync2async"],
    operation: "text-to-image",
    fields: { ...PROMPT, use_pre_llm: FLAG, use_sr: FLAG },
    size: { least: 64, most: 2048 },
    logged: true,
    // Above its range a size is taken as the range's end: what the vendor does is not known.
    output: oneJpeg(({ body, size = square(512) }) =>
      mapSides(size, (side) => clamp(side, 256, 768) * (isOn(body, "use_sr", true) ? 2 : 1)),
    ),
  },
  {
    key: "high_aes_general_v30l_zt2i",
    ways: ["process", "sync2async"],
    operation: "text-to-image",
    fields: { ...PROMPT, use_pre_llm: FLAG, scale: { is: "number", least: 1, most: 10 } },
    size: { least: 512, most: 2048 },
    output: oneJpeg(({ size = USUAL }) => size),
  },
  ...["jimeng_t2i_v30", "jimeng_t2i_v31"].map(
    (key): Product => ({
      key,
      ways: ["sync2async"],
      operation: "text-to-image",
      fields: { ...PROMPT, use_pre_llm: FLAG },
      size: { least: 1, most: 4096, area: [512 ** 2, 2048 ** 2], ratio: 3 },
      output: oneJpeg(({ size = USUAL }) => size),
    }),
  ),
  { ...JIMENG_40, key: "jimeng_t2i_v40" },
  {
    ...JIMENG_40,
    key: "jimeng_seedream46_cvtob",
    fields: { ...JIMENG_40.fields, scale: { is: "integer", least: 1, most: 100 } },
    pictures: links(0, 14, LIMITS.jimeng4),
  },
  {
    key: "jimeng_i2i_v30",
    ways: ["sync2async"],
    operation: "image-to-image",
    fields: { ...PROMPT, scale: UNIT },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    size: { least: 512, most: 2016 },
    output: oneJpeg((asked) => editSize(asked.size ?? likeFirst(asked, 1328 ** 2))),
  },
  {
    key: "seededit_v3.0",
    ways: ["process", "sync2async"],
    operation: "image-to-image",
    fields: { ...PROMPT, scale: UNIT },
    pictures: { ...pictures(1, 1, LIMITS.jimeng3), both: true },
    output: oneJpeg((asked) => editSize(likeFirst(asked, 1328 ** 2))),
  },
  {
    key: "byteedit_v2.0",
    ways: ["process"],
    operation: "image-to-image",
    fields: { ...PROMPT, negative_prompt: { is: "text", most: 800 }, scale: UNIT },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    output: oneJpeg((asked) => editSize(likeFirst(asked, 1024 ** 2))),
  },
  {
    key: "seed3l_single_ip",
    ways: ["sync2async"],
    operation: "image-to-image",
    fields: PROMPT,
    pictures: pictures(1, 1, LIMITS.jimeng3),
    size: { least: 512, most: 2048 },
    output: oneJpeg(({ size = USUAL }) => size),
  },
  {
    key: "i2i_portrait_photo",
    ways: ["process", "sync2async", "task"],
    operation: "portrait",
    fields: {
      ...FREE_PROMPT,
      seed: { is: "integer", least: -1, most: 2 ** 32 - 1, orText: true },
      gpen: UNIT,
      skin: UNIT,
      skin_unifi: UNIT,
      gen_mode: { is: "choice", values: ["creative", "reference", "reference_char"] },
    },
    pictures: {
      fields: ["image_input", "image_urls", "binary_data_base64"],
      least: 1,
      most: 1,
      limits: LIMITS.older,
    },
    size: { least: 512, most: 2048 },
    output: oneJpeg(({ size = USUAL }) => size),
  },
  {
    key: "i2i_multi_style_zx2x",
    ways: ["sync2async"],
    operation: "style",
    fields: { template_id: needed(100), seed: SEED },
    pictures: single("image_input1", LIMITS.older),
    size: { least: 512, most: 2048 },
    output: oneJpeg(({ size = USUAL }) => size),
  },
  {
    key: /^img2img_\w*style\w*$/,
    ways: ["process"],
    operation: "style",
    fields: {},
    pictures: pictures(1, 1, LIMITS.older),
    output: oneJpeg((asked) => likeFirst(asked, 1024 ** 2)),
  },
];

const PAINT_SIDES = ["top", "bottom", "left", "right"];

/** Editing of parts, enlarging and cutting out (contract volcengine-visual §6.1). */
export const EDITS: Product[] = [
  {
    key: "jimeng_image2image_dream_inpaint",
    ways: ["sync2async"],
    operation: "inpaint",
    unit: "call",
    fields: { prompt: needed(120), seed: SEED },
    pictures: { ...pictures(2, 2, LIMITS.jimeng3), mask: true },
    output: oneJpeg(({ pictures: [first] }) => first ?? USUAL),
  },
  {
    key: "jimeng_img2img_seed3_painting_edit",
    ways: ["sync2async"],
    operation: "outpaint",
    unit: "call",
    fields: { ...FREE_PROMPT, top: UNIT, bottom: UNIT, left: UNIT, right: UNIT },
    pictures: { ...pictures(1, 2, LIMITS.jimeng3), mask: true },
    check: ({ body, pictures: inputs }) => {
      if (inputs.length === 1 && !PAINT_SIDES.some((side) => isGiven(body, side)))
        throw invalid("one of top, bottom, left, right is required without a mask");
    },
    output: oneJpeg(({ body, pictures: [first = USUAL, mask] }) => {
      const [top, bottom, left, right] = PAINT_SIDES.map((side) => (mask ? 0 : numberOf(body, side, 0)));
      return {
        width: Math.round(first.width * (1 + (left ?? 0) + (right ?? 0))),
        height: Math.round(first.height * (1 + (top ?? 0) + (bottom ?? 0))),
      };
    }),
  },
  {
    key: "jimeng_i2i_seed3_tilesr_cvtob",
    ways: ["sync2async"],
    operation: "upscale",
    unit: "call",
    fields: {
      resolution: { is: "choice", values: ["4k", "8k"] },
      scale: { is: "integer", least: 0, most: 100 },
    },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    output: oneJpeg(({ body, pictures: [first = USUAL] }) => {
      const longest = body.resolution === "8k" ? 8192 : 4096;
      const factor = longest / Math.max(first.width, first.height);
      return mapSides(first, (side) => Math.round(side * factor));
    }),
  },
  {
    key: "jimeng_i2i_extract_tiled_images",
    ways: ["sync2async"],
    operation: "cut-out",
    fields: {
      edit_prompt: { is: "text", most: 800 },
      image_edit_prompt: { is: "text", most: 800 },
      seed: SEED,
    },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    size: { least: 1024, most: 4096 },
    output: ({ size = square(2048) }) => ({ kind: "images", sizes: [size], format: "png" }),
  },
  {
    key: "i2i_material_extraction",
    ways: ["sync2async"],
    operation: "cut-out",
    fields: {
      image_edit_prompt: { is: "text", most: 800 },
      lora_weight: { is: "number", least: 0, most: 10 },
      seed: SEED,
    },
    pictures: pictures(1, 1, LIMITS.jimeng3),
    size: { least: 256, most: 4096 },
    output: ({ size = square(2048) }) => ({ kind: "images", sizes: [size], format: "png" }),
  },
];
