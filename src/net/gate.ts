import type { CallLimit } from "./limits.ts";
import type { Clock } from "./types.ts";

/** Lets calls pass in the order they came, so many at once and so many a second. */
export class Gate {
  readonly #clock: Clock;
  readonly #limit: CallLimit;
  #inside = 0;
  /** When the bucket is full again (the theoretical arrival time of the cell rate algorithm). */
  #fullAt = 0;
  readonly #queue: (() => void)[] = [];

  constructor(clock: Clock, limit: CallLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Waits for a place; the function returned gives it back. Rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#inside >= this.#limit.concurrency) await this.#queued(signal);
    else this.#inside++;
    try {
      await this.#paced(signal);
    } catch (error) {
      this.#leave();
      throw error;
    }
    let left = false;
    return () => {
      if (!left) this.#leave();
      left = true;
    };
  }

  async #paced(signal: AbortSignal): Promise<void> {
    const step = 1000 / this.#limit.perSecond;
    const now = this.#clock.now();
    const start = Math.max(this.#fullAt, now);
    this.#fullAt = start + step;
    const wait = start - now - step * (this.#limit.burst - 1);
    if (wait > 0) await this.#clock.sleep(wait, signal);
  }

  #queued(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const pass = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        this.#queue.splice(this.#queue.indexOf(pass), 1);
        reject(signal.reason);
      };
      this.#queue.push(pass);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** The place goes straight to the next in line, or becomes free. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#inside--;
  }
}
