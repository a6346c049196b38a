import { mix, type Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import type { Canvas, Point, Shape } from "../scene.ts";
import { through } from "../scene.ts";

/** Long bands that flow side by side across the picture, each a shade further than the one before. */
export function waves({ width, height, long, short }: Canvas, palette: Palette, random: Random): Shape[] {
  const bands = random.whole(5, 7);
  const upright = height > width;
  const length = long / Math.max(1, Math.min(6, Math.round(long / (short * 1.6))));
  const phase = random.between(0, Math.PI * 2);
  const drift = random.between(0.35, 0.7) * (random.next() < 0.5 ? -1 : 1);
  const slope = random.between(-0.12, 0.12) * Math.min(1, (short / long) * 2);
  const swing = short * random.between(0.05, 0.085);
  const start = random.between(0.2, 0.32);
  return Array.from({ length: bands }, (_, band) => {
    const depth = band / (bands - 1);
    const base = short * (start + (1 - start) * (band / bands));
    const height = (along: number) =>
      base +
      slope * (along - long / 2) +
      swing * (1 - depth * 0.3) * Math.sin((along / length) * Math.PI * 2 + phase + band * drift) +
      swing * 0.35 * Math.sin((along / length) * Math.PI * 3.1 - phase + band * 0.9);
    return ribbon(long, short, height, upright, tone(palette, depth), palette);
  });
}

function tone({ tones, background }: Palette, depth: number): Shape["paint"]["from"] {
  const steps = [
    mix(background[1], tones[0], 0.55),
    tones[0],
    tones[1],
    tones[2],
    mix(tones[2], tones[3], 0.6),
  ] as const;
  const place = depth * (steps.length - 1);
  const index = Math.min(steps.length - 2, Math.floor(place));
  return mix(steps[index] ?? tones[0], steps[index + 1] ?? tones[3], place - index);
}

function ribbon(
  long: number,
  short: number,
  height: (along: number) => number,
  upright: boolean,
  color: Shape["paint"]["from"],
  palette: Palette,
): Shape {
  const turn = ([along, across]: Point): Point => (upright ? [across, along] : [along, across]);
  const steps = Math.min(64, Math.max(8, Math.round(long / (short * 0.14))));
  const points = Array.from({ length: steps + 3 }, (_, index): Point => {
    const along = ((index - 1) / steps) * long;
    return turn([along, height(along)]);
  });
  const [first = [0, 0] as Point] = points;
  const margin = long / steps;
  return {
    path: [
      ["M", ...turn([-margin, short + 2])],
      ["L", ...first],
      ...through(points),
      ["L", ...turn([long + margin, short + 2])],
      ["Z"],
    ],
    paint: {
      from: mix(color, palette.background[0], 0.22),
      to: color,
      axis: [turn([0, 0]), turn([long, short])],
    },
    opacity: 1,
  };
}
