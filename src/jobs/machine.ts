import type { AnchorRecord, Asset, Job, JobState, PendingOutput, Spend } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { OptionValues } from "../model/options.ts";
import type { Usage } from "../vendors/contract.ts";
import type { FailureRecord } from "../vendors/errors.ts";

/** What the user decided about an asset. `landed` is where the file went. `waiting` takes any decision back. */
export type Decision =
  | { state: "placed" | "saved"; landed: { uri: string; at: number } }
  | { state: "discarded" }
  | { state: "waiting" };

/** What the user wrote about an asset, and where it is about to land. */
export interface AssetNote {
  alt?: string;
  fileName?: string;
  placing?: { uri: string; at: number };
  /** Name of a still picture for a video, in the folder of the results. */
  poster?: string;
}

/** Everything that can happen to a job. `at` is ms since the epoch. */
export type JobEvent = { at: number } & (
  | { type: "spent"; step: string }
  | { type: "settled"; step: string; outcome: Exclude<Spend["outcome"], "open"> }
  | { type: "accepted"; operation: Json }
  | { type: "announced"; output: PendingOutput }
  | { type: "stored"; asset: Asset }
  | { type: "lost"; index: number; error: FailureRecord }
  | { type: "delayed"; index: number; error: FailureRecord }
  | { type: "ended" }
  | { type: "refused"; error: FailureRecord }
  | { type: "failed"; error: FailureRecord }
  | { type: "doubted"; error: FailureRecord }
  | { type: "cancelled"; billed?: "no" | "maybe" }
  | { type: "decided"; asset: string; decision: Decision }
  | { type: "noted"; asset: string; note: AssetNote }
  | { type: "anchored"; anchor: AnchorRecord | undefined }
  | { type: "text"; text: string }
  | { type: "answer"; body: Json }
  | { type: "warning"; code: string; args?: Record<string, string | number> }
  | { type: "usage"; usage: Usage }
  | { type: "closed" }
);

/** States in which the vendor may still bring something. */
const openStates: readonly JobState[] = ["intent", "sent", "running", "unknown"];

/** True while the vendor's part of the job is not over. */
export function isOpen(job: Job): boolean {
  return openStates.includes(job.state);
}

/** True if the last billable call may have been carried out. Those before it were answered, or it would not have been made. */
export function mayBeBilled(job: Job): boolean {
  const last = job.spends.at(-1);
  return last !== undefined && last.outcome !== "refused";
}

/** True when nothing is left to do: nothing is on its way and each asset is decided. A failure stays until it is seen to. */
export function isClosed(job: Job): boolean {
  if (job.pending.length > 0 || job.assets.some((asset) => asset.state === "waiting")) return false;
  return job.state === "cancelled" || (job.state === "done" && job.assets.length > 0);
}

/**
 * The job after an event; the very same object if the event does not apply in its state. Failed, cancelled and done absorb
 * whatever the vendor says later; assets go on being stored and decided in any state. One that has closed is only decided about:
 * a late word would stay for good.
 */
export function apply(job: Job, event: JobEvent): Job {
  if (job.closed !== undefined && event.type !== "decided") return job;
  const next = reduce(job, event);
  return next === job ? job : { ...next, updated: event.at };
}

function reduce(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case "spent":
      return isOpen(job) ? spent(job, event.step, event.at) : job;
    case "settled":
      return settle(job, event.outcome, event.step);
    case "accepted":
      return isOpen(job)
        ? { ...wellHeard(job), state: "running", operation: event.operation }
        : settle(job, "accepted");
    case "announced":
      return announce(job, event.output);
    case "stored":
      return store(job, event.asset);
    case "lost":
      return lose(job, event.index, event.error);
    case "delayed":
      return job.pending.some((output) => output.index === event.index)
        ? withFailure(job, event.error, event.index)
        : job;
    case "ended":
      return isOpen(job) ? over(wellHeard(job)) : job;
    case "refused":
      return isOpen(job) && job.operation === undefined
        ? { ...withFailure(settle(job, "refused"), event.error), state: "intent" }
        : job;
    case "failed":
      return isOpen(job)
        ? over(withFailure(settle(job, outcomeOf(event.error)), event.error), "failed")
        : job;
    case "doubted":
      return isOpen(job) ? doubt(withFailure(settle(job, "unknown"), event.error)) : job;
    case "cancelled":
      return isOpen(job)
        ? {
            ...job,
            state: "cancelled",
            cancelled: { at: event.at, billed: event.billed ?? (mayBeBilled(job) ? "maybe" : "no") },
          }
        : job;
    case "decided":
      return decide(job, event.asset, event.decision, event.at);
    case "noted":
      return changeAsset(job, event.asset, (asset) => ({ ...asset, ...event.note }));
    case "anchored":
      return withAnchor(job, event.anchor);
    case "text":
      return { ...job, texts: [...job.texts, event.text] };
    case "answer":
      return { ...job, answer: event.body };
    case "warning":
      return withWarning(job, event);
    case "usage":
      return { ...job, usage: event.usage };
    case "closed":
      return isClosed(job) ? { ...withoutWords(job), closed: event.at } : job;
  }
}

/**
 * The job without anything the user wrote or showed, and without links: what may be kept when it has closed. The vendor's settings
 * go too, as they may hold addresses of a company's own.
 */
export function withoutWords(job: Job): Job {
  const { anchor: _anchor, answer: _answer, settings: _settings, ...rest } = job;
  const { request } = job;
  const assets = job.assets.map(({ alt: _alt, poster: _poster, fileName, facts, ...asset }) => {
    const { link: _link, linkExpires: _linkExpires, description: _description, ...lasting } = facts;
    // The name of a file that has landed is in its address anyway.
    return { ...asset, facts: lasting, ...(fileName !== undefined && asset.landed ? { fileName } : {}) };
  });
  const failures = job.failures.map(({ error: { vendorMessage: _message, ...error }, ...failure }) => ({
    ...failure,
    error,
  }));
  return {
    ...rest,
    request: { ...request, prompt: "", inputs: [], options: withoutTexts(request.options) },
    pending: [],
    texts: [],
    warnings: [],
    failures,
    assets,
  };
}

/** Options may hold free text, such as what a picture must not show; here nobody can tell it from a choice. */
function withoutTexts(options: OptionValues): OptionValues {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== "string"));
}

function spent(job: Job, step: string, at: number): Job {
  const spends = [...settle(job, "accepted").spends, { step, at, outcome: "open" as const }];
  return { ...job, spends, state: job.operation === undefined ? "sent" : job.state };
}

function outcomeOf(error: FailureRecord): "refused" | "unknown" {
  return error.sent === "unknown" ? "unknown" : "refused";
}

function settle(job: Job, outcome: Exclude<Spend["outcome"], "open">, step?: string): Job {
  const matches = (spend: Spend) => spend.outcome === "open" && (step === undefined || spend.step === step);
  if (!job.spends.some(matches)) return job;
  return { ...job, spends: job.spends.map((spend) => (matches(spend) ? { ...spend, outcome } : spend)) };
}

/** What the vendor has answered clears an earlier doubt about the job as a whole. */
function wellHeard(job: Job): Job {
  const settled = settle(job, "accepted");
  const failures = settled.failures.filter((failure) => failure.index !== undefined);
  return failures.length === settled.failures.length ? settled : { ...settled, failures };
}

function announce(job: Job, output: PendingOutput): Job {
  if (job.assets.some((asset) => asset.index === output.index)) return job;
  const known = job.pending.some((pending) => pending.index === output.index);
  if (!known && !isOpen(job)) return job;
  const pending = known
    ? job.pending.map((entry) => (entry.index === output.index ? output : entry))
    : [...job.pending, output];
  const heard = isOpen(job) ? wellHeard(job) : job;
  return { ...heard, pending, state: job.state === "intent" ? "sent" : job.state };
}

function store(job: Job, asset: Asset): Job {
  if (!job.pending.some((output) => output.index === asset.index)) return job;
  const failures = job.failures.filter((failure) => failure.index !== asset.index);
  const assets = [...job.assets, asset].sort((a, b) => a.index - b.index);
  return drained({ ...without(job, asset.index), failures, assets });
}

function lose(job: Job, index: number, error: FailureRecord): Job {
  if (job.assets.some((asset) => asset.index === index)) return job;
  if (!isOpen(job) && !job.pending.some((output) => output.index === index)) return job;
  const heard = isOpen(job) ? settle(job, "accepted") : job;
  return drained(withFailure(without(heard, index), error, index));
}

function without(job: Job, index: number): Job {
  return { ...job, pending: job.pending.filter((output) => output.index !== index) };
}

function drained(job: Job): Job {
  return job.state === "downloading" && job.pending.length === 0 ? over(job) : job;
}

/** The vendor has nothing more to bring: wait for what is on its way, else settle by what came. */
function over(job: Job, empty: "failed" | "nothing" = "nothing"): Job {
  if (job.pending.length > 0) return { ...job, state: "downloading" };
  if (job.assets.length > 0 || (job.texts.length > 0 && empty === "nothing"))
    return { ...job, state: "done" };
  const failed: Job = { ...job, state: "failed" };
  return job.failures.length > 0
    ? failed
    : withFailure(failed, { reason: "protocol", sent: "unknown", next: "nothingCame" });
}

/** Without an operation nothing can be asked again: what has come is all there is, if anything has. */
function doubt(job: Job): Job {
  const came = job.pending.length > 0 || job.assets.length > 0;
  return came && job.operation === undefined ? over(job) : { ...job, state: "unknown" };
}

function withFailure(job: Job, error: FailureRecord, index?: number): Job {
  const failures = job.failures.filter((failure) => failure.index !== index);
  const record = { ...error };
  return {
    ...job,
    failures: [...failures, index === undefined ? { error: record } : { index, error: record }],
  };
}

function withWarning(job: Job, event: { code: string; args?: Record<string, string | number> }): Job {
  const warning = event.args ? { code: event.code, args: event.args } : { code: event.code };
  const seen = job.warnings.some((known) => JSON.stringify(known) === JSON.stringify(warning));
  return seen ? job : { ...job, warnings: [...job.warnings, warning] };
}

function withAnchor({ anchor: _old, ...job }: Job, anchor: AnchorRecord | undefined): Job {
  return anchor === undefined ? job : { ...job, anchor };
}

function changeAsset(job: Job, id: string, change: (asset: Asset) => Asset): Job {
  const assets = job.assets.map((asset) => (asset.id === id ? change(asset) : asset));
  return assets.some((asset, at) => asset !== job.assets[at]) ? { ...job, assets } : job;
}

/** A decision can be taken back from any state; a new one is made only about an asset that waits. */
function decide(job: Job, id: string, decision: Decision, at: number): Job {
  const decided = changeAsset(job, id, (asset) => {
    if ((asset.state === "waiting") === (decision.state === "waiting")) return asset;
    const { landed: _landed, placing: _placing, discardedAt: _discardedAt, ...rest } = asset;
    if (decision.state === "waiting") return { ...rest, state: "waiting" };
    if (decision.state === "discarded") return { ...rest, state: "discarded", discardedAt: at };
    return { ...rest, state: decision.state, landed: decision.landed };
  });
  if (decided === job || isClosed(decided)) return decided;
  const { closed: _closed, ...reopened } = decided;
  return reopened as Job;
}
