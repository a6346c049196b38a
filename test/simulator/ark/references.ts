import { decode } from "fast-png";
import { imageSize } from "image-size";
import type { Links } from "../links.ts";
import type { Size } from "../media/scene.ts";
import { invalid, Refusal } from "./errors.ts";

/** An input image, decoded. */
export type Reference = { format: string; width: number; height: number; bytes: Buffer };

/** Limits of an input image (contract ark §2.3). */
const MOST_BYTES = 30 * 2 ** 20;
const LEAST_SIDE = 15;
const MOST_PIXELS = 36_000_000;
export const MOST_RATIO = 16;
/** The field that messages name, and what is wrong with a picture of some size. */
export type ImageRule = { param: string; fault(size: Size): string | undefined };

const IMAGE_RULE: ImageRule = {
  param: "image",
  fault: ({ width, height }) => {
    if (Math.min(width, height) < LEAST_SIDE)
      return `image width and height must be greater than ${LEAST_SIDE - 1} px`;
    if (width * height > MOST_PIXELS) return `image must be at most ${MOST_PIXELS} pixels`;
    if (Math.max(width / height, height / width) > MOST_RATIO)
      return "image aspect ratio must be between 1/16 and 16";
    return undefined;
  },
};

/** Larger PNGs are only looked through, to stay quick. */
const DECODED_PIXELS = 8_000_000;

/** Data URI subtypes, by the name that the bytes go by. */
const SUBTYPES: Record<string, string> = {
  jpg: "jpeg",
  png: "png",
  webp: "webp",
  bmp: "bmp",
  tiff: "tiff",
  gif: "gif",
  heic: "heic",
  heif: "heif",
};

/** One `image` value: a data URI, or the address of a file that the simulator published. Throws a Refusal. */
export function readReference(text: string, links: Links, rule: ImageRule = IMAGE_RULE): Reference {
  if (text === "") throw new Refusal(400, "InvalidImageURL.EmptyURL", "The image url is empty.");
  if (/^https?:\/\//.test(text)) {
    const link = links.resolve(text);
    if (link === undefined) throw invalid(rule.param, "resource download failed");
    return checked(link.bytes(), undefined, rule);
  }
  const [, subtype, base64] = /^data:image\/([a-z]+);base64,(.*)$/s.exec(text) ?? [];
  if (subtype === undefined || base64 === undefined || !isBase64(base64)) throw badFormat();
  if (!Object.values(SUBTYPES).includes(subtype)) throw badFormat();
  return checked(Buffer.from(base64, "base64"), subtype, rule);
}

function checked(bytes: Buffer, subtype: string | undefined, rule: ImageRule): Reference {
  if (bytes.length > MOST_BYTES) throw invalid(rule.param, "image size must be at most 30 MB");
  const { format, width, height } = measure(bytes);
  if (subtype !== undefined && subtype !== format)
    throw invalid(rule.param, `the data URI says ${subtype} but the content is ${format}`);
  const fault = rule.fault({ width, height });
  if (fault !== undefined) throw invalid(rule.param, fault);
  const reference = { format, width, height, bytes };
  if (!isWhole(reference)) throw badFormat();
  return reference;
}

function measure(bytes: Buffer): { format: string; width: number; height: number } {
  try {
    const { type = "", width, height } = imageSize(bytes);
    const format = SUBTYPES[type];
    if (format !== undefined) return { format, width, height };
  } catch {
    // Falls through: what cannot be measured is no picture.
  }
  throw badFormat();
}

/** Whether the file is all there: PNGs are decoded, the others must have their end. */
function isWhole({ format, width, height, bytes }: Reference): boolean {
  switch (format) {
    case "png":
      if (width * height > DECODED_PIXELS) return bytes.includes("IEND", 8, "latin1");
      try {
        return decode(bytes, { checkCrc: true }).width === width;
      } catch {
        return false;
      }
    case "jpeg":
      return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0;
    case "webp":
      return bytes.readUInt32LE(4) + 8 <= bytes.length;
    default:
      return true;
  }
}

/** Whether a PNG has a pixel that is not fully opaque. */
export function hasTransparentPixel(reference: Reference): boolean {
  if (reference.format !== "png") return false;
  const image = decode(reference.bytes);
  if (image.palette !== undefined) {
    const clear = new Set(image.palette.flatMap((entry, index) => ((entry[3] ?? 255) < 255 ? [index] : [])));
    return clear.size > 0;
  }
  if (image.channels !== 2 && image.channels !== 4) return false;
  const opaque = image.depth === 16 ? 65535 : 255;
  for (let at = image.channels - 1; at < image.data.length; at += image.channels)
    if ((image.data[at] ?? opaque) < opaque) return true;
  return false;
}

function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function badFormat(): Refusal {
  return new Refusal(400, "InvalidImageURL.InvalidFormat", "Invalid base64 image url.");
}
