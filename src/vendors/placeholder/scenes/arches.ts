import { mix, type Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import { type Canvas, type Color, ellipse, type Path, type Shape, solid } from "../scene.ts";

/** Nested arches that stand on the lower edge, one group in front of the other, and a disc above. */
export function arches({ width, height, short }: Canvas, palette: Palette, random: Random): Shape[] {
  const groups = Math.min(9, Math.max(2, Math.round(width / (short * 0.75))));
  const step = width / groups;
  const parity = random.whole(0, 1);
  const isFront = (index: number) => (index + parity) % 2;
  const order = Array.from({ length: groups }, (_, index) => index).sort((a, b) => isFront(a) - isFront(b));
  const shapes = order.flatMap((index) => {
    const front = isFront(index);
    const radius =
      Math.min(step * 0.72, short * 0.62) * (front ? random.between(0.62, 0.8) : random.between(0.92, 1.12));
    const x = (index + 0.5 + random.between(-0.08, 0.08)) * step;
    const rise = height * (front ? random.between(0.06, 0.16) : random.between(0.2, 0.32));
    return group(x, height, radius, rise, random.whole(3, 4), front, palette);
  });
  const disc = short * random.between(0.06, 0.09);
  const x = width * random.between(0.2, 0.8);
  return [solid(ellipse(x, height * random.between(0.14, 0.2), disc), palette.accent, 0.95), ...shapes];
}

function group(
  x: number,
  floor: number,
  radius: number,
  rise: number,
  rings: number,
  front: number,
  { tones, background, accent }: Palette,
): Shape[] {
  const back: readonly Color[] = [tones[0], mix(background[1], tones[0], 0.35), tones[1], background[0]];
  const near: readonly Color[] = [tones[2], tones[1], tones[3], accent];
  return Array.from({ length: rings }, (_, ring) => {
    const color = (front ? near : back)[ring] ?? tones[1];
    return solid(arch(x, floor, radius * (1 - ring / (rings + 0.4)), rise), color);
  });
}

function arch(x: number, floor: number, radius: number, rise: number): Path {
  const [top, k] = [floor - rise, radius * 0.5523];
  return [
    ["M", x - radius, floor + 2],
    ["L", x - radius, top],
    ["C", x - radius, top - k, x - k, top - radius, x, top - radius],
    ["C", x + k, top - radius, x + radius, top - k, x + radius, top],
    ["L", x + radius, floor + 2],
    ["Z"],
  ];
}
