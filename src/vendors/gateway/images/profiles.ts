import type { InputLimits } from "../../../model/catalog.ts";
import { type Sizes, sizesOf } from "./sizes.ts";

/**
 * The request families of contract §5. `answer`: messages, and the pictures come with the answer (S). The others make tasks:
 * `promptTask` (A1), `editTask` (A2), `messageTask` (A3), and `translateTask`, the form of A2 that only translates.
 */
export type Family = "answer" | "promptTask" | "editTask" | "messageTask" | "translateTask";

/** Parameters a model takes besides size and count. */
export type ImageField =
  | "negativePrompt"
  | "promptExtension"
  | "watermark"
  | "seed"
  | "thinking"
  | "sequential"
  | "maxImages"
  | "languages";

/** One way a model works: from words, or from pictures. */
export interface ImageForm {
  /** The families it can be asked in, the one for tasks first: a task can be found again and cancelled. */
  families: readonly Family[];
  sizes?: Sizes;
  /** Most pictures of one call; 1: the model takes no number. */
  count: number;
  fields: readonly ImageField[];
  /** Text and pictures in turn: `enable_interleave`. */
  interleaved?: boolean;
}

export interface EditForm extends ImageForm {
  /** Most pictures that go in. */
  references: number;
  limits: InputLimits;
  /** Pictures go as public links only. */
  linksOnly?: true;
}

/** A row of contract §5. */
export interface ImageProfile {
  id: string;
  name: string;
  preview?: true;
  /** Characters; beyond them the vendor cuts without a word. */
  maxPrompt: number;
  text?: ImageForm;
  edit?: EditForm;
  /** CNY for a picture on the list of Beijing (contract §9); absent: not known. */
  price?: number;
  /** The vendor rewrites the prompt only on demand, because it then costs twice as much. */
  extensionDoubles?: true;
}

const megabyte = 1024 * 1024;
const types = ["image/jpeg", "image/png", "image/bmp", "image/webp"];
const qwenInput: InputLimits = {
  types: [...types, "image/tiff"],
  maxBytes: 10 * megabyte,
  minSide: 384,
  maxSide: 3072,
};
const wanInput: InputLimits = { types, maxBytes: 10 * megabyte, minSide: 240, maxSide: 8000 };
const wan27Input: InputLimits = { ...wanInput, maxBytes: 20 * megabyte };

const common = ["promptExtension", "negativePrompt", "watermark", "seed"] as const;
const plain = ["negativePrompt", "watermark", "seed"] as const;
const wan27Fields = ["sequential", "watermark", "seed"] as const;

function qwen2(id: string, name: string, price: number): ImageProfile {
  const form = { families: ["answer"], count: 6, fields: common } as const;
  return {
    id,
    name,
    maxPrompt: 800,
    text: { ...form, sizes: sizesOf.qwenFree },
    edit: { ...form, sizes: sizesOf.qwenEdit, references: 3, limits: qwenInput },
    price,
  };
}

/** Known from second-hand sources but for its references and number (contract §5); no size is documented, so none is sent. */
function qwen3(id: string, name: string): ImageProfile {
  const form = { families: ["answer"], count: 6, fields: common } as const;
  return {
    id,
    name,
    preview: true,
    maxPrompt: 800,
    text: form,
    edit: { ...form, references: 3, limits: qwenInput },
  };
}

function qwenText(id: string, name: string, families: readonly Family[], price?: number): ImageProfile {
  const text = { families, count: 1, fields: common, sizes: sizesOf.qwenFixed };
  return { id, name, maxPrompt: 800, text, ...(price === undefined ? {} : { price }) };
}

function qwenEdit(id: string, name: string, price?: number): ImageProfile {
  const edit: EditForm = {
    families: ["answer"],
    count: 6,
    fields: common,
    sizes: sizesOf.qwenEditSides,
    references: 3,
    limits: qwenInput,
  };
  return { id, name, maxPrompt: 800, edit, ...(price === undefined ? {} : { price }) };
}

function wan27(id: string, name: string, textSizes: Sizes): ImageProfile {
  const form = { families: ["messageTask", "answer"], count: 4 } as const;
  return {
    id,
    name,
    maxPrompt: 5000,
    text: { ...form, fields: ["thinking", ...wan27Fields], sizes: textSizes },
    edit: { ...form, fields: wan27Fields, sizes: sizesOf.wan27, references: 9, limits: wan27Input },
  };
}

function wanText(id: string, name: string, sizes: Sizes, maxPrompt: number, price?: number): ImageProfile {
  const text = { families: ["promptTask"], count: 4, fields: common, sizes } as const;
  return { id, name, maxPrompt, text, ...(price === undefined ? {} : { price }) };
}

const taskOrAnswer = ["messageTask", "answer"] as const;
const promptOrAnswer = ["promptTask", "answer"] as const;

/** Every image model of contract §5, as data. */
export const imageProfiles: readonly ImageProfile[] = [
  wan27("wan2.7-image", "Wan 2.7 Image", sizesOf.wan27),
  wan27("wan2.7-image-pro", "Wan 2.7 Image Pro", sizesOf.wan27Pro),
  qwen2("qwen-image-2.0", "Qwen-Image 2.0", 0.2),
  qwen2("qwen-image-2.0-pro", "Qwen-Image 2.0 Pro", 0.5),
  qwen3("qwen-image-3.0", "Qwen-Image 3.0"),
  qwen3("qwen-image-3.0-pro", "Qwen-Image 3.0 Pro"),
  qwenText("qwen-image-max", "Qwen-Image Max", ["answer"]),
  qwenText("qwen-image-plus", "Qwen-Image Plus", promptOrAnswer, 0.2),
  qwenText("qwen-image", "Qwen-Image", promptOrAnswer),
  {
    id: "wan2.6-t2i",
    name: "Wan 2.6 Text to Image",
    maxPrompt: 2100,
    text: { families: taskOrAnswer, count: 4, fields: common, sizes: sizesOf.wan26 },
    price: 0.2,
  },
  {
    id: "wan2.6-image",
    name: "Wan 2.6 Image",
    maxPrompt: 2000,
    text: {
      families: ["messageTask"],
      count: 1,
      fields: ["maxImages", ...plain],
      sizes: sizesOf.wan26Image,
      interleaved: true,
    },
    edit: {
      families: taskOrAnswer,
      count: 4,
      fields: common,
      sizes: sizesOf.wan26Image,
      interleaved: false,
      references: 4,
      limits: wanInput,
    },
  },
  {
    id: "z-image-turbo",
    name: "Z-Image Turbo",
    maxPrompt: 800,
    text: { families: ["answer"], count: 1, fields: ["promptExtension", "seed"], sizes: sizesOf.zImage },
    extensionDoubles: true,
  },
  wanText("wan2.5-t2i-preview", "Wan 2.5 Text to Image", sizesOf.wan25, 2000),
  wanText("wan2.2-t2i-plus", "Wan 2.2 Text to Image Plus", sizesOf.wanOld, 500),
  wanText("wan2.2-t2i-flash", "Wan 2.2 Text to Image Flash", sizesOf.wanOld, 500, 0.14),
  wanText("wanx2.1-t2i-plus", "Wanx 2.1 Text to Image Plus", sizesOf.wanOld, 500),
  wanText("wanx2.1-t2i-turbo", "Wanx 2.1 Text to Image Turbo", sizesOf.wanOld, 500),
  wanText("wanx2.0-t2i-turbo", "Wanx 2.0 Text to Image Turbo", sizesOf.wanOld, 500, 0.04),
  qwenEdit("qwen-image-edit-max", "Qwen-Image Edit Max", 0.5),
  qwenEdit("qwen-image-edit-plus", "Qwen-Image Edit Plus"),
  {
    id: "qwen-image-edit",
    name: "Qwen-Image Edit",
    maxPrompt: 800,
    edit: { families: ["answer"], count: 1, fields: plain, references: 1, limits: qwenInput },
  },
  {
    id: "wan2.5-i2i-preview",
    name: "Wan 2.5 Image to Image",
    maxPrompt: 2000,
    edit: {
      families: ["editTask"],
      count: 4,
      fields: common,
      sizes: sizesOf.wan25Edit,
      references: 3,
      limits: wanInput,
    },
  },
  {
    id: "qwen-mt-image",
    name: "Qwen-MT Image",
    maxPrompt: 0,
    edit: {
      families: ["translateTask"],
      count: 1,
      fields: ["languages"],
      references: 1,
      limits: { ...wanInput, minSide: 15 },
      linksOnly: true,
    },
  },
];
