import { type Clock, NetError } from "./types.ts";

/** A signal that follows a parent and a deadline. */
export interface Deadline {
  signal: AbortSignal;
  /** Aborts now. */
  abort(reason: unknown): void;
  /** Stops the timer; the parent is still followed. */
  clear(): void;
  /** Stops following the parent too. */
  release(): void;
}

/** Aborts when `parent` does, or after `ms` on `clock` until cleared. Reason of the latter: a {@link NetError} `timeout`. */
export function deadline(clock: Clock, ms: number | undefined, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const timer = new AbortController();
  const onAbort = () => {
    timer.abort();
    controller.abort(parent?.reason);
  };
  if (parent?.aborted) onAbort();
  else parent?.addEventListener("abort", onAbort, { once: true });
  if (ms !== undefined && !controller.signal.aborted) {
    clock.sleep(ms, timer.signal).then(
      () => controller.abort(new NetError("timeout", "unknown")),
      () => undefined,
    );
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    clear: () => timer.abort(),
    release: () => {
      timer.abort();
      parent?.removeEventListener("abort", onAbort);
    },
  };
}
