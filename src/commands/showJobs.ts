import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { Job } from "../model/job.ts";
import { ageText, stateText, vendorName } from "../text/jobs.ts";
import { operationText } from "../text/operations.ts";
import { back, pickOne } from "../ui/multiStep.ts";

/** Lists what Easel is making and what waits for a decision; the chosen one opens in the review sheet. */
export async function showJobs(services: Services): Promise<void> {
  const { jobs, clock } = services;
  const listed = [...jobs.list()].reverse();
  if (listed.length === 0) {
    vscode.window.showInformationMessage(l10n.t("Nothing is running and nothing waits."));
    return;
  }
  const only = listed.length === 1 ? listed[0] : undefined;
  if (only) {
    services.review.open(only.id);
    return;
  }
  const picked = await pickOne<string>(
    { title: l10n.t("Easel: Jobs") },
    {
      items: listed.map((job) => itemOf(job, clock.now())),
      placeholder: l10n.t("Which one do you want to see?"),
    },
  );
  if (picked !== undefined && picked !== back) services.review.open(picked);
}

function itemOf(job: Job, now: number) {
  const waiting = job.assets.filter((asset) => asset.state === "waiting").length;
  const facts = [
    vendorName(job),
    waiting > 0 ? l10n.t("{0} waiting", waiting) : stateText(job.state),
    ageText(now - job.created),
  ];
  return {
    label: `$(${iconOf(job)}) ${job.request.prompt || operationText(job.request.operation).label}`,
    description: facts.join(" · "),
    value: job.id,
  };
}

function iconOf(job: Job): string {
  if (job.state === "failed") return "error";
  if (job.state === "unknown") return "question";
  if (job.assets.some((asset) => asset.state === "waiting")) return "inbox";
  return job.state === "cancelled" || job.state === "done" ? "circle-slash" : "sync";
}
