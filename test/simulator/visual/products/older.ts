import { invalid } from "../codes.ts";
import { type Fields, given, isObject, numberOf } from "../fields.ts";
import type { Product } from "../product.ts";
import { clamp, enlarged, likeFirst, square } from "../sizes.ts";
import { FLAG, FREE_PROMPT, LIMITS, oneJpeg, PROMPT, pictures, SEED, STEPS, UNIT } from "./shared.ts";

const SCALE = { is: "number", least: 0, most: 30 } as const;
const LOOSE_SIZE = { least: 64, most: 2048 };
const TEXT = { is: "text" } as const;

const SMART_DRAWING: Fields = {
  ...PROMPT,
  model_version: TEXT,
  scale: SCALE,
  ddim_steps: STEPS,
};

const ERASING: Fields = { steps: STEPS, strength: UNIT, scale: SCALE, seed: SEED };

const SHARPER: Omit<Product, "key"> = {
  ways: ["process", "OverResolutionV2", "EnhancePhotoV2"],
  operation: "upscale",
  unit: "call",
  fields: {},
  pictures: { fields: ["image_urls"], least: 1, most: 1, limits: LIMITS.older },
  output: oneJpeg((asked) => enlarged(asked, 2)),
};

/** Older products, by `CVProcess` or an action of their own (contract volcengine-visual §3, §6.1). */
export const OLDER: Product[] = [
  ...["high_aes_general_v21_L", "high_aes_general_v20_L"].map(
    (key): Product => ({
      key,
      ways: ["process"],
      operation: "text-to-image",
      fields: {
        ...SMART_DRAWING,
        req_schedule_conf: TEXT,
        llm_seed: SEED,
        use_pre_llm: FLAG,
        use_sr: FLAG,
      },
      size: LOOSE_SIZE,
      output: oneJpeg(({ body, size = square(512) }) =>
        body.use_sr === true ? { width: size.width * 2, height: size.height * 2 } : size,
      ),
    }),
  ),
  ...["high_aes_general_v14", "high_aes", "high_aes_t2i"].map(
    (key): Product => ({
      key,
      ways: ["process", "HighAesSmartDrawing"],
      operation: "text-to-image",
      fields: { ...SMART_DRAWING, use_rephraser: FLAG, use_predict_tags: FLAG, strength: UNIT },
      pictures: pictures(0, 1, LIMITS.older),
      size: LOOSE_SIZE,
      output: oneJpeg(({ size = square(512) }) => size),
    }),
  ),
  {
    key: "high_aes_ip_v20",
    ways: ["process", "HighAesSmartDrawing"],
    operation: "image-to-image",
    fields: { ...SMART_DRAWING, ref_ip_weight: SCALE, ref_id_weight: SCALE, cfg_rescale: SCALE },
    pictures: pictures(1, 1, LIMITS.older),
    size: LOOSE_SIZE,
    output: oneJpeg(({ size = square(512) }) => size),
  },
  {
    key: "i2i_inpainting",
    ways: ["process", "Img2ImgInpainting"],
    operation: "inpaint",
    fields: ERASING,
    pictures: { ...pictures(2, 2, LIMITS.older), mask: true },
    output: oneJpeg((asked) => enlarged(asked, 1)),
  },
  {
    key: "i2i_inpainting_edit",
    ways: ["process", "Img2ImgInpaintingEdit"],
    operation: "inpaint",
    fields: { ...ERASING, custom_prompt: { is: "text", most: 800 } },
    pictures: { ...pictures(2, 2, LIMITS.older), mask: true },
    output: oneJpeg((asked) => enlarged(asked, 1)),
  },
  {
    key: "i2i_outpainting",
    ways: ["process", "Img2ImgOutpainting"],
    operation: "outpaint",
    fields: {
      ...ERASING,
      custom_prompt: { is: "text", most: 800 },
      top: UNIT,
      bottom: UNIT,
      left: UNIT,
      right: UNIT,
      max_height: { is: "integer", least: 64, most: 4096 },
      max_width: { is: "integer", least: 64, most: 4096 },
    },
    pictures: { ...pictures(1, 2, LIMITS.older), mask: true },
    output: oneJpeg(({ body, pictures: [first = square(512)] }) => {
      const side = (length: number, before: string, after: string, most: string) => {
        const grown = length * (1 + numberOf(body, before, 0.1) + numberOf(body, after, 0.1));
        return Math.round(clamp(grown, 16, numberOf(body, most, 1920)));
      };
      return {
        width: side(first.width, "left", "right", "max_width"),
        height: side(first.height, "top", "bottom", "max_height"),
      };
    }),
  },
  { ...SHARPER, key: "lens_vida_nnsr" },
  { ...SHARPER, key: "lens_nnsr2_pic_common", fields: { model_quality: TEXT } },
  {
    ...SHARPER,
    key: "lens_lqir",
    fields: {
      resolution_boundary: TEXT,
      enable_hdr: FLAG,
      enable_wb: FLAG,
      result_format: { is: "integer", least: 0, most: 10 },
      jpg_quality: { is: "integer", least: 1, most: 100 },
      hdr_strength: UNIT,
    },
  },
  ...(["face_swap3_6", "faceswap_ai"] as const).map(
    (key): Product => ({
      key,
      ways: ["process", key === "faceswap_ai" ? "FaceswapAI" : "FaceSwap"],
      operation: "image-to-image",
      fields: { face_type: TEXT, source_similarity: TEXT },
      pictures: pictures(2, 2, LIMITS.older),
      output: oneJpeg(({ pictures: [, template] }) => template ?? square(512)),
    }),
  ),
  {
    key: "img2img_photoverse_executive_ID_photo",
    ways: ["process", "HighAesSmartDrawingV2"],
    operation: "portrait",
    fields: { beautify_info: { is: "group", fields: { whitening: UNIT, dermabrasion: UNIT } } },
    pictures: pictures(1, 1, LIMITS.older),
    output: oneJpeg((asked) => likeFirst(asked, 1024 ** 2)),
  },
  {
    key: "dressing_diffusionV2",
    ways: ["task"],
    operation: "try-on",
    fields: {
      ...FREE_PROMPT,
      model: { is: "group", needed: true, fields: { url: { ...TEXT, needed: true } } },
    },
    check: ({ body }) => {
      const garment = given(body, "garment");
      const items = isObject(garment) ? garment.data : undefined;
      const isItem = (item: unknown) =>
        isObject(item) && typeof item.type === "string" && typeof item.url === "string";
      if (!Array.isArray(items) || items.length === 0 || !items.every(isItem))
        throw invalid("garment.data must be an array of {type, url}");
    },
    output: () => ({ kind: "images", sizes: [{ width: 768, height: 1024 }], format: "jpeg" }),
  },
];
