import { edgesOf } from "./edges.ts";
import { channels } from "./palettes.ts";
import type { Paint, Scene } from "./scene.ts";

/** A shape made ready to be drawn from top to bottom. */
interface Layer {
  edges: Float64Array;
  /** Offset of the first edge that may still matter. */
  first: number;
  top: number;
  bottom: number;
  paint: Ramp;
  opacity: number;
}

/** A gradient as a table of colours and the plane that says which one a pixel has: entry = origin + x * dx + y * dy. */
interface Ramp {
  table: Float32Array;
  origin: number;
  dx: number;
  dy: number;
}

const rampLength = 512;

/**
 * Draws a scene row by row, each as RGB bytes: memory is that of one row, however tall the picture. Edges are smoothed by the
 * exact area of a pixel that a shape covers. The same array is yielded again for every row.
 */
export function* rasterRows(scene: Scene): Generator<Uint8Array<ArrayBuffer>, void> {
  const { width, height } = scene;
  const layers = scene.shapes.map((shape): Layer => {
    const edges = edgesOf(shape, width);
    let bottom = 0;
    for (let at = 3; at < edges.length; at += 5) bottom = Math.max(bottom, edges[at] ?? 0);
    return {
      edges,
      first: 0,
      top: edges[1] ?? height,
      bottom,
      paint: ramp(shape.paint),
      opacity: shape.opacity,
    };
  });
  const background = ramp(scene.background);
  const row = new Float32Array(width * 3);
  const cover = new Float32Array(width + 2);
  const bytes = new Uint8Array(width * 3);
  for (let y = 0; y < height; y++) {
    fill(row, background, y, width);
    for (const layer of layers) {
      if (layer.top < y + 1 && layer.bottom > y) drawLayer(row, cover, layer, y, width);
    }
    for (let at = 0; at < row.length; at++) bytes[at] = (row[at] ?? 0) + 0.5;
    yield bytes;
  }
}

function drawLayer(row: Float32Array, cover: Float32Array, layer: Layer, y: number, width: number): void {
  const { edges, paint, opacity } = layer;
  let left = width;
  let right = 0;
  while (layer.first < edges.length && (edges[layer.first + 3] ?? 0) <= y) layer.first += 5;
  for (let at = layer.first; at < edges.length; at += 5) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, winding = 0] = [
      edges[at],
      edges[at + 1],
      edges[at + 2],
      edges[at + 3],
      edges[at + 4],
    ];
    if (y0 >= y + 1) break;
    if (y1 <= y) continue;
    const slope = (x1 - x0) / (y1 - y0);
    const [from, to] = [Math.max(y0, y), Math.min(y1, y + 1)];
    const [a, b] = [x0 + slope * (from - y0), x0 + slope * (to - y0)];
    const [low, high] = a < b ? [a, b] : [b, a];
    accumulate(cover, Math.max(0, low), Math.min(width, high), (to - from) * winding);
    left = Math.min(left, low);
    right = Math.max(right, high);
  }
  const end = Math.min(width, Math.ceil(right) + 1);
  let sum = 0;
  for (let x = Math.max(0, Math.floor(left)); x < end; x++) {
    sum += cover[x] ?? 0;
    cover[x] = 0;
    const area = Math.min(1, Math.abs(sum));
    if (area > 0.002) blend(row, x, paint, y, area * opacity);
  }
  cover[end] = 0;
  cover[end + 1] = 0;
}

/** Adds an edge's part within one row to the row's cover, from which a running sum gives the area to its right. */
function accumulate(cover: Float32Array, low: number, high: number, drop: number): void {
  const first = Math.floor(low);
  const last = Math.ceil(high);
  if (last <= first + 1) {
    const middle = (low + high) / 2 - first;
    add(cover, first, drop - drop * middle);
    add(cover, first + 1, drop * middle);
    return;
  }
  const slope = 1 / (high - low);
  let before = 0;
  for (let x = first; x < last; x++) {
    // Area right of the edge within this pixel, and what is left for the next.
    const [from, to] = [Math.max(low, x), Math.min(high, x + 1)];
    const share = (to - from) * slope;
    const here = share * (x + 1 - (from + to) / 2);
    add(cover, x, drop * (here + before));
    before = share - here;
  }
  add(cover, last, drop * before);
}

function add(cover: Float32Array, at: number, value: number): void {
  cover[at] = (cover[at] ?? 0) + value;
}

function blend(row: Float32Array, x: number, paint: Ramp, y: number, alpha: number): void {
  const entry = entryAt(paint, x, y);
  const at = x * 3;
  for (let channel = 0; channel < 3; channel++) {
    const under = row[at + channel] ?? 0;
    row[at + channel] = under + ((paint.table[entry + channel] ?? 0) - under) * alpha;
  }
}

function fill(row: Float32Array, paint: Ramp, y: number, width: number): void {
  for (let x = 0; x < width; x++) {
    const entry = entryAt(paint, x, y);
    for (let channel = 0; channel < 3; channel++) row[x * 3 + channel] = paint.table[entry + channel] ?? 0;
  }
}

function entryAt({ origin, dx, dy, table }: Ramp, x: number, y: number): number {
  if (table.length === 3) return 0;
  const place = origin + (x + 0.5) * dx + (y + 0.5) * dy;
  return 3 * Math.round(Math.min(Math.max(place, 0), 1) * (rampLength - 1));
}

function ramp({ from, to, axis }: Paint): Ramp {
  const start = channels(from);
  if (!to || !axis) return { table: Float32Array.from(start), origin: 0, dx: 0, dy: 0 };
  const end = channels(to);
  const table = Float32Array.from({ length: rampLength * 3 }, (_, at) => {
    const [a, b] = [start[at % 3] ?? 0, end[at % 3] ?? 0];
    return a + ((b - a) * Math.floor(at / 3)) / (rampLength - 1);
  });
  const [[x1, y1], [x2, y2]] = axis;
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  return { table, origin: -(x1 * dx + y1 * dy), dx, dy };
}
