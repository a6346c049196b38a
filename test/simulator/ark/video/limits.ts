import { createRate } from "../../rate.ts";

/** Calls of an account (contract ark §3.4, §5). */
export function createRates() {
  const second = 1000;
  const minute = 60_000;
  return {
    get: createRate(20, second),
    list: createRate(1, second),
    delete: createRate(20, second),
    create: createRate(600, minute),
    create4k: createRate(15, minute),
  };
}

/** Tasks of one model that run at a time; the others wait (contract ark §5). */
export function runningAtOnce(resolution: string): number {
  return resolution === "4k" ? 1 : 10;
}

/** Tasks of one model that may wait; the vendor publishes no number. */
export const MOST_QUEUED = 50;
