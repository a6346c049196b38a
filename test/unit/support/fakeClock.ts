import type { Clock } from "../../../src/net/types.ts";

interface Sleeper {
  at: number;
  wake: () => void;
}

/** A clock that moves only when told, or by itself over short sleeps. */
export class FakeClock implements Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  /** Sleeps shorter than this (milliseconds) pass at once and move the clock; longer ones wait for `advance`. */
  skipBelowMs = 0;
  #now: number;
  readonly #sleepers = new Set<Sleeper>();
  #watchers: (() => void)[] = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Sleepers that wait now. */
  get waiting(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (ms < this.skipBelowMs) {
        this.#now += ms;
        return resolve();
      }
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", onAbort, { once: true });
      for (const tell of this.#watchers.splice(0)) tell();
    });
  }

  /** Resolves once at least `count` sleepers wait. */
  async asleep(count = 1): Promise<void> {
    while (this.#sleepers.size < count) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Moves the clock, waking each sleeper at its own time. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#now = end;
  }
}
