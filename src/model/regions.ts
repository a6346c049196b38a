/** A mark on a picture, in its pixels from the top left; `right` and `bottom` are the last pixel inside. */
export type PictureRegion =
  | { kind: "point"; x: number; y: number }
  | { kind: "box"; left: number; top: number; right: number; bottom: number };

/**
 * The tag that points a prompt at a place of a picture of `width` × `height` pixels: `<point>x y</point>` or
 * `<bbox>x1 y1 x2 y2</bbox>` in whole thousandths, 0 to 999 (Ark contract §2.3). It goes right after the picture's name in the
 * prompt, such as `Image 1<point>512 300</point>`.
 */
export function regionTag(region: PictureRegion, width: number, height: number): string {
  if (region.kind === "point") {
    return `<point>${thousandths(region.x, width)} ${thousandths(region.y, height)}</point>`;
  }
  const x = [thousandths(region.left, width), thousandths(region.right, width)];
  const y = [thousandths(region.top, height), thousandths(region.bottom, height)];
  return `<bbox>${Math.min(...x)} ${Math.min(...y)} ${Math.max(...x)} ${Math.max(...y)}</bbox>`;
}

function thousandths(pixel: number, side: number): number {
  return Math.min(999, Math.max(0, Math.round((pixel / side) * 1000)));
}
