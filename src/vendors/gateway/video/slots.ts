import type { InputLimits, InputSlot } from "../../../model/catalog.ts";
import type { InputRole } from "../../../model/request.ts";

const megabyte = 1024 * 1024;
const types = ["image/jpeg", "image/png", "image/bmp", "image/webp"];

/** What a picture must be like (contract §6). */
export const pictureLimits = {
  oldest: { types, maxBytes: 10 * megabyte, minSide: 360, maxSide: 2000 },
  usual: { types, maxBytes: 20 * megabyte, minSide: 240, maxSide: 8000 },
  happyHorse: { types: types.filter((type) => type !== "image/bmp"), maxBytes: 20 * megabyte, minSide: 400 },
} as const satisfies Record<string, InputLimits>;

/** Pictures go as data URIs or as links. */
export function pictures(role: InputRole, min: number, max: number, limits: InputLimits): InputSlot {
  return { role, kind: "image", min, max, limits, takes: "either" };
}

/** A video goes as a public link only (contract §6). */
export function videos(min: number, max: number, seconds: readonly [number, number]): InputSlot {
  const [minSeconds, maxSeconds] = seconds;
  const limits = {
    types: ["video/mp4", "video/quicktime"],
    maxBytes: 100 * megabyte,
    minSeconds,
    maxSeconds,
  };
  return { role: "video", kind: "video", min, max, limits, takes: "link" };
}

/** A sound that the picture follows goes as a public link only; what is too long is cut by the vendor (contract §6). */
export function sounds(max: number, minSeconds: number, maxSeconds = 30): InputSlot {
  const limits = {
    types: ["audio/wav", "audio/mpeg"],
    maxBytes: 15 * megabyte,
    minSeconds,
    maxSeconds,
  };
  return { role: "audio", kind: "audio", min: 0, max, limits, takes: "link" };
}
