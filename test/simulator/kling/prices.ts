import type { Mode } from "./models.ts";

/** An amount in the vendor's unit: a resource pack's, or money where there is no pack. */
export type Price = { amount: number; unit: "video unit" | "image unit" | "USD" };

type PerSecond = Partial<Record<Mode, number>>;

/** Video units a second by what is asked (contract kling §9); the rows before 2.5 turbo are assumed. */
const PER_SECOND: Record<string, Partial<Record<Asked, PerSecond>> & { silent: PerSecond }> = {
  "kling-v1": { silent: { std: 0.2, pro: 0.7 } },
  "kling-v1-5": { silent: { std: 0.4, pro: 0.7 } },
  "kling-v1-6": { silent: { std: 0.4, pro: 0.7 } },
  "kling-v2-master": { silent: { std: 2 } },
  "kling-v2-1": { silent: { std: 0.4, pro: 0.7 } },
  "kling-v2-1-master": { silent: { std: 2 } },
  "kling-v2-5-turbo": { silent: { std: 0.3, pro: 0.5 } },
  "kling-v2-6": {
    silent: { std: 0.3, pro: 0.5 },
    sound: { pro: 1 },
    voice: { pro: 1.2 },
    motion: { std: 0.5, pro: 0.8 },
  },
  "kling-v3": {
    silent: { std: 0.6, pro: 0.8, "4k": 3 },
    sound: { std: 0.9, pro: 1.2, "4k": 3 },
    motion: { std: 0.9, pro: 1.2 },
  },
  "kling-v3-turbo": { silent: { std: 0.8, pro: 1 } },
  "kling-v3-omni": {
    silent: { std: 0.6, pro: 0.8, "4k": 3 },
    sound: { std: 0.8, pro: 1, "4k": 3 },
    video: { std: 0.9, pro: 1.2, "4k": 3 },
  },
  "kling-video-o1": { silent: { std: 0.6, pro: 0.8 }, video: { std: 0.9, pro: 1.2 } },
  avatar: { silent: { std: 0.4, pro: 0.8 } },
};

/** What moves the price of a video. */
export type Asked = "silent" | "sound" | "voice" | "motion" | "video";

export function videoPrice(model: string, asked: Asked, mode: Mode, seconds: number): Price {
  const rows = PER_SECOND[model];
  const row = rows?.[asked] ?? rows?.sound ?? rows?.silent;
  return units((row?.[mode] ?? row?.pro ?? row?.std ?? 0) * seconds);
}

/** Video units, to two decimals. */
export function units(amount: number): Price {
  return { amount: Math.round(amount * 100) / 100, unit: "video unit" };
}

/** Image units for `count` pictures at `each`. */
export function imageUnits(each: number, count: number): Price {
  return { amount: each * count, unit: "image unit" };
}
