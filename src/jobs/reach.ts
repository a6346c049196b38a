import { type Clock, type FreeHttp, NetError, type NetFault } from "../net/types.ts";
import type { Wait } from "./wait.ts";

/** Whether there is a network, as the calls of all jobs find it; and waiting for it without calling. */
export interface Reach {
  /** The same calls, listened to. */
  listening(http: FreeHttp): FreeHttp;
  isAway(): boolean;
  /** Resolves at once while there is a network, else when it is back or it is the caller's turn to look: to how long that took, in ms. */
  whileAway(signal: AbortSignal): Promise<number>;
}

/** Between looks for the network, of all jobs together; the last goes on. Milliseconds. */
const lookMs = [5_000, 10_000, 20_000, 30_000] as const;

/** Faults that do not say whether there is a network: what took too long may have been on its way. */
const silent: readonly NetFault[] = ["timeout", "aborted"];
const nowhere: readonly NetFault[] = ["dns", "offline"];

/**
 * The network counts as away from the moment a host cannot be found or reached until any host answers, with whatever. What a host
 * lacks that others have answered since is that host's own trouble. While the network is away one job looks now and then, in turn;
 * the others wait.
 */
export function createReach(wait: Wait, clock: Clock): Reach {
  /** Hosts that cannot be reached, by how many answers there had been when that began. */
  const failing = new Map<string, number>();
  let answers = 0;
  let looks = 0;
  let isLooking = false;
  let changed = Promise.withResolvers<void>();

  function tellAll(): void {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  const isAway = () => failing.size > 0 && [...failing.values()].includes(answers);

  function answered(host: string): void {
    const wasAway = isAway();
    failing.delete(host);
    answers++;
    looks = 0;
    if (wasAway) tellAll();
  }

  async function listened<T>(url: string, call: () => Promise<T>): Promise<T> {
    const host = URL.parse(url)?.host ?? "";
    try {
      const answer = await call();
      answered(host);
      return answer;
    } catch (error) {
      const fault = error instanceof NetError ? error.fault : "aborted";
      if (nowhere.includes(fault)) failing.set(host, failing.get(host) ?? answers);
      else if (!silent.includes(fault)) answered(host);
      throw error;
    }
  }

  return {
    isAway,

    listening: (http) => ({
      get: (request) => listened(request.url, () => http.get(request)),
      ask: (request) => listened(request.url, () => http.ask(request)),
      withdraw: (request) => listened(request.url, () => http.withdraw(request)),
    }),

    async whileAway(signal) {
      const from = clock.now();
      while (isAway()) {
        if (isLooking) {
          await orAborted(changed.promise, signal);
          continue;
        }
        isLooking = true;
        const over = new AbortController();
        const turn = wait(
          lookMs[Math.min(looks, lookMs.length - 1)] ?? 0,
          AbortSignal.any([signal, over.signal]),
        );
        try {
          await Promise.race([turn, changed.promise]);
          looks++;
          break;
        } finally {
          isLooking = false;
          turn.catch(() => undefined);
          over.abort();
          tellAll();
        }
      }
      return clock.now() - from;
    },
  };
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    void promise.then(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
}
