import { isOpen, mayBeBilled } from "../jobs/machine.ts";
import type { Job } from "../model/job.ts";
import { abilities } from "../vendors/abilities.ts";
import type { Vendor } from "../vendors/contract.ts";
import type { FailureRecord } from "../vendors/errors.ts";
import { failureSteps } from "./failureSteps.ts";
import { isRunning } from "./statusBar.ts";

/** What can be done with a job in the tree: words in an item's context value, by which the menus choose their commands. */
export type JobAction =
  | "open"
  | "cancel"
  | "retry"
  | "lookAgain"
  | "sendAnew"
  | "drop"
  | "copyTaskId"
  | "showFacts"
  | "showAnswer"
  | "erase"
  | "forget";

/** The actions that make sense for a job as it stands. */
export function jobActions(job: Job): JobAction[] {
  const doubted = job.state === "unknown";
  const putOff = isPutOff(job);
  const settled = !doubted && (putOff || !isRunning(job));
  return [
    ...when(job.assets.length > 0, "open"),
    ...when(isRunning(job) && isOpen(job), "cancel"),
    ...when(retryOf(job) !== undefined, "retry"),
    ...when(doubted, "lookAgain"),
    ...when(doubted && !job.adopted, "sendAnew"),
    ...when(doubted, "drop"),
    "copyTaskId",
    "showFacts",
    ...when(job.answer !== undefined, "showAnswer"),
    ...when(isErasable(job), "erase"),
    ...when(settled, "forget"),
  ];
}

function when(holds: boolean, ...actions: JobAction[]): JobAction[] {
  return holds ? actions : [];
}

/** True if all that is still missing are downloads that failed and wait for their next try. */
function isPutOff(job: Job): boolean {
  const failed = new Set(job.failures.map(({ index }) => index));
  return job.pending.length > 0 && !isOpen(job) && job.pending.every(({ index }) => failed.has(index));
}

/** True if the vendor's record of a job can be deleted without loss: it has ended, and nothing is left to fetch. */
function isErasable(job: Job): boolean {
  const can: readonly string[] = abilities[job.request.vendor] ?? [];
  return can.includes("erase") && job.operation !== undefined && !isOpen(job) && job.pending.length === 0;
}

/**
 * What trying again means: fetching what is made already (`fetch`), asking for the `missing` part of a group, or sending the whole
 * request again, which may pay a second time if the first may have been carried out.
 */
export type Retry =
  | { kind: "fetch" }
  | { kind: "missing"; count: number }
  | { kind: "all"; mayPayTwice: boolean };

/** How a job's failures can be tried again; undefined if nothing failed, or the same request would fail again. */
export function retryOf(job: Job): Retry | undefined {
  if (isPutOff(job)) return { kind: "fetch" };
  if (isOpen(job) || job.pending.length > 0) return undefined;
  const failed = job.failures.filter(({ error }) =>
    failureSteps(job, error as FailureRecord).includes("again"),
  );
  if (failed.length === 0) return undefined;
  if (job.assets.length > 0) return job.adopted ? undefined : { kind: "missing", count: failed.length };
  return { kind: "all", mayPayTwice: !job.adopted && failed.some(({ error }) => error.sent === "unknown") };
}

/**
 * What cancelling will do: nothing has been sent yet; the one call is `abandoned`; the vendor takes tasks back only from its
 * `queue`, or at `any` time; or it `cannot`. `billed` says whether what is cancelled may be billed all the same.
 */
export interface CancelProspect {
  means: "unsent" | "abandoned" | "queue" | "any" | "cannot";
  billed: "no" | "maybe";
}

/** The truth about cancelling a running job, before it is tried. */
export function cancelProspect(job: Job, vendor: Vendor): CancelProspect {
  if (job.operation === undefined) {
    return mayBeBilled(job) ? { means: "abandoned", billed: "maybe" } : { means: "unsent", billed: "no" };
  }
  if (!vendor.cancel) return { means: "cannot", billed: "maybe" };
  const { reaches, billed } = vendor.cancelling ?? { reaches: "queued", billed: "no" };
  return { means: reaches === "queued" ? "queue" : "any", billed };
}

/** The id that a vendor's support would ask for: the task's own, else the job's, which a vendor may know as the id sent along. */
export function taskIdOf(job: Job, vendor: Vendor | undefined): { id: string; from: "vendor" | "easel" } {
  const id = job.operation === undefined ? undefined : vendor?.taskId?.(job.operation);
  return id === undefined ? { id: job.id, from: "easel" } : { id, from: "vendor" };
}
