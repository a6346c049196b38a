import type { Clock } from "./types.ts";

interface Entry {
  at: number;
  run: () => void;
}

/** Many appointments, one real timer: whatever waits for a time waits here. */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();
  #armed: { at: number; stop: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `run` once at `at` (milliseconds since the epoch) or as soon after as can be. The function returned calls it off. */
  schedule(at: number, run: () => void): () => void {
    const entry = { at, run };
    this.#entries.add(entry);
    this.#arm();
    return () => {
      if (this.#entries.delete(entry)) this.#arm();
    };
  }

  /** Calls everything off. */
  clear(): void {
    this.#entries.clear();
    this.#arm();
  }

  #arm(): void {
    const next = Math.min(...Array.from(this.#entries, (entry) => entry.at));
    if (this.#armed?.at === next) return;
    this.#armed?.stop.abort();
    this.#armed = undefined;
    if (next === Number.POSITIVE_INFINITY) return;
    const armed = { at: next, stop: new AbortController() };
    this.#armed = armed;
    this.#clock.sleep(Math.max(0, next - this.#clock.now()), armed.stop.signal).then(
      () => this.#fire(armed),
      () => undefined,
    );
  }

  #fire(armed: { at: number }): void {
    if (this.#armed !== armed) return;
    this.#armed = undefined;
    const now = this.#clock.now();
    const due = [...this.#entries].filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at);
    for (const entry of due) this.#entries.delete(entry);
    this.#arm();
    for (const entry of due) entry.run();
  }
}
