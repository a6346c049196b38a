import { mix, type Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import {
  type Canvas,
  type Color,
  ellipse,
  type Path,
  polygon,
  quarter,
  rectangle,
  type Shape,
  solid,
} from "../scene.ts";

const mostAcross = 64;

type Tile = (x: number, y: number, side: number, random: Random) => Path;

const tiles: readonly [Tile, ...Tile[]] = [
  (x, y, side, random) => corner(x, y, side, random.whole(0, 3)),
  (x, y, side, random) => corner(x, y, side, random.whole(0, 3)),
  (x, y, side) => ellipse(x + side / 2, y + side / 2, side / 2),
  (x, y, side) => ellipse(x + side / 2, y + side / 2, side * 0.24),
  (x, y, side, random) => half(x, y, side, random.whole(0, 3)),
  (x, y, side, random) => leaf(x, y, side, random.next() < 0.5),
  (x, y, side, random) => triangle(x, y, side, random.whole(0, 3)),
];

/** Squares with one plain form each: quarter discs, discs, leaves, triangles. */
export function grid({ width, height, short, long }: Canvas, palette: Palette, random: Random): Shape[] {
  const side = Math.max(short / random.whole(3, 4), long / mostAcross);
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  const [left, top] = [(width - columns * side) / 2, (height - rows * side) / 2];
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [left + column * side, top + row * side];
      const ground = random.pick(grounds(palette));
      if (ground) shapes.push(solid(rectangle(x, y, side, side), ground));
      if (random.next() < 0.14) continue;
      const color = random.pick(forms(palette, ground));
      shapes.push(solid(random.pick(tiles)(x, y, side, random), color));
    }
  }
  return shapes;
}

function grounds({ background, tones }: Palette): readonly [Color | undefined, ...(Color | undefined)[]] {
  return [undefined, undefined, mix(background[1], tones[0], 0.45), tones[0], mix(tones[0], tones[1], 0.4)];
}

function forms(
  { tones, accent, background }: Palette,
  ground: Color | undefined,
): readonly [Color, ...Color[]] {
  return ground
    ? [tones[1], tones[2], tones[3], background[0], accent]
    : [tones[0], tones[1], tones[2], tones[1]];
}

/** Corners are numbered clockwise from the top left. */
function corner(x: number, y: number, side: number, at: number): Path {
  const [right, bottom] = [at === 1 || at === 2, at >= 2];
  return quarter(
    x + (right ? side : 0),
    y + (bottom ? side : 0),
    right ? -side : side,
    bottom ? -side : side,
  );
}

/** Half a disc, flat along the side of that number: top, right, bottom, left. */
function half(x: number, y: number, side: number, at: number): Path {
  const [r, k] = [side / 2, (side / 2) * 0.5523];
  const [mx, my] = [x + r, y + r];
  // The middle of the flat side, the way along it, and the way into the tile.
  const [fx, fy, ax, ay, dx, dy] = (
    [
      [mx, y, 1, 0, 0, 1],
      [x + side, my, 0, 1, -1, 0],
      [mx, y + side, -1, 0, 0, -1],
      [x, my, 0, -1, 1, 0],
    ] as const
  )[at] ?? [mx, y, 1, 0, 0, 1];
  const place = (along: number, deep: number): [number, number] => [
    fx + ax * along + dx * deep,
    fy + ay * along + dy * deep,
  ];
  return [
    ["M", ...place(r, 0)],
    ["C", ...place(r, k), ...place(k, r), ...place(0, r)],
    ["C", ...place(-k, r), ...place(-r, k), ...place(-r, 0)],
    ["Z"],
  ];
}

function leaf(x: number, y: number, side: number, rising: boolean): Path {
  const k = side * 0.5523;
  const [from, to] = rising ? [y + side, y] : [y, y + side];
  const bend = rising ? -k : k;
  return [
    ["M", x, from],
    ["C", x + k, from, x + side, to - bend, x + side, to],
    ["C", x + side - k, to, x, from + bend, x, from],
    ["Z"],
  ];
}

function triangle(x: number, y: number, side: number, without: number): Path {
  const corners = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ] as const;
  const [first = corners[0], ...rest] = corners.filter((_, index) => index !== without);
  return polygon(first, ...rest);
}
