import { TimerWheel } from "../net/timer.ts";
import type { Clock } from "../net/types.ts";

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits of all jobs on one timer. */
export function createWait(clock: Clock): Wait {
  const wheel = new TimerWheel(clock);
  return (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const callOff = wheel.schedule(clock.now() + ms, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        callOff();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
}
