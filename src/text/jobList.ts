import { l10n } from "vscode";
import type { JobProgress } from "../jobs/types.ts";
import type { Estimate, Model } from "../model/catalog.ts";
import type { AssetState, Job } from "../model/job.ts";
import type { Usage } from "../vendors/contract.ts";
import { estimateText, money, usageText } from "./cost.ts";
import { stateText, vendorName } from "./jobs.ts";
import { listText } from "./quantities.ts";

/** What a job's state comes to in its list: how far it is, what waits, what failed. */
export function standingText(job: Job, progress: JobProgress | undefined): string {
  const waiting = job.assets.filter(({ state }) => state === "waiting").length;
  const counts = [
    waiting > 0 ? l10n.t("{0} waiting", waiting) : "",
    waiting > 0 && job.failures.length > 0 ? l10n.t("{0} failed", job.failures.length) : "",
  ];
  const isSettled = ["done", "failed", "cancelled"].includes(job.state) && waiting > 0;
  const state = isSettled ? "" : runningText(job, progress);
  return listText([state, ...counts].filter(Boolean));
}

function runningText(job: Job, progress: JobProgress | undefined): string {
  if (job.state === "running" && progress?.phase === "queued") return l10n.t("in the queue");
  const percent = progress?.fraction === undefined ? "" : ` ${Math.round(progress.fraction * 100)} %`;
  const state = progress?.phase === "downloading" ? "downloading" : job.state;
  return stateText(state) + percent;
}

/** What an asset's state is called in the list. */
export function assetStateText(state: AssetState): string {
  const texts: Record<AssetState, () => string> = {
    waiting: () => l10n.t("Waiting"),
    placed: () => l10n.t("Placed"),
    saved: () => l10n.t("Saved"),
    discarded: () => l10n.t("Discarded"),
  };
  return texts[state]();
}

/** What a job cost, or will cost, or may have cost; empty if nothing can be said. Short: money where there is a price. */
export function costText(job: Job, estimate: Estimate | undefined): string {
  const { usage } = job;
  if (usage) return usage.money ? money(usage.money.amount, usage.money.currency) : usageText(usage as Usage);
  if (estimate?.kind === "free") return estimateText(estimate);
  const isOver = job.state === "failed" || job.state === "cancelled";
  const maybe =
    job.state === "unknown" ||
    job.cancelled?.billed === "maybe" ||
    (isOver && job.failures.some(({ error }) => error.sent === "unknown"));
  if (isOver && !maybe && job.assets.length === 0) return l10n.t("not billed");
  const amount = estimate && estimate.kind !== "unknown" ? estimateText(estimate) : "";
  if (maybe) return amount ? l10n.t("perhaps billed, {0}", amount) : l10n.t("perhaps billed");
  return amount;
}

/** Vendor and model, without saying the vendor's name twice. */
export function makerText(job: Job, model: Model | undefined): string {
  const vendor = vendorName(job);
  const name = model?.name ?? job.request.model;
  return name.startsWith(vendor) ? name : `${vendor} · ${name}`;
}
