import type { VendorContext } from "../../contract.ts";

type Caller = Pick<VendorContext, "baseUrl" | "clock">;

/** A difference to the vendor's clock up to this is latency and rounding; signatures are taken some minutes off (contract §2.5). */
const toleratedSkewMs = 20_000;

/** By how much the vendor's clock is ahead of ours, in milliseconds, by address. */
const skews = new Map<string, number>();

/** The time by the vendor's clock, as far as its answers have told: ms since the epoch. */
export function vendorTime({ baseUrl, clock }: Caller): number {
  return clock.now() + (skews.get(baseUrl) ?? 0);
}

/** Learns from an answer's `Date` by how much the vendor's clock differs. True if it is now known to differ otherwise than it was. */
export function learnClock({ baseUrl, clock }: Caller, headers: Readonly<Record<string, string>>): boolean {
  const theirs = Date.parse(headers.date ?? "");
  if (Number.isNaN(theirs)) return false;
  const difference = theirs - clock.now();
  if (Math.abs(difference - (skews.get(baseUrl) ?? 0)) <= toleratedSkewMs) return false;
  skews.set(baseUrl, difference);
  return true;
}
