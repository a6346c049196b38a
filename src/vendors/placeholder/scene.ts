/** A colour as `#rrggbb`. */
export type Color = `#${string}`;

/** A point as [x, y], in pixels from the top left. */
export type Point = readonly [x: number, y: number];

/** Path commands of SVG, absolute: move, line, cubic curve, close. */
export type Segment =
  | readonly ["M", number, number]
  | readonly ["L", number, number]
  | readonly ["C", number, number, number, number, number, number]
  | readonly ["Z"];

export type Path = readonly Segment[];

/** A colour, or a linear gradient from one to another between two points. */
export interface Paint {
  from: Color;
  to?: Color;
  axis?: readonly [Point, Point];
}

/** A filled path; with `stroke`, a line of that width with round ends instead. Overlaps add up, nothing cancels by direction. */
export interface Shape {
  path: Path;
  paint: Paint;
  /** From 0 to 1. */
  opacity: number;
  stroke?: number;
}

/** A picture as both back ends draw it, so that SVG and PNG of one request look alike. Pixels. */
export interface Scene {
  width: number;
  height: number;
  background: Paint;
  shapes: readonly Shape[];
}

/** What a composition is drawn into and from. */
export interface Canvas {
  width: number;
  height: number;
  /** The shorter and the longer side. */
  short: number;
  long: number;
}

export function solid(path: Path, color: Color, opacity = 1): Shape {
  return { path, paint: { from: color }, opacity };
}

/** Rounded to hundredths of a pixel: enough for both back ends, and short in SVG. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const kappa = 0.5523;

export function ellipse(x: number, y: number, rx: number, ry = rx): Path {
  const [kx, ky] = [rx * kappa, ry * kappa];
  return [
    ["M", x + rx, y],
    ["C", x + rx, y + ky, x + kx, y + ry, x, y + ry],
    ["C", x - kx, y + ry, x - rx, y + ky, x - rx, y],
    ["C", x - rx, y - ky, x - kx, y - ry, x, y - ry],
    ["C", x + kx, y - ry, x + rx, y - ky, x + rx, y],
    ["Z"],
  ];
}

export function rectangle(x: number, y: number, width: number, height: number, radius = 0): Path {
  const r = Math.min(radius, width / 2, height / 2);
  const [right, bottom, k] = [x + width, y + height, r * (1 - kappa)];
  if (r <= 0) return polygon([x, y], [right, y], [right, bottom], [x, bottom]);
  return [
    ["M", x + r, y],
    ["L", right - r, y],
    ["C", right - k, y, right, y + k, right, y + r],
    ["L", right, bottom - r],
    ["C", right, bottom - k, right - k, bottom, right - r, bottom],
    ["L", x + r, bottom],
    ["C", x + k, bottom, x, bottom - k, x, bottom - r],
    ["L", x, y + r],
    ["C", x, y + k, x + k, y, x + r, y],
    ["Z"],
  ];
}

export function polygon(first: Point, ...rest: readonly Point[]): Path {
  return [["M", ...first], ...rest.map((point): Segment => ["L", ...point]), ["Z"]];
}

/** A quarter of a disc around a corner, opening towards the signs of `dx` and `dy`. */
export function quarter(x: number, y: number, dx: number, dy: number): Path {
  return [
    ["M", x, y],
    ["L", x + dx, y],
    ["C", x + dx, y + dy * kappa, x + dx * kappa, y + dy, x, y + dy],
    ["Z"],
  ];
}

/** A smooth curve through points (Catmull-Rom as cubics), without its first move. */
export function through(points: readonly Point[], closed = false): Segment[] {
  const count = points.length;
  const at = (index: number): Point => {
    const wrapped = closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1);
    return points[wrapped] ?? [0, 0];
  };
  return Array.from({ length: closed ? count : count - 1 }, (_, index): Segment => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    return [
      "C",
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
      to[0],
      to[1],
    ];
  });
}
