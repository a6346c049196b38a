import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { JobsError } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import { failureSentences } from "../text/errors.ts";
import {
  cancelQuestion,
  eraseQuestion,
  eraseText,
  forgetQuestion,
  jobsErrorText,
  missingQuestion,
  type Question,
} from "../text/jobActions.ts";
import { vendorName } from "../text/jobs.ts";
import { type FailureStep, takeStep } from "../ui/failureSteps.ts";
import { cancelProspect, retryOf, taskIdOf } from "../ui/jobActions.ts";
import type { JobNode } from "../ui/jobNodes.ts";
import { sendAgain } from "../ui/send.ts";
import { showAnswer } from "../ui/vendorAnswer.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import { VendorError } from "../vendors/errors.ts";

type Act = (services: Services, job: Job, node: JobNode) => Promise<void> | void;

/** A command on a row of the jobs tree; anything else that calls it hands in `{ jobId }`. */
function onJob(act: Act): (services: Services, args: readonly unknown[]) => Promise<void> {
  return async (services, [node]) => {
    const job = services.jobs.get((node as { jobId?: string } | undefined)?.jobId ?? "");
    try {
      if (!job) throw new JobsError("gone");
      await act(services, job, node as JobNode);
    } catch (error) {
      if (!(error instanceof JobsError)) throw error;
      vscode.window.showWarningMessage(jobsErrorText(error.reason));
    }
  };
}

/** Opens the review sheet, at the result that was chosen. */
export const openJob = onJob(({ review }, job, node) =>
  review.open(job.id, node.kind === "asset" ? node.assetId : undefined),
);

/** Cancels after saying what that does at the vendor and to the bill. */
export const cancelJob = onJob(async (services, job) => {
  const prospect = cancelProspect(job, await services.loadVendor(job.request.vendor));
  if (prospect.means !== "unsent") {
    const question = cancelQuestion(prospect.means, prospect.billed, vendorName(job));
    if (prospect.means === "cannot") {
      await vscode.window.showInformationMessage(question.message, { modal: true, detail: question.detail });
      return;
    }
    if (!(await confirm(question, l10n.t("Go On Waiting")))) return;
  }
  await services.cancel(job.id);
});

/** Tries again what failed, at the lowest price: fetching, asking for the missing part, or all of it. */
export const retryJob = onJob(async (services, job) => {
  const retry = retryOf(job);
  switch (retry?.kind) {
    case undefined:
      return;
    case "fetch":
      return step(services, job, "lookAgain");
    case "missing": {
      if (!(await confirm(missingQuestion(retry.count)))) return;
      const { count } = job.request.options;
      const changed = typeof count === "number" && count > retry.count ? { count: retry.count } : {};
      const next = await sendAgain(services.jobs, job, changed);
      if (next) services.follow(next.id);
      return;
    }
    case "all":
      return step(services, job, retry.mayPayTwice ? "sendAnew" : "again");
  }
});

export const lookAgainAtJob = onJob((services, job) => step(services, job, "lookAgain"));
export const sendJobAnew = onJob((services, job) => step(services, job, "sendAnew"));

async function step(services: Services, job: Job, id: FailureStep): Promise<void> {
  const going = await takeStep(services.jobs, job, id);
  if (going) services.follow(going.id);
}

export const dropJob = onJob((services, job) => forget(services, job, l10n.t("Drop")));
export const forgetJob = onJob((services, job) => forget(services, job, l10n.t("Forget")));

async function forget({ jobs, review }: Services, job: Job, act: string): Promise<void> {
  if (!(await confirm(forgetQuestion(job, act)))) return;
  await jobs.forget(job.id);
  review.close(job.id);
}

export const copyTaskId = onJob(async ({ loadVendor }, job) => {
  const { id, from } = taskIdOf(job, await loadVendor(job.request.vendor).catch(() => undefined));
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(
    from === "vendor"
      ? l10n.t("Copied the task id {0}.", id)
      : l10n.t("{0} gave no task id; copied Easel’s own job id {1}.", vendorName(job), id),
    5_000,
  );
});

export const showJobFacts = onJob(({ facts }, job) => facts.open(job.id));

export const showJobAnswer = onJob(({ texts }, job) => showAnswer(texts, job));

/** Deletes the vendor's record of a job and the result there, once the user has confirmed it; what is here stays. */
export const eraseJob = onJob(async (services, job) => {
  const entry = vendorEntry(job.request.vendor);
  const { operation } = job;
  if (!entry || operation === undefined) return;
  if (!(await confirm(eraseQuestion(vendorName(job))))) return;
  try {
    // A key goes to the address it was entered for, and to no other that a job may still name.
    const result = await services.aside(entry, new AbortController().signal, async ({ erase }, context) =>
      context.baseUrl === job.baseUrl ? erase?.(operation, context) : "refused",
    );
    if (result) vscode.window.showInformationMessage(eraseText(result, vendorName(job)));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    vscode.window.showErrorMessage(failureSentences(error.facts, entry.name));
  }
});

async function confirm({ message, detail, act }: Question, keep?: string): Promise<boolean> {
  const leave = { title: keep ?? l10n.t("Keep"), isCloseAffordance: true };
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail },
    { title: act, isCloseAffordance: false },
    leave,
  );
  return answer?.title === act;
}
