import type { Job } from "../model/job.ts";
import type { Clock } from "../net/types.ts";
import { failureOf, Stop } from "./failures.ts";
import { LeaseLost } from "./lease.ts";
import { isOpen } from "./machine.ts";
import { run } from "./run.ts";
import type { Store } from "./store.ts";
import type { JobProgress, JobTimings } from "./types.ts";
import type { Wait } from "./wait.ts";
import type { Work } from "./work.ts";

/** The jobs that this process runs. */
export interface Runs {
  /** Runs a job here, if it can be had. `fresh` if this process started it. Resolves when it has come to rest; never fails. */
  launch(id: string, fresh?: boolean): Promise<void>;
  /** The coming to rest of a job that runs here; undefined if it does not. */
  ended(id: string): Promise<void> | undefined;
  /** Has a job's run stop here, and waits for that. */
  stop(id: string): Promise<void>;
  /** While anything is under way, here or in another window: heartbeats, and taking over what was left. Never fails. */
  keepUp(): Promise<void>;
  /** Stops all of them, and waits for that. */
  dispose(): Promise<void>;
}

interface RunsParts {
  store: Store;
  clock: Clock;
  timings: JobTimings;
  wait: Wait;
  /** Aborted when Easel ends: nothing is launched any more. */
  end: AbortSignal;
  /** How far each job is; a run that ends takes its entry out. */
  progress: Map<string, JobProgress>;
  workOf(id: string, signal: AbortSignal, fresh: boolean): Work;
  /** Does what other windows wish of the jobs that run here. */
  heed(): Promise<void>;
  closeIfDone(id: string): Promise<void>;
  report(id: string, error: unknown): void;
}

/** True if a job that nobody runs should be run. */
export function needsWork(job: Job): boolean {
  return job.closed === undefined && (isOpen(job) || job.pending.length > 0);
}

/** See {@link Runs}. */
export function createRuns(parts: RunsParts): Runs {
  const { store, clock, timings, wait, end, progress, report } = parts;
  const runs = new Map<string, { stop: AbortController; done: Promise<void> }>();
  /** When a job that this process has run, or found in doubt, is looked at next. */
  const nextLook = new Map<string, number>();
  let isKeepingUp = false;

  function launch(id: string, fresh = false): Promise<void> {
    const running = runs.get(id);
    if (running) return running.done;
    if (end.aborted) return Promise.resolve();
    const stop = new AbortController();
    const done = carry(id, stop, fresh).finally(() => {
      runs.delete(id);
      const job = store.get(id);
      if (job?.state === "cancelled" && job.pending.length > 0) void launch(id);
    });
    runs.set(id, { stop, done });
    void keepUp();
    return done;
  }

  async function carry(id: string, stop: AbortController, fresh: boolean): Promise<void> {
    try {
      if (!(await store.hold(id))) return;
      nextLook.set(id, Number.POSITIVE_INFINITY);
      stop.signal.throwIfAborted();
      await run(parts.workOf(id, stop.signal, fresh));
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof Stop)) await giveUp(id, error);
    } finally {
      progress.delete(id);
      if (nextLook.has(id)) nextLook.set(id, clock.now() + timings.relookMs);
      await parts.closeIfDone(id);
      await store.letGo(id).catch((error: unknown) => report(id, error));
    }
  }

  /** Something nobody foresaw, such as a full disk. Says so in the ledger if that can still be written. */
  async function giveUp(id: string, error: unknown): Promise<void> {
    report(id, error);
    const job = store.get(id);
    if (!job) return;
    const failure = failureOf(error, job);
    const type = failure.sent === "unknown" ? "doubted" : "failed";
    await store.tell(id, { type, error: failure }).catch(() => undefined);
  }

  async function keepUp(): Promise<void> {
    if (isKeepingUp) return;
    isKeepingUp = true;
    try {
      while (runs.size > 0 || store.all().some(needsWork)) {
        await wait(timings.beatMs, end);
        await Promise.all(
          [...runs].map(([id, { stop }]) => store.beat(id).catch(() => stop.abort(new Stop("lost")))),
        );
        await parts.heed();
        await store.refresh();
        for (const job of store.all()) if (needsWork(job) && isDue(job)) void launch(job.id);
      }
    } catch (error) {
      if (!end.aborted) report("", error);
    } finally {
      isKeepingUp = false;
    }
  }

  /** A job in doubt or put off is looked at now and then; one that nobody runs, at once. */
  function isDue(job: Job): boolean {
    const at = nextLook.get(job.id);
    if (at === undefined && job.state === "unknown") nextLook.set(job.id, clock.now() + timings.relookMs);
    return (nextLook.get(job.id) ?? 0) <= clock.now();
  }

  return {
    launch,
    ended: (id) => runs.get(id)?.done,
    async stop(id) {
      const running = runs.get(id);
      running?.stop.abort(new Stop("stopped"));
      await running?.done;
    },
    keepUp,
    async dispose() {
      const ending = [...runs.values()];
      for (const { stop } of ending) stop.abort(new Stop("disposed"));
      await Promise.all(ending.map(({ done }) => done));
    },
  };
}
