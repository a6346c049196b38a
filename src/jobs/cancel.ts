import type { Job } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { Vendor } from "../vendors/contract.ts";
import { contextFor } from "./context.ts";
import { failureLine, failureOf } from "./failures.ts";
import { isOpen } from "./machine.ts";
import type { Store } from "./store.ts";
import type { CancelOutcome } from "./types.ts";
import type { Work } from "./work.ts";

interface CancelParts {
  store: Store;
  vendor(): Promise<Vendor>;
  work(): Work;
  /** Has the window that runs the job cancel it; undefined if this one has come to hold it. Throws `JobsError` `busy`. */
  askOwner(): Promise<CancelOutcome | undefined>;
  /** Aborts what the job is doing here and waits until it has stopped. */
  stop(): Promise<void>;
  finish(): Promise<void>;
}

const tooLate: CancelOutcome = { result: "tooLate", billed: "yes" };

/**
 * Cancels a job as far as can be. What has an operation is cancelled at the vendor or not at all: giving up on it here would only
 * lose what is paid for. A call whose answer is still out is aborted; whether it is billed then nobody can tell.
 */
export async function cancelJob(job: Job, parts: CancelParts): Promise<CancelOutcome> {
  const { store } = parts;
  if (!isOpen(job)) return job.state === "downloading" ? tooLate : { ...tooLate, billed: billedOf(job) };
  const wasHeld = store.holds(job.id);
  if (!wasHeld && !(await store.hold(job.id))) {
    const outcome = await parts.askOwner();
    if (outcome) return outcome;
  }
  try {
    const { operation } = store.get(job.id) ?? job;
    const outcome = operation === undefined ? undefined : await askVendor(operation, parts);
    if (outcome && outcome.result !== "cancelled") return outcome;
    const told = await store.tell(
      job.id,
      outcome
        ? { type: "cancelled", billed: outcome.billed === "no" ? "no" : "maybe" }
        : { type: "cancelled" },
    );
    if (told.state !== "cancelled") return tooLate;
    await parts.stop();
    return { result: "cancelled", billed: told.cancelled?.billed ?? "no" };
  } finally {
    if (!wasHeld) await store.letGo(job.id);
    await parts.finish();
  }
}

async function askVendor(operation: Json, parts: CancelParts): Promise<CancelOutcome> {
  const vendor = await parts.vendor();
  if (!vendor.cancel) return { result: "cannot", billed: "yes" };
  const work = parts.work();
  try {
    await work.check();
    const { result } = await vendor.cancel(operation, await contextFor(work));
    return { result, billed: result === "cancelled" ? (vendor.cancelling?.billed ?? "no") : "yes" };
  } catch (error) {
    work.options.log(failureLine(work.job(), failureOf(error, work.job())));
    return { result: "cannot", billed: "maybe" };
  }
}

function billedOf(job: Job): CancelOutcome["billed"] {
  if (job.state === "cancelled") return job.cancelled?.billed ?? "no";
  if (job.state === "done") return "yes";
  return job.failures.some(({ error }) => error.sent === "unknown") ? "maybe" : "no";
}
