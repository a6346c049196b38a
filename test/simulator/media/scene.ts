import { createHash } from "node:crypto";

/** Red, green, blue; 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A run of cells of one colour; null is fully transparent. */
type Run = { cells: number; colour: Rgb | null };

/** Rows of cells that look alike. A cell is CELL by CELL pixels, cut off at the right and lower edge. */
export type Band = { rows: number; runs: Run[] };

export const CELL = 16;

export type Size = { width: number; height: number };

/**
 * A plain picture that can be told from others at a glance: sky and ground in colours drawn from `seed`, and
 * `index + 1` light squares in a row. `transparent` leaves the sky out.
 */
export function scene(size: Size, seed: string, index: number, transparent = false): Band[] {
  const columns = Math.ceil(size.width / CELL);
  const rows = Math.ceil(size.height / CELL);
  const hash = createHash("sha256").update(`${seed}/${index}`).digest();
  const hue = hash.readUInt16BE(0) % 360;
  const ground = colour((hue + 120) % 360, 0.35);
  const square = colour((hue + 60) % 360, 0.85);
  const sky = transparent ? null : colour(hue, 0.6);

  const count = index + 1;
  const side = Math.max(1, Math.floor(columns / (2 * count + 1)));
  const marks: Run[] = [];
  for (let drawn = 0; drawn < count && (2 * drawn + 2) * side <= columns; drawn += 1)
    marks.push({ cells: side, colour: sky }, { cells: side, colour: square });
  const used = marks.reduce((sum, run) => sum + run.cells, 0);
  marks.push({ cells: columns - used, colour: sky });

  const skyRows = Math.max(0, Math.floor((rows * 2) / 3) - side);
  const markRows = Math.min(side, rows - skyRows);
  const rest = rows - skyRows - markRows;
  return [
    { rows: skyRows, runs: [{ cells: columns, colour: sky }] },
    { rows: markRows, runs: marks },
    { rows: rest, runs: [{ cells: columns, colour: ground }] },
  ].filter((band) => band.rows > 0);
}

/** A colour of the given hue (degrees) and lightness (0 to 1) at half saturation. */
function colour(hue: number, lightness: number): Rgb {
  const chroma = Math.min(lightness, 1 - lightness) * 0.5;
  const channel = (shift: number) => {
    const k = (shift + hue / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
