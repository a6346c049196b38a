import { mix, type Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import { type Canvas, ellipse, type Point, type Shape, solid, through } from "../scene.ts";

/** A few large soft forms that lean into the picture from its edges, with a small disc and a ring between them. */
export function blobs({ width, height, short }: Canvas, palette: Palette, random: Random): Shape[] {
  const count = Math.min(7, Math.max(3, Math.round((width * height) ** 0.5 / short) + 2));
  const along = width >= height;
  const shapes = Array.from({ length: count }, (_, index) => {
    const place = (index + 0.5 + random.between(-0.2, 0.2)) / count;
    const across = index % 2 ? random.between(-0.05, 0.2) : random.between(0.8, 1.05);
    const centre: Point = along ? [place * width, across * height] : [across * width, place * height];
    const radius = short * random.between(0.36, 0.56);
    return blob(centre, radius, palette, index, random);
  });
  const disc: Point = [width * random.between(0.3, 0.7), height * random.between(0.36, 0.6)];
  const radius = short * random.between(0.07, 0.11);
  const ring: Shape = {
    ...solid(ellipse(...disc, radius * 1.75), palette.accent, 0.55),
    stroke: Math.max(0.75, short * 0.006),
  };
  return [...shapes, ring, solid(ellipse(...disc, radius), palette.accent, 0.95)];
}

function blob([x, y]: Point, radius: number, palette: Palette, index: number, random: Random): Shape {
  const [pull, lean, wobble] = [random.between(0.08, 0.16), random.next() * 7, random.next() * 7];
  const points = Array.from({ length: 12 }, (_, corner): Point => {
    const angle = (corner / 12) * Math.PI * 2;
    const reach = radius * (1 + pull * Math.sin(angle * 2 + lean) + 0.07 * Math.sin(angle * 3 + wobble));
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  });
  const [first = [x, y] as Point] = points;
  const tone = palette.tones[index % 3] ?? palette.accent;
  return {
    path: [["M", ...first], ...through(points, true), ["Z"]],
    paint: {
      from: mix(tone, palette.background[0], 0.25),
      to: tone,
      axis: [
        [x - radius, y - radius],
        [x + radius, y + radius],
      ],
    },
    opacity: 0.88,
  };
}
