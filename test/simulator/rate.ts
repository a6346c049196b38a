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
