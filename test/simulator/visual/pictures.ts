import { decode } from "fast-png";
import { imageSize } from "image-size";
import type { Size } from "../media/scene.ts";
import { Refusal } from "./codes.ts";
import type { Picture } from "./inputs.ts";
import type { PictureLimits, PicturesRule } from "./product.ts";

/** Anything smaller is no picture to work on: the vendor refuses one pixel, and says no limit. */
const LEAST_SIDE = 14;
/** Larger PNGs are only looked through, to stay quick. */
const DECODED_PIXELS = 8_000_000;
/** By how much ratios may differ and still count as the same. */
const RATIO_SLACK = 0.02;

const tooLarge = () => new Refusal(50205);
const undecodable = () => new Refusal(50207);
const unfit = () => new Refusal(50215);

/** The bytes of plain base64; the prefix of a data URI is not base64. */
export function decoded(text: string): Buffer {
  if (text === "") throw new Refusal(50206);
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw undecodable();
  return Buffer.from(text, "base64");
}

/** Width and height of a whole JPEG or PNG. */
export function measured(bytes: Buffer): Size {
  const { type, width, height } = sizeOf(bytes);
  if (type === "jpg" && bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0) return { width, height };
  if (type === "png" && isWholePng(bytes, width * height)) return { width, height };
  throw undecodable();
}

function sizeOf(bytes: Buffer) {
  try {
    return imageSize(bytes);
  } catch {
    throw undecodable();
  }
}

function isWholePng(bytes: Buffer, pixels: number): boolean {
  if (pixels > DECODED_PIXELS) return bytes.includes("IEND", 8, "latin1");
  try {
    return decode(bytes, { checkCrc: true }).width > 0;
  } catch {
    return false;
  }
}

/** Throws a Refusal for a picture beyond the limits. */
export function checkPicture({ width, height }: Size, bytes: number, limits: PictureLimits): Size {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (bytes > limits.bytes || long > limits.side) throw tooLarge();
  const { ratio = Number.POSITIVE_INFINITY } = limits;
  if (short < (limits.short ?? LEAST_SIDE) || long / short > ratio) throw unfit();
  return { width, height };
}

/** Throws a Refusal for pictures that do not go together: a mask of another size or of colours, other ratios. */
export function checkTogether(pictures: Picture[], { mask, sameRatio }: PicturesRule): void {
  const [first, second] = pictures;
  if (first === undefined || second === undefined) return;
  if (mask && (first.width !== second.width || first.height !== second.height)) throw unfit();
  if (mask && second.bytes !== undefined && !isGrey(second.bytes)) throw unfit();
  const differ = Math.abs(Math.log((first.width * second.height) / (first.height * second.width)));
  if (sameRatio && differ > RATIO_SLACK) throw unfit();
}

/** Whether every pixel of a PNG is a grey; a JPEG passes, having no pixels to look at here. */
function isGrey(bytes: Buffer): boolean {
  if (bytes[0] === 0xff) return true;
  const { data, channels, palette } = decode(bytes);
  if (palette !== undefined) return palette.every(([red, green, blue]) => red === green && green === blue);
  if (channels < 3) return true;
  for (let at = 0; at < data.length; at += channels)
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  return true;
}
