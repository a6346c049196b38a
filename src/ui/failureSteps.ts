import * as vscode from "vscode";
import { l10n } from "vscode";
import { commands } from "../contributions.ts";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import { baseUrlSetting } from "../settings.ts";
import type { FailureRecord } from "../vendors/errors.ts";
import { sendAgain } from "./send.ts";
import { isPutOff } from "./statusBar.ts";

/** What a user can do about a failure. */
export type FailureStep =
  | "setApiKey"
  | "openSettings"
  | "again"
  | "lookAgain"
  | "sendAnew"
  | "drop"
  | "showLog";

/** The steps that make sense for a job's failure, the likeliest first. */
export function failureSteps(job: Job, failure: FailureRecord): FailureStep[] {
  if (isPutOff(job)) return ["lookAgain"];
  if (job.state === "unknown") return job.adopted ? ["lookAgain", "drop"] : ["lookAgain", "sendAnew", "drop"];
  const steps: Partial<Record<FailureRecord["reason"], FailureStep[]>> = {
    credentials: ["setApiKey", "openSettings", "again"],
    policy: [],
    invalid: [],
    protocol: ["showLog", "again"],
    notFound: ["openSettings", "again"],
  };
  const fitting = steps[failure.reason] ?? ["again"];
  return fitting.filter(
    (step) => step !== "openSettings" || baseUrlSetting(job.request.vendor) !== undefined,
  );
}

/** What a step's button says. */
export function stepLabel(step: FailureStep): string {
  const labels: Record<FailureStep, () => string> = {
    setApiKey: () => l10n.t("Set API Key…"),
    openSettings: () => l10n.t("Open Settings"),
    again: () => l10n.t("Try Again"),
    lookAgain: () => l10n.t("Look Again"),
    sendAnew: () => l10n.t("Send Anew"),
    drop: () => l10n.t("Drop"),
    showLog: () => l10n.t("Show Log"),
  };
  return labels[step]();
}

/** Does what a step says. Answers the job that goes on because of it, if any. */
export async function takeStep(jobs: Jobs, job: Job, step: FailureStep): Promise<Job | undefined> {
  switch (step) {
    case "setApiKey":
      await vscode.commands.executeCommand(commands.setApiKey, job.request.vendor);
      return undefined;
    case "openSettings":
      await vscode.commands.executeCommand(
        "workbench.action.openSettings",
        baseUrlSetting(job.request.vendor),
      );
      return undefined;
    case "showLog":
      await vscode.commands.executeCommand(commands.showLog);
      return undefined;
    case "lookAgain":
      return jobs.lookAgain(job.id);
    case "again":
      return sendAgain(jobs, job);
    case "sendAnew":
      return (await confirmSecondPayment()) ? sendAgain(jobs, job) : undefined;
    case "drop":
      await jobs.forget(job.id);
      return undefined;
  }
}

/** The vendor may have carried out the first one: the user decides whether to pay again. */
async function confirmSecondPayment(): Promise<boolean> {
  const send = l10n.t("Send Anew");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Send the same request again?"),
    {
      modal: true,
      detail: l10n.t(
        "The first one may have been carried out although no answer came. Then both are billed.",
      ),
    },
    send,
  );
  return answer === send;
}
