import type { Job } from "../model/job.ts";
import type { Vendor } from "../vendors/contract.ts";
import { createCollector } from "./collect.ts";
import { mayBeBilled } from "./machine.ts";
import { find, freshLink, send, watch } from "./vendorRun.ts";
import type { Work } from "./work.ts";

/** An intent that an earlier process left this long ago is not sent without asking again. */
const staleIntentMs = 3_600_000;

/** What a job needs next. */
type Step = "send" | "stale" | "doubt" | "watch" | "find" | "rest";

/** Takes a job as far as it goes: over, waiting for a person, or put off. Throws `LeaseLost` and `Stop`. */
export async function run(work: Work): Promise<void> {
  const vendor = await work.options.loadVendor(work.job().request.vendor);
  const collector = createCollector(work, (index) => freshLink(work, vendor, index));
  await collector.carryOn();
  // What an earlier process had finished counts as come, before what is missing counts as lost.
  if (work.job().operation === undefined) await collector.drain();
  const looks = [...work.timings.findMs];
  for (let attempt = 1; ; ) {
    switch (nextStep(work, vendor)) {
      case "send":
        await send(work, vendor, collector, attempt++);
        break;
      case "stale":
        await work.tell({
          type: "failed",
          error: { reason: "expired", sent: "no", retryable: true, next: "staleIntent" },
        });
        break;
      case "doubt":
        await work.tell({
          type: "doubted",
          error: { reason: "ambiguous", sent: "unknown", next: "interrupted" },
        });
        break;
      case "watch":
        await watch(work, vendor, collector);
        if (work.job().state === "unknown") return collector.drain();
        break;
      case "find": {
        const wait = looks.shift();
        if (wait === undefined) return collector.drain();
        await work.wait(wait, work.signal);
        await find(work, vendor);
        break;
      }
      case "rest":
        return collector.drain();
    }
  }
}

/** A call that may have been carried out and whose answer nobody wrote down is never made again: the job is in doubt. */
function nextStep(work: Work, vendor: Vendor): Step {
  const job = work.job();
  switch (job.state) {
    case "intent":
    case "sent":
      if (mayBeBilled(job)) return "doubt";
      return !work.fresh && isStale(job, work.options.clock.now()) ? "stale" : "send";
    case "running":
      return vendor.status ? "watch" : "doubt";
    case "unknown":
      if (job.operation !== undefined) return vendor.status ? "watch" : "rest";
      return vendor.find ? "find" : "rest";
    default:
      return "rest";
  }
}

function isStale(job: Job, now: number): boolean {
  return now - job.updated > staleIntentMs;
}
