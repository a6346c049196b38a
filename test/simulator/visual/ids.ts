import { randomBytes } from "node:crypto";

/** Task ids: texts of 19 or 20 digits, of which no JavaScript number keeps all. */
export type Ids = { next(digits: 19 | 20): string; reset(): void };

const FIRST = { 19: 7392616336519610409n, 20: 14411597596416601128n };

export function createIds(): Ids {
  let count = 0n;
  return {
    next: (digits) => String(FIRST[digits] + 9_700_013n * count++),
    reset: () => {
      count = 0n;
    },
  };
}

/** A request id: the time at the vendor's, and twenty digits. */
export function requestIdAt(now: number): string {
  const beijing = new Date(now + 8 * 3_600_000).toISOString().replace(/\D/g, "");
  return beijing.slice(0, 14) + randomBytes(10).toString("hex").toUpperCase();
}
