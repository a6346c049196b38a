/** Images a minute for each model of an account (contract ark §5), and what taking apart reserves. */
const PER_MINUTE = 500;
const MINUTE_MS = 60_000;
export const LAYER_RESERVE = 17;

/** Counts images by model over the last simulated minute. */
export type ImageLimit = {
  /** Whether `reserve` more images fit now; if so, `made` of them are counted. */
  take(model: string, now: number, reserve: number, made: number): boolean;
  reset(): void;
};

export function createImageLimit(): ImageLimit {
  const windows = new Map<string, { at: number; images: number }[]>();
  return {
    take: (model, now, reserve, made) => {
      const recent = (windows.get(model) ?? []).filter(({ at }) => now - at < MINUTE_MS);
      const used = recent.reduce((sum, { images }) => sum + images, 0);
      const fits = used + reserve <= PER_MINUTE;
      if (fits) recent.push({ at: now, images: made });
      windows.set(model, recent);
      return fits;
    },
    reset: () => windows.clear(),
  };
}
