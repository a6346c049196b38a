import { MediaError } from "./media.ts";

/** Adam7: where each pass begins and its steps, as [x, y, step x, step y]. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The sizes of the pictures a PNG is stored as: one, or the up to seven passes of an interlaced one. */
export function pngPasses(
  width: number,
  height: number,
  interlaced: boolean,
): { width: number; height: number }[] {
  if (!interlaced) return [{ width, height }];
  return adam7
    .map(([x, y, stepX, stepY]) => ({
      width: Math.ceil((width - x) / stepX),
      height: Math.ceil((height - y) / stepY),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Undoes a row's filter (its first byte) by the row above. `stride` is bytes per pixel, at least 1. */
export function pngUnfilter(line: Uint8Array, above: Uint8Array, stride: number): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(line.subarray(1));
  const filter = line[0] ?? 0;
  if (filter > 4) throw new MediaError("notMedia", "image/png");
  for (let index = 0; index < row.length; index++) {
    const left = index < stride ? 0 : (row[index - stride] ?? 0);
    const up = above[index] ?? 0;
    const upLeft = index < stride ? 0 : (above[index - stride] ?? 0);
    row[index] = (row[index] ?? 0) + predicted(filter, left, up, upLeft);
  }
  return row;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - upLeft),
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
