import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import { failureSentences } from "../text/errors.ts";
import { vendorName } from "../text/jobs.ts";
import type { FailureRecord } from "../vendors/errors.ts";
import { failureSteps, stepLabel, takeStep } from "./failureSteps.ts";
import { cancelText, follow } from "./follow.ts";
import { whenAnswered } from "./multiStep.ts";
import { isRunning } from "./statusBar.ts";
import { belongsHere } from "./workspaces.ts";

/** What {@link Outcomes} works with. */
export interface OutcomesOptions {
  jobs: Jobs;
  /** Opens the review sheet of a job. */
  open(jobId: string): void;
  onFault(error: unknown): void;
}

/** Follows jobs to their end and shows what came of them: results in the review sheet, failures in words with a next step. */
export class Outcomes implements vscode.Disposable {
  readonly #options: OutcomesOptions;
  readonly #followed = new Set<string>();
  readonly #subscription: { dispose(): void };

  constructor(options: OutcomesOptions) {
    this.#options = options;
    this.#subscription = options.jobs.onDidChange((id, job) => {
      if (job && this.#followed.has(id) && job.assets.length > 0) this.#show(id);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#followed.clear();
  }

  /** Shows a job's progress, its results as they come, and its failure if it fails. */
  follow(id: string): void {
    const { jobs, onFault } = this.#options;
    this.#followed.add(id);
    Promise.resolve(follow(jobs, id, (job) => this.cancel(job)))
      .then((job) => job && this.#tell(job))
      .catch(onFault);
  }

  /** Follows the jobs that were on their way when this window opened. */
  followOpen(): void {
    for (const job of this.#options.jobs.list()) {
      if (isRunning(job) && belongsHere(job)) this.follow(job.id);
    }
  }

  /** Cancels a job and says what that came to. */
  async cancel(id: string): Promise<void> {
    const { billed } = await this.#options.jobs.cancel(id);
    vscode.window.showInformationMessage(cancelText(billed));
  }

  /** A sheet takes the focus, and Enter in it inserts: it waits while the user is answering something else. */
  #show(id: string): void {
    const { jobs, open, onFault } = this.#options;
    if (!this.#followed.delete(id)) return;
    whenAnswered()
      .then(() => jobs.get(id)?.closed === undefined && open(id))
      .catch(onFault);
  }

  async #tell(job: Job): Promise<void> {
    if (job.assets.length > 0) {
      this.#show(job.id);
      return;
    }
    this.#followed.delete(job.id);
    const failure = job.failures.at(-1)?.error as FailureRecord | undefined;
    if (job.state === "cancelled" || !failure) return;
    const { jobs, open } = this.#options;
    const details = l10n.t("Details");
    const steps = failureSteps(job, failure).slice(0, 2);
    const show =
      failure.reason === "policy" || job.state === "unknown"
        ? vscode.window.showWarningMessage
        : vscode.window.showErrorMessage;
    const answer = await show(failureSentences(failure, vendorName(job)), ...steps.map(stepLabel), details);
    if (answer === details) open(job.id);
    const step = steps.find((each) => stepLabel(each) === answer);
    if (!step) return;
    const going = await takeStep(jobs, job, step);
    if (going) this.follow(going.id);
  }
}
