import type { Size } from "../media/scene.ts";
import { invalid } from "./codes.ts";
import { type Body, checkFields, isGiven, numberOf } from "./fields.ts";
import type { Asked, SizeRule } from "./product.ts";

/** Width and height of a body: without the other, one of them is ignored (contract volcengine-visual §4). Throws a Refusal. */
export function askedSize(body: Body, { least, most, area, ratio }: SizeRule): Size | undefined {
  if (!isGiven(body, "width") || !isGiven(body, "height")) return undefined;
  checkFields(body, {
    width: { is: "integer", least, most },
    height: { is: "integer", least, most },
  });
  const size = { width: numberOf(body, "width", 0), height: numberOf(body, "height", 0) };
  const pixels = size.width * size.height;
  if (area && (pixels < area[0] || pixels > area[1]))
    throw invalid(`width * height must be between ${area[0]} and ${area[1]}`);
  const across = Math.max(size.width / size.height, size.height / size.width);
  if (ratio && across > ratio) throw invalid(`width / height must be between 1:${ratio} and ${ratio}:1`);
  return size;
}

export function square(side: number): Size {
  return { width: side, height: side };
}

/** A size with each side made by `change`. */
export function mapSides({ width, height }: Size, change: (side: number) => number): Size {
  return { width: change(width), height: change(height) };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** A multiple of 16 within the sides that edits come out with. */
export function editSize(size: Size): Size {
  return mapSides(size, (side) => Math.floor(clamp(side, 512, 1536) / 16) * 16);
}

/** The first picture's size, made as large as `pixels` in all. */
export function likeFirst({ pictures: [first] }: Asked, pixels: number): Size {
  if (first === undefined) return square(Math.round(Math.sqrt(pixels)));
  const factor = Math.sqrt(pixels / (first.width * first.height));
  return mapSides(first, (side) => Math.max(16, Math.round((side * factor) / 16) * 16));
}

/** The first picture, `factor` times as large. */
export function enlarged({ pictures: [first = square(512)] }: Asked, factor: number): Size {
  return mapSides(first, (side) => Math.round(side * factor));
}

/** Sizes of the 1080p class by ratio (contract volcengine-visual §6.2). */
const FULL_SIZES: Record<string, Size> = {
  "21:9": { width: 2176, height: 928 },
  "16:9": { width: 1920, height: 1088 },
  "4:3": { width: 1664, height: 1248 },
  "1:1": square(1440),
  "3:4": { width: 1248, height: 1664 },
  "9:16": { width: 1088, height: 1920 },
};

/** The size of a 1080p video of the ratio nearest to `size`. */
export function nearestFull(size: Size): Size {
  const far = (other: Size) => Math.abs(Math.log((other.width * size.height) / (other.height * size.width)));
  const nearest = Object.values(FULL_SIZES).toSorted((one, other) => far(one) - far(other))[0];
  return nearest ?? size;
}

/** A shape by its ratio, such as `16:9`, with a short side of 720. */
export function ratioSize(ratio: string): Size {
  const [across = 16, down = 9] = ratio.split(":").map(Number);
  const short = Math.min(across, down);
  return { width: Math.round((720 * across) / short), height: Math.round((720 * down) / short) };
}
