import { mix, type Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import { type Canvas, ellipse, type Point, type Shape, solid, through } from "../scene.ts";

/** Hills in front of one another under a low sun. */
export function horizon({ width, height, short }: Canvas, palette: Palette, random: Random): Shape[] {
  const radius = short * random.between(0.1, 0.17);
  const sun: Point = [width * random.between(0.22, 0.78), height * random.between(0.26, 0.42)];
  const glow = [3.2, 2.1, 1.45].map((scale) => solid(ellipse(...sun, radius * scale), palette.accent, 0.12));
  const layers = random.whole(3, 4);
  const hills = Array.from({ length: layers }, (_, layer) => {
    const depth = layer / (layers - 1);
    const base = height * (0.5 + depth * 0.32 + random.between(-0.03, 0.03));
    return hill(width, height, base, height * (0.13 - depth * 0.04), palette, depth, random);
  });
  return [...glow, solid(ellipse(...sun, radius), palette.accent, 0.95), ...hills];
}

function hill(
  width: number,
  height: number,
  base: number,
  swing: number,
  palette: Palette,
  depth: number,
  random: Random,
): Shape {
  const steps = Math.min(24, Math.max(3, Math.round(width / (height * 0.42))));
  const step = width / steps;
  const offset = random.next();
  const points = Array.from({ length: steps + 4 }, (_, index): Point => {
    const x = (index - 1 - offset) * step + random.between(-0.16, 0.16) * step;
    return [x, base + swing * random.between(-1, 1)];
  });
  const [first = [0, base] as Point] = points;
  const tone = palette.tones[Math.round(depth * 3)] ?? palette.accent;
  const next = mix(tone, palette.tones[3], 0.35);
  return {
    path: [
      ["M", first[0], height + 2],
      ["L", ...first],
      ...through(points),
      ["L", (points.at(-1) ?? first)[0], height + 2],
      ["Z"],
    ],
    paint: {
      from: mix(tone, palette.background[1], 0.12),
      to: next,
      axis: [
        [0, base - swing],
        [0, height],
      ],
    },
    opacity: 1,
  };
}
