import type { Job } from "../model/job.ts";
import type { Vendor, VendorEvent } from "../vendors/contract.ts";
import { type FailureRecord, VendorError } from "../vendors/errors.ts";
import type { Collector } from "./collect.ts";
import { contextFor, requestFor } from "./context.ts";
import {
  DeadlinePassed,
  failureLine,
  failureOf,
  faultLine,
  isResendable,
  isUnforeseen,
  lookRules,
  Stop,
} from "./failures.ts";
import { LeaseLost } from "./lease.ts";
import type { Work } from "./work.ts";

/** Longest a vendor's `Retry-After` is waited for: beyond it the user is told instead of a call sent again, and a look is made all the same. */
const maxAskedMs = 120_000;
/** How much longer each pause between looks is than the one before, where the vendor says how far that goes. */
const pauseGrowth = 1.5;
/** Longest pause between looks that fail. */
const maxLookMs = 60_000;
/** Deadline of a model that the catalog no longer has. */
const defaultDeadlineMs = 900_000;

/** The vendor says that the request as a whole has failed; other errors of a look are the look's own. */
class TaskFailed extends Error {
  override readonly name = "TaskFailed";
  readonly error: VendorError;

  constructor(error: VendorError) {
    super(error.message);
    this.error = error;
  }
}

/** Writes down what a vendor tells, as it tells it. True if it said that nothing more will come. */
async function listen(
  events: AsyncIterable<VendorEvent>,
  work: Work,
  collector: Collector,
): Promise<boolean> {
  for await (const group of together(events)) {
    work.signal.throwIfAborted();
    if (isLinks(group)) await collector.announce(group);
    else if (group.type === "done") return true;
    else await heed(group, work, collector);
  }
  return false;
}

type LinkOutput = Extract<VendorEvent, { type: "output" }> & { source: { kind: "link" } };

function isLinks(group: VendorEvent | LinkOutput[]): group is LinkOutput[] {
  return Array.isArray(group);
}

function isLink(event: VendorEvent): event is LinkOutput {
  return event.type === "output" && event.source.kind === "link";
}

/**
 * The events as they come, but links that are told at once in one group: those of one answer. An answer that is the only place where
 * they stand must not be half written down.
 */
async function* together(events: AsyncIterable<VendorEvent>): AsyncGenerator<VendorEvent | LinkOutput[]> {
  const iterator = events[Symbol.asyncIterator]();
  let links: LinkOutput[] = [];
  const taken = () => {
    const group = links;
    links = [];
    return group;
  };
  let isOver = false;
  try {
    for (;;) {
      const next = iterator.next();
      if (links.length > 0 && !(await isThere(next))) yield taken();
      const { done, value } = await next;
      isOver = done === true;
      if (!done && isLink(value)) {
        links.push(value);
        continue;
      }
      if (links.length > 0) yield taken();
      if (done) return;
      yield value;
    }
  } catch (error) {
    isOver = true;
    if (links.length > 0) yield taken();
    throw error;
  } finally {
    // Not waited for: it may be in the middle of a call that nobody wants any more.
    if (!isOver) void iterator.return?.().catch(() => undefined);
  }
}

/** Whether a promise settles without anything having to come from outside. */
function isThere(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}

async function heed(event: Exclude<VendorEvent, { type: "done" }>, work: Work, collector: Collector) {
  switch (event.type) {
    case "progress": {
      const { phase = "running", fraction } = event;
      return work.progress(fraction === undefined ? { phase } : { phase, fraction });
    }
    case "output":
      return collector.add(event.index, event.source, event.facts);
    case "failed": {
      if (event.index === undefined) throw new TaskFailed(event.error);
      work.options.log(failureLine(work.job(), event.error.facts));
      return work.tell({ type: "lost", index: event.index, error: event.error.facts });
    }
    default:
      return work.tell(event);
  }
}

/** Makes the billable call and listens. Leaves the job in another state than it found it in. */
export async function send(work: Work, vendor: Vendor, collector: Collector, attempt: number): Promise<void> {
  const deadline = new AbortController();
  const stopTimer = new AbortController();
  const limit = deadlineOf(work.job(), vendor);
  work.wait(limit, stopTimer.signal).then(
    () => deadline.abort(new DeadlinePassed("deadline")),
    () => undefined,
  );
  try {
    const request = await requestFor(work, vendor);
    const context = await contextFor(work, AbortSignal.any([work.signal, deadline.signal]));
    work.progress({ phase: "running" });
    if (await listen(vendor.start(request, context), work, collector)) {
      await work.tell({ type: "ended" });
      return;
    }
    if (work.job().state === "running") return;
    throw new VendorError({ reason: "protocol", sent: "unknown", next: "brokeOff" });
  } catch (error) {
    await settleSend(work, passOn(error, work, deadline.signal), attempt);
  } finally {
    stopTimer.abort();
  }
}

async function settleSend(work: Work, error: unknown, attempt: number): Promise<void> {
  const failure = noteFailure(error, work);
  const job = work.job();
  const goesOn = job.operation !== undefined && failure.sent === "unknown" && !(error instanceof TaskFailed);
  if (goesOn) return;
  if (failure.sent === "unknown") return void (await work.tell({ type: "doubted", error: failure }));
  const refusals = job.spends.filter((spend) => spend.outcome !== "accepted").length;
  const wait = work.timings.resendMs[Math.max(refusals, attempt) - 1];
  const asked = failure.retryAfterMs ?? 0;
  const isMidway = job.operation !== undefined || job.spends.some((spend) => spend.outcome === "accepted");
  if (wait === undefined || asked > maxAskedMs || !isResendable(failure) || isMidway) {
    return void (await work.tell({ type: "failed", error: failure }));
  }
  await work.tell({ type: "refused", error: failure });
  await work.wait(Math.max(asked, wait * (1 + Math.random() / 4)), work.signal);
}

/** Looks at a running operation until it is over, or nothing but a person can help. */
export async function watch(work: Work, vendor: Vendor, collector: Collector): Promise<void> {
  const { firstMs, everyMs, maxMs = everyMs } = vendor.poll ?? { firstMs: 2_000, everyMs: 5_000 };
  // A look may make a further call, from which on the deadline counts anew; time without a network does not count.
  let awayMs = 0;
  const until = () =>
    (work.job().spends.at(-1)?.at ?? work.job().created) + deadlineOf(work.job(), vendor) + awayMs;
  if (work.fresh) await work.wait(firstMs, work.signal);
  for (let failed = 0, pause = everyMs; ; pause = Math.min(pause * pauseGrowth, maxMs)) {
    let wait = pause;
    // Somebody who asks for a look gets one at once.
    if (work.job().state !== "unknown") awayMs += await work.reach.whileAway(work.signal);
    try {
      await work.check();
      const isOver = await look(work, vendor, collector);
      failed = 0;
      if (isOver) return void (await work.tell({ type: "ended" }));
    } catch (error) {
      const failure = noteFailure(passOn(error, work), work);
      if (error instanceof TaskFailed) return void (await work.tell({ type: "failed", error: failure }));
      const rule = lookRules[failure.reason];
      if (rule.means !== "again" && failed >= rule.patience) {
        // That a look was refused says nothing about the task: it was accepted, and is paid for.
        const error: FailureRecord = rule.means === "doubted" ? { ...failure, sent: "unknown" } : failure;
        return void (await work.tell({ type: rule.means, error }));
      }
      failed++;
      const asked = Math.min(failure.retryAfterMs ?? 0, maxAskedMs);
      wait = Math.max(asked, Math.min(everyMs * 2 ** failed, maxLookMs));
    }
    if (failed > 0 && work.reach.isAway() && work.job().state !== "unknown") continue;
    const isLate = work.options.clock.now() >= until() && (failed === 0 || failed > 2);
    if (isLate) {
      return void (await work.tell({
        type: "doubted",
        error: { reason: "ambiguous", sent: "unknown", next: "deadline" },
      }));
    }
    const { state, operation } = work.job();
    if (state === "unknown" && failed > 0) return;
    if (state === "unknown" && operation !== undefined) await work.tell({ type: "accepted", operation });
    await work.wait(wait, work.signal);
  }
}

/** One look. True if the task is over. */
async function look(work: Work, vendor: Vendor, collector: Collector): Promise<boolean> {
  const { operation } = work.job();
  if (!vendor.status || operation === undefined) {
    throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
  }
  return listen(vendor.status(operation, await contextFor(work)), work, collector);
}

/** Asks a running operation for one output's link again. */
export async function freshLink(work: Work, vendor: Vendor, index: number) {
  const { operation } = work.job();
  if (!vendor.status || operation === undefined) return undefined;
  for await (const event of vendor.status(operation, await contextFor(work))) {
    if (event.type !== "output" || event.index !== index || event.source.kind !== "link") continue;
    const { url, expires } = event.source;
    const link = expires === undefined ? { url } : { url, expires };
    await work.tell({ type: "announced", output: { index, ...link, facts: { ...event.facts } as never } });
    return link;
  }
  return undefined;
}

/** Looks for the task of a job whose answer never came, and adopts it if there is exactly one that no other job has. */
export async function find(work: Work, vendor: Vendor): Promise<void> {
  if (!vendor.find) return;
  try {
    await work.check();
    const request = await requestFor(work, vendor);
    const since = work.job().spends.at(-1)?.at ?? work.job().created;
    const found = await vendor.find(request, since, await contextFor(work));
    const free = await Promise.all(found.map(({ operation }) => work.isFree(operation)));
    const [task, ...others] = found.filter((_task, at) => free[at]);
    if (!task || others.length > 0 || !(await work.claim(task.operation))) return;
    await work.tell({ type: "accepted", operation: task.operation });
  } catch (error) {
    noteFailure(passOn(error, work), work);
  }
}

/** Lets a stop or a lost lease through, whatever the vendor made of it. */
function passOn(error: unknown, work: Work, deadline?: AbortSignal): unknown {
  if (work.signal.aborted) throw work.signal.reason;
  if (error instanceof LeaseLost || error instanceof Stop) throw error;
  return deadline?.aborted ? deadline.reason : error;
}

function noteFailure(thrown: unknown, work: Work): FailureRecord {
  const error = thrown instanceof TaskFailed ? thrown.error : thrown;
  const failure = failureOf(error, work.job());
  const line = failureLine(work.job(), failure);
  work.options.log(isUnforeseen(error) ? { ...line, fault: faultLine(error) } : line);
  return failure;
}

function deadlineOf(job: Job, vendor: Vendor): number {
  const model = vendor.models.find((entry) => entry.id === job.request.model);
  return model?.operations[job.request.operation]?.deadlineMs ?? defaultDeadlineMs;
}
