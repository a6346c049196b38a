import type { Size } from "../../media/scene.ts";
import type { Field, Fields } from "../fields.ts";
import type { Asked, Output, PictureLimits, PicturesRule } from "../product.ts";

/** Rules that many products share. */

const MEGABYTE = 2 ** 20;

/** Limits of contract volcengine-visual §6.3, and wide ones where no page says any. */
export const LIMITS = {
  jimeng3: { bytes: 4.7 * MEGABYTE, side: 4096, ratio: 3 },
  video: { bytes: 4.7 * MEGABYTE, side: 4096, ratio: 3, short: 320 },
  jimeng4: { bytes: 15 * MEGABYTE, side: 4096, ratio: 3 },
  person: { bytes: 5 * MEGABYTE - 1, side: 4095 },
  older: { bytes: 10 * MEGABYTE, side: 4096 },
} as const satisfies Record<string, PictureLimits>;

const FILES_OR_LINKS = ["binary_data_base64", "image_urls"];

/** Pictures as files or as links. */
export function pictures(least: number, most: number, limits: PictureLimits): PicturesRule {
  return { fields: FILES_OR_LINKS, least, most, limits };
}

/** Pictures as links alone. */
export function links(least: number, most: number, limits: PictureLimits): PicturesRule {
  return { fields: ["image_urls"], least, most, limits };
}

/** One picture in a field of its own. */
export function single(field: string, limits: PictureLimits): PicturesRule {
  return { fields: [field], least: 1, most: 1, limits };
}

export const FLAG: Field = { is: "flag" };
export const UNIT: Field = { is: "number", least: 0, most: 1 };
export const SEED: Field = { is: "integer", least: -1, most: 2 ** 32 - 1 };
export const STEPS: Field = { is: "integer", least: 1, most: 100 };

export function needed(most: number): Field {
  return { is: "text", most, needed: true };
}

/** Prompts of 800 characters (contract volcengine-visual §6.3). */
export const PROMPT: Fields = { prompt: needed(800), seed: SEED };
export const FREE_PROMPT: Fields = { prompt: { is: "text", most: 800 }, seed: SEED };

/** One JPEG of a size. */
export function oneJpeg(size: (asked: Asked) => Size): (asked: Asked) => Output {
  return (asked) => ({ kind: "images", sizes: [size(asked)], format: "jpeg" });
}
