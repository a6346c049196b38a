import type { Job } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { Ledger } from "./ledger.ts";
import type { Reach } from "./reach.ts";
import { keepSecrets } from "./secrets.ts";
import type { Happening, Store } from "./store.ts";
import type { Tasks } from "./tasks.ts";
import type { JobProgress, JobsOptions, JobTimings } from "./types.ts";
import type { Wait } from "./wait.ts";

/** One job while this process runs it, as the parts of the runner see it. */
export interface Work {
  readonly id: string;
  readonly options: JobsOptions;
  readonly timings: JobTimings;
  /** Aborted with a `Stop` when the job is cancelled, forgotten or taken over, or Easel ends. */
  readonly signal: AbortSignal;
  /** True if this process started the job; false if it was found. */
  readonly fresh: boolean;
  /** The job as it stands now. */
  job(): Job;
  /** Writes what happened, all of it at once; resolves when the disk has it. */
  tell(...happenings: Happening[]): Promise<Job>;
  /** Throws `LeaseLost` unless the job is still this process's. */
  check(): Promise<void>;
  /** Of the lease; in the names of files that are being written. Throws `LeaseLost`. */
  nonce(): Promise<string>;
  /** Absolute path of something in the job's folder. */
  path(...names: string[]): string;
  /** Waits on the one timer that all jobs share. */
  wait: Wait;
  /** Of all jobs. */
  readonly reach: Reach;
  progress(progress: JobProgress): void;
  /** True if no other job, of whatever window and open or closed, has the task of this operation. */
  isFree(operation: Json): Promise<boolean>;
  /** Makes the task of this operation this job's; false if another was faster. */
  claim(operation: Json): Promise<boolean>;
}

/** What the work on every job shares. */
export interface WorkParts extends Pick<Work, "options" | "timings" | "wait" | "reach"> {
  store: Store;
  ledger: Ledger;
  tasks: Tasks;
  /** Called with how far a job is. */
  progress(id: string, progress: JobProgress): void;
}

/** The work on one job. Its options, and all it writes, keep the keys it was given to themselves. */
export function workOf(
  id: string,
  run: Pick<Work, "signal" | "fresh">,
  { store, ledger, tasks, progress, ...shared }: WorkParts,
): Work {
  const { options, clean } = keepSecrets(shared.options);
  return {
    ...shared,
    ...run,
    id,
    options,
    job: () => store.need(id),
    async tell(...happenings) {
      for (const happening of happenings) {
        if (happening.type === "accepted") await tasks.take(id, happening.operation);
      }
      return store.tell(id, ...happenings.map(clean));
    },
    check: async () => void (await store.check(id)),
    nonce: async () => (await store.check(id)).nonce,
    path: (...names) => ledger.path(id, ...names),
    progress: (now) => progress(id, now),
    isFree: (operation) => tasks.isFree(id, operation),
    claim: (operation) => tasks.take(id, operation),
  };
}
