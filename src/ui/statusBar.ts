import * as vscode from "vscode";
import { l10n } from "vscode";
import { commands } from "../contributions.ts";
import type { Job } from "../model/job.ts";
import { listText } from "../text/quantities.ts";
import { belongsHere } from "./workspaces.ts";

/** What the status bar counts. */
interface JobCounts {
  running: number;
  waiting: number;
  unknown: number;
}

/** Jobs on their way, assets that wait for a decision, and jobs whose outcome is not known. */
export function countJobs(jobs: readonly Job[]): JobCounts {
  return {
    running: jobs.filter(isRunning).length,
    waiting: jobs.flatMap((job) => job.assets).filter((asset) => asset.state === "waiting").length,
    unknown: jobs.filter((job) => job.state === "unknown" || isPutOff(job)).length,
  };
}

/** True while something is on its way. */
export function isRunning(job: Job): boolean {
  return ["intent", "sent", "running"].includes(job.state) || (job.state === "downloading" && !isPutOff(job));
}

/** True if what is left to download has failed for now and will be tried again later. */
export function isPutOff({ state, pending, failures }: Job): boolean {
  return (
    state === "downloading" &&
    pending.every((output) => failures.some((failure) => failure.index === output.index))
  );
}

/**
 * The status bar item: what runs and what waits of what was asked for here. A click lists the jobs, or opens the only one if it
 * waits. Hidden when there is nothing.
 */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = vscode.window.createStatusBarItem("easel.jobs", vscode.StatusBarAlignment.Right, 90);
    this.#item.name = "Easel";
  }

  update(all: readonly Job[]): void {
    const jobs = all.filter(belongsHere);
    const { running, waiting, unknown } = countJobs(jobs);
    if (running + waiting + unknown === 0) {
      this.#item.hide();
      return;
    }
    const parts = [
      running > 0 ? l10n.t("{0} running", running) : "",
      waiting > 0 ? l10n.t("{0} waiting", waiting) : "",
      unknown > 0 ? l10n.t("{0} unclear", unknown) : "",
    ].filter(Boolean);
    const icon = running > 0 ? "$(loading~spin)" : unknown > 0 ? "$(question)" : "$(inbox)";
    this.#item.text = `${icon} ${l10n.t("Easel: {0}", listText(parts))}`;
    this.#item.command = commandOf(jobs);
    this.#item.tooltip = l10n.t("Show what Easel is making and what waits for your decision");
    this.#item.accessibilityInformation = { label: l10n.t("Easel: {0}", listText(parts)), role: "button" };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function commandOf(jobs: readonly Job[]): vscode.Command | string {
  const [only, ...others] = jobs.filter((job) => Object.values(countJobs([job])).some((count) => count > 0));
  if (!only || others.length > 0 || countJobs([only]).waiting === 0) return commands.showJobs;
  return { command: commands.openJob, title: l10n.t("Open Result"), arguments: [{ jobId: only.id }] };
}
