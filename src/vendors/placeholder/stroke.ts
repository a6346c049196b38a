import type { Point } from "./scene.ts";

/** A turn smaller than this is a curve's own: one point on each side. Radians. */
const smooth = 0.4;
const arcStep = 0.5;

/**
 * The outline of a line drawn with a round pen: closed polygons that all turn the same way. A line that ends where it began
 * gives a ring of two.
 */
export function outline(line: readonly Point[], radius: number): Point[][] {
  const points = line.filter((point, index) => !index || !same(point, line[index - 1] ?? point));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return [];
  if (same(first, last)) {
    const ring = points.slice(1);
    return [side(ring, radius, true), side(ring.toReversed(), radius, true)];
  }
  return [[...side(points, radius, false), ...side(points.toReversed(), radius, false)]];
}

function same(one: Point, other: Point): boolean {
  return Math.hypot(one[0] - other[0], one[1] - other[1]) < 1e-6;
}

/** The points to the right of a line, joins rounded; an open one ends with its round cap. */
function side(points: readonly Point[], radius: number, closed: boolean): Point[] {
  const count = points.length;
  const angle = (index: number): number => {
    const from = points[(index + count) % count] ?? [0, 0];
    const to = points[(index + 1) % count] ?? [0, 0];
    return Math.atan2(to[1] - from[1], to[0] - from[0]);
  };
  return points.flatMap((point, index): Point[] => {
    const isLast = index === count - 1;
    if (!closed && index === 0) return [offset(point, angle(0), radius)];
    const before = angle(index - 1);
    if (!closed && isLast) return arc(point, before, Math.PI, radius);
    const turn = Math.atan2(Math.sin(angle(index) - before), Math.cos(angle(index) - before));
    if (Math.abs(turn) < smooth) return [offset(point, before + turn / 2, radius / Math.cos(turn / 2))];
    // The outer side of a corner is rounded; on the inner one the two offsets may cross, which fills just the same.
    return turn > 0
      ? arc(point, before, turn, radius)
      : [offset(point, before, radius), offset(point, before + turn, radius)];
  });
}

/** Beside a point, square to a direction. */
function offset([x, y]: Point, direction: number, radius: number): Point {
  return [x + Math.sin(direction) * radius, y - Math.cos(direction) * radius];
}

function arc(point: Point, direction: number, turn: number, radius: number): Point[] {
  const steps = Math.max(1, Math.ceil(turn / arcStep));
  return Array.from({ length: steps + 1 }, (_, step) =>
    offset(point, direction + (turn * step) / steps, radius),
  );
}
