import type { Estimate, EstimateBasis } from "../../model/catalog.ts";
import type { Mode } from "./options.ts";
import type { PackUnit } from "./product.ts";

/** Units of a video pack per second, by resolution (contract §9). */
export type PerSecond = Partial<Record<Mode, number>>;

/** What moves the price of a second. */
export interface VideoPrices {
  silent: PerSecond;
  sound?: PerSecond;
  voice?: PerSecond;
  motion?: PerSecond;
  /** With a video as input. */
  video?: PerSecond;
}

/** Documented on 2026-09-20; older models are not in the list, so nothing is claimed about them. */
const videoPrices: Readonly<Record<string, VideoPrices>> = {
  "kling-3.0-turbo": { silent: { std: 0.8, pro: 1 } },
  "kling-v3": {
    silent: { std: 0.6, pro: 0.8, "4k": 3 },
    sound: { std: 0.9, pro: 1.2, "4k": 3 },
    motion: { std: 0.9, pro: 1.2 },
  },
  "kling-v3-omni": {
    silent: { std: 0.6, pro: 0.8, "4k": 3 },
    sound: { std: 0.8, pro: 1, "4k": 3 },
    video: { std: 0.9, pro: 1.2, "4k": 3 },
  },
  "kling-video-o1": { silent: { std: 0.6, pro: 0.8 }, video: { std: 0.9, pro: 1.2 } },
  "kling-v2-6": {
    silent: { std: 0.3, pro: 0.5 },
    sound: { pro: 1 },
    voice: { pro: 1.2 },
    motion: { std: 0.5, pro: 0.8 },
  },
  "kling-v2-5-turbo": { silent: { std: 0.3, pro: 0.5 } },
  "kling-avatar": { silent: { std: 0.4, pro: 0.8 } },
};

/** Units for a video of `low` to `high` seconds. */
export function perSecond(
  model: string,
  kind: keyof VideoPrices,
  mode: unknown,
  low: number,
  high = low,
): Estimate {
  const rows = videoPrices[model];
  const price = rows?.[kind]?.[mode as Mode];
  return price === undefined ? { kind: "unknown" } : estimate("videoUnits", price, "second", low, high);
}

/** Units for so many pictures at `each`. */
export function perImage(each: number, count: number): Estimate {
  return estimate("imageUnits", each, "image", count);
}

/** Units of one call. */
export function perCall(each: number, low = 1, high = low): Estimate {
  return estimate("videoUnits", each, "call", low, high);
}

function estimate(
  unit: PackUnit,
  unitPrice: number,
  per: EstimateBasis["per"],
  low: number,
  high = low,
): Estimate {
  return {
    kind: "units",
    low: rounded(unitPrice * low),
    high: rounded(unitPrice * high),
    unit,
    basis: { unitPrice, per, count: high },
  };
}

/** Free of the noise of binary fractions: units have at most two decimals. */
export function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}
