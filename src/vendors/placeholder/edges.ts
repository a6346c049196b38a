import type { Path, Point, Shape } from "./scene.ts";
import { outline } from "./stroke.ts";

/** Straight edges of a shape, numbers in fives: x and y of the upper end, x and y of the lower, winding. Sorted by upper y. */
export function edgesOf(shape: Shape, width: number): Float64Array {
  const lines = flattened(shape.path);
  const { stroke } = shape;
  const closed = stroke ? lines.flatMap((line) => outline(line, stroke / 2)) : lines;
  const edges: number[][] = [];
  for (const line of closed) {
    line.forEach((from, index) => {
      const to = line[(index + 1) % line.length] ?? from;
      addEdge(edges, from, to, width);
    });
  }
  edges.sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
  return Float64Array.from(edges.flat());
}

/** Cut where it crosses the picture's sides, so that what lies outside can be moved onto them. */
function addEdge(edges: number[][], from: Point, to: Point, width: number): void {
  if (from[1] === to[1]) return;
  const [[x0, y0], [x1, y1], winding] = from[1] < to[1] ? [from, to, 1] : [to, from, -1];
  const cuts = [0, width]
    .filter((side) => side > Math.min(x0, x1) && side < Math.max(x0, x1))
    .map((side) => (side - x0) / (x1 - x0))
    .sort((a, b) => a - b);
  let [lastX, lastY] = [x0, y0];
  for (const cut of [...cuts, 1]) {
    const [x, y] = cut === 1 ? [x1, y1] : [x0 + (x1 - x0) * cut, y0 + (y1 - y0) * cut];
    if (y > lastY) edges.push([clamp(lastX, width), lastY, clamp(x, width), y, winding]);
    [lastX, lastY] = [x, y];
  }
}

function clamp(x: number, width: number): number {
  return Math.min(Math.max(x, 0), width);
}

/** A path as polylines, curves cut into pieces a fraction of a pixel from true. */
function flattened(path: Path): Point[][] {
  const lines: Point[][] = [];
  let line: Point[] = [];
  for (const segment of path) {
    const [x0, y0] = line.at(-1) ?? [0, 0];
    if (segment[0] === "M") {
      line = [[segment[1], segment[2]]];
      lines.push(line);
    } else if (segment[0] === "L") {
      line.push([segment[1], segment[2]]);
    } else if (segment[0] === "C") {
      const [, x1, y1, x2, y2, x3, y3] = segment;
      const reach =
        Math.hypot(x1 - x0, y1 - y0) + Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x3 - x2, y3 - y2);
      const pieces = Math.min(128, Math.max(4, Math.ceil(Math.sqrt(reach) * 2)));
      for (let piece = 1; piece <= pieces; piece++) {
        const t = piece / pieces;
        const u = 1 - t;
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        line.push([a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3]);
      }
    } else {
      const [first] = line;
      if (first) line.push(first);
    }
  }
  return lines;
}
