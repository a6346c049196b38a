import type { Size } from "../media/scene.ts";
import { invalid } from "./errors.ts";
import type { Mode } from "./models.ts";

/** The short side in pixels by mode (contract kling §4.1). */
const SHORT_SIDE: Record<Mode, number> = { std: 720, pro: 1080, "4k": 2160 };

/** Pixels of a video of a ratio such as `16:9`. */
export function videoSize(ratio: string, mode: Mode): Size {
  return fitted(ratio, SHORT_SIDE[mode]);
}

/** Pixels of a video that keeps the shape of an input. */
export function sizeLike({ width, height }: Size, mode: Mode): Size {
  return fitted(`${width}:${height}`, SHORT_SIDE[mode]);
}

/** Pixels of a picture: the area of a square of 1024, 2048 or 4096, in multiples of 8. */
export function imageSizeOf(ratio: string, resolution: string): Size {
  const [across, down] = sides(ratio);
  const edge = 1024 * Number(resolution.replace("k", ""));
  const round = (value: number) => Math.round(value / 8) * 8;
  return {
    width: round(edge * Math.sqrt(across / down)),
    height: round(edge * Math.sqrt(down / across)),
  };
}

function fitted(ratio: string, short: number): Size {
  const [across, down] = sides(ratio);
  const even = (value: number) => Math.round(value / 2) * 2;
  return across >= down
    ? { width: even((short * across) / down), height: short }
    : { width: short, height: even((short * down) / across) };
}

function sides(ratio: string): [number, number] {
  const [across = 0, down = 0] = ratio.split(":").map(Number);
  if (!(across > 0 && down > 0)) throw invalid(`aspect_ratio value '${ratio}' is invalid`);
  return [across, down];
}
