import type { Estimate, EstimateInput } from "../../model/catalog.ts";

/** Yuan by model and, where it moves the price, by resolution. Read second-hand between 2026-03 and 2026-06 (contract §8). */
const prices = {
  picture: 0.22,
  inpaint: 0.2,
  upscale: 0.4,
  "720p": 0.28,
  "1080p": 0.63,
  pro: 1,
  motion1: 0.5,
  motion2: 0.4,
  translate: 0.2,
  omni1: 1,
  omni15: 1.2,
} as const;
type Price = keyof typeof prices;

export const unknownPrice = (): Estimate => ({ kind: "unknown" });

export function perImage(price: Price, low = 1, high = low): Estimate {
  const upTo = high > low ? ({ upTo: true } as const) : {};
  return { ...money(price, "image", low, high), ...upTo };
}

export function perCall(price: Price): Estimate {
  return money(price, "call", 1);
}

export function perSecond(price: Price, seconds: number): Estimate {
  return money(price, "second", seconds);
}

/** By the length of an input; of a link that is not known, so that it is between `low` and `high` seconds. */
export function byLength(
  price: Price,
  { inputs = [] }: EstimateInput,
  role: "audio" | "video",
  [low, high]: readonly [number, number],
): Estimate {
  const known = inputs.find((input) => input.role === role)?.seconds;
  const whole = known === undefined ? undefined : Math.ceil(known);
  return money(price, "second", whole ?? low, whole ?? high);
}

function money(
  price: Price,
  per: "image" | "call" | "second",
  low: number,
  high = low,
): Extract<Estimate, { kind: "money" }> {
  const unitPrice = prices[price];
  const rounded = (amount: number) => Math.round(amount * 100) / 100;
  return {
    kind: "money",
    low: rounded(unitPrice * low),
    high: rounded(unitPrice * high),
    currency: "CNY",
    basis: { unitPrice, per, count: high },
  };
}
