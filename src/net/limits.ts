/** How much may be under way at once, and how many calls may begin in a second after `burst` at once. */
export interface CallLimit {
  concurrency: number;
  perSecond: number;
  burst: number;
}

/** Limits of one key at one vendor. */
export interface VendorLimits {
  free: CallLimit;
  spend: CallLimit;
}

/** Below every limit the vendors document for reads (20 a second); one account is often used by more than Easel. */
export const defaultLimits: VendorLimits = {
  free: { concurrency: 8, perSecond: 15, burst: 15 },
  spend: { concurrency: 8, perSecond: 5, burst: 5 },
};

/** Vendors that need other limits than {@link defaultLimits}. Documented video submissions at Animo: 20 a minute. */
export const limitsByVendor: Readonly<Record<string, Partial<VendorLimits>>> = {
  animo: { spend: { concurrency: 4, perSecond: 1, burst: 3 } },
  visual: {
    free: { concurrency: 4, perSecond: 5, burst: 5 },
    spend: { concurrency: 4, perSecond: 1, burst: 2 },
  },
};

/** When a free call is tried again. Times in milliseconds. */
export const retryRules = {
  /** Tries of one call, the first included. */
  attempts: 4,
  /** Longest wait for one try's headers; a hang is a fault like any other. */
  attemptMs: 30_000,
  /** Longest silence in the middle of an answer's body. */
  idleMs: 30_000,
  firstDelayMs: 500,
  maxDelayMs: 8_000,
  /** A vendor's `Retry-After` is obeyed up to this long. */
  maxRetryAfterMs: 60_000,
  /** Retries one key at one vendor may spend at once, and how long one takes to come back. */
  budget: 20,
  budgetRefillMs: 3_000,
} as const;

/** Caps of a download by kind of media, in bytes. */
export const downloadCaps = {
  image: 64 * 2 ** 20,
  audio: 256 * 2 ** 20,
  video: 2 * 2 ** 30,
  text: 16 * 2 ** 20,
} as const;

/** How a download behaves. Times in milliseconds. */
export const downloadRules = {
  /** Tries in a row that brought not one byte. */
  fruitlessAttempts: 4,
  /** Links asked for anew in one download. */
  freshLinks: 2,
  redirects: 3,
  headersMs: 60_000,
  idleMs: 60_000,
  progressMs: 100,
} as const;
