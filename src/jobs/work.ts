import type { Job } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { Reach } from "./reach.ts";
import type { Happening } from "./store.ts";
import type { JobProgress, JobsOptions, JobTimings } from "./types.ts";

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
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Of all jobs. */
  readonly reach: Reach;
  progress(progress: JobProgress): void;
  /** True if no other job, of whatever window and open or closed, has the task of this operation. */
  isFree(operation: Json): Promise<boolean>;
  /** Makes the task of this operation this job's; false if another was faster. */
  claim(operation: Json): Promise<boolean>;
}
