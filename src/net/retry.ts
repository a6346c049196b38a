import { retryRules } from "./limits.ts";
import type { Clock, NetFault } from "./types.ts";

const retryableFaults: ReadonlySet<NetFault> = new Set([
  "refused",
  "dns",
  "offline",
  "reset",
  "timeout",
  "truncated",
]);

/** True for faults that another try may not meet. */
export function isRetryableFault(fault: NetFault): boolean {
  return retryableFaults.has(fault);
}

/** True for answers that another try may better: 408, 429, and 5xx but 501 and 505. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** `Retry-After` in milliseconds from `now`: seconds or an HTTP date; undefined where it is neither. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3}/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Milliseconds to wait after failed try number `attempt` (from 1): doubled each time, half of it by chance, never less than the vendor asked. */
export function retryDelayMs(attempt: number, askedMs: number | undefined, random: () => number): number {
  const full = Math.min(retryRules.maxDelayMs, retryRules.firstDelayMs * 2 ** (attempt - 1));
  const backoff = full / 2 + (full / 2) * random();
  return Math.max(backoff, Math.min(askedMs ?? 0, retryRules.maxRetryAfterMs));
}

/** Retries that all calls of one key share: when much fails at once, the vendor is not hammered by each call on its own. */
export class RetryBudget {
  readonly #clock: Clock;
  #left: number = retryRules.budget;
  #countedAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#countedAt = clock.now();
  }

  /** Takes one retry; false when there is none left. */
  take(): boolean {
    const now = this.#clock.now();
    const back = Math.max(0, now - this.#countedAt) / retryRules.budgetRefillMs;
    this.#left = Math.min(retryRules.budget, this.#left + back);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
