import { l10n } from "vscode";
import type { JobProgress } from "../jobs/types.ts";
import type { Job, JobState } from "../model/job.ts";
import { vendorEntry } from "../vendors/catalog.ts";

/** What a job's state is called. */
export function stateText(state: JobState): string {
  const texts: Record<JobState, () => string> = {
    intent: () => l10n.t("about to be sent"),
    sent: () => l10n.t("sent"),
    running: () => l10n.t("being made"),
    downloading: () => l10n.t("being downloaded"),
    done: () => l10n.t("done"),
    failed: () => l10n.t("failed"),
    cancelled: () => l10n.t("cancelled"),
    unknown: () => l10n.t("outcome not known"),
  };
  return texts[state]();
}

/** What happens to a job right now, in a sentence, and for how many whole minutes it has been under way. */
export function progressText(job: Job, progress: JobProgress | undefined, minutes = 0): string {
  const text = phaseText(job, progress);
  return minutes < 1 ? text : `${text} ${l10n.t("{0} min so far.", minutes)}`;
}

function phaseText(job: Job, progress: JobProgress | undefined): string {
  const name = vendorName(job);
  const arrived = job.assets.length > 0 ? ` ${l10n.t("{0} arrived so far.", job.assets.length)}` : "";
  if (job.state === "intent") return l10n.t("Preparing the request to {0}…", name);
  if (job.state === "downloading" || progress?.phase === "downloading") {
    return l10n.t("Downloading the result of {0}…", name) + arrived;
  }
  if (progress?.phase === "queued") return l10n.t("Waiting in the queue of {0}…", name) + arrived;
  return l10n.t("{0} is at work…", name) + arrived;
}

/** The vendor's name as people know it. */
export function vendorName(job: Job): string {
  return vendorEntry(job.request.vendor)?.name ?? job.request.vendor;
}

/** How long ago something was, in the largest unit that fits. */
export function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return l10n.t("just now");
  if (minutes < 60) return l10n.t("{0} min ago", minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return l10n.t("{0} h ago", hours);
  return l10n.t("{0} d ago", Math.floor(hours / 24));
}
