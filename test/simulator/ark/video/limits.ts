/** Counts calls by key over the last `windowMs` simulated milliseconds. */
export type Rate = {
  /** Whether one more call fits now; if so it is counted. */
  take(key: string, now: number): boolean;
  reset(): void;
};

export function createRate(most: number, windowMs: number): Rate {
  const windows = new Map<string, number[]>();
  return {
    take: (key, now) => {
      const recent = (windows.get(key) ?? []).filter((at) => now - at < windowMs);
      const fits = recent.length < most;
      if (fits) recent.push(now);
      windows.set(key, recent);
      return fits;
    },
    reset: () => windows.clear(),
  };
}

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
