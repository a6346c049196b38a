import type { PictureRegion } from "../../model/regions.ts";

/** A place on the picture in whole pixels. */
export interface Spot {
  x: number;
  y: number;
}

/** Shorter drags than this (in CSS pixels) are clicks. */
export const clickSlack = 5;

/** The pixel under a place given in CSS pixels of the shown picture; places outside count as the nearest edge. */
export function spotAt(
  shown: { left: number; top: number; width: number; height: number },
  at: { clientX: number; clientY: number },
  size: { width: number; height: number },
): Spot {
  const pixel = (offset: number, length: number, pixels: number) =>
    Math.min(pixels - 1, Math.max(0, Math.floor((offset / length) * pixels)));
  return {
    x: pixel(at.clientX - shown.left, shown.width, size.width),
    y: pixel(at.clientY - shown.top, shown.height, size.height),
  };
}

/** The box between two corners, whichever they are. */
export function boxOf(one: Spot, other: Spot): PictureRegion {
  return {
    kind: "box",
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    right: Math.max(one.x, other.x),
    bottom: Math.max(one.y, other.y),
  };
}

/** A mark's numbers for people: `812, 455` or `120, 80 – 640, 420`. */
export function coordinates(region: PictureRegion): string {
  return region.kind === "point"
    ? `${region.x}, ${region.y}`
    : `${region.left}, ${region.top} – ${region.right}, ${region.bottom}`;
}
