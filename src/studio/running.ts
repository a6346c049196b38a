import * as vscode from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import { makerText } from "../text/jobList.ts";
import { ageText, stateText } from "../text/jobs.ts";
import { operationText } from "../text/operations.ts";
import { isRunning } from "../ui/statusBar.ts";
import { belongsHere } from "../ui/workspaces.ts";
import type { ReviewService } from "./reviewService.ts";
import type { RunningView } from "./studioViews.ts";

/** What the cards of running jobs are made from. */
export interface RunningContext {
  jobs: Jobs;
  review: Pick<ReviewService, "view" | "model">;
  batchOf(jobId: string): string | undefined;
  address(uri: vscode.Uri): string;
  now: number;
}

/** Jobs on their way, newest first, and those that need the user: they failed without a result, or nobody knows. */
export function runningViews(context: RunningContext): RunningView[] {
  const needed = context.jobs.list().filter((job) => belongsHere(job) && needsCard(job));
  return needed.toReversed().flatMap((job) => runningView(job, context) ?? []);
}

/** True if a job of this window is still on its way. */
export function anyRunning(jobs: Pick<Jobs, "list">): boolean {
  return jobs.list().some((job) => belongsHere(job) && isRunning(job));
}

function needsCard(job: Job): boolean {
  return isRunning(job) || job.state === "unknown" || job.failures.length > 0;
}

function runningView(job: Job, context: RunningContext): RunningView | undefined {
  const { jobs, review, batchOf, address, now } = context;
  const view = review.view(job.id);
  if (!view) return undefined;
  const batch = batchOf(job.id);
  const waiting = job.assets.filter(({ state }) => state === "waiting");
  return {
    jobId: job.id,
    ...(batch === undefined ? {} : { batch }),
    prompt: job.request.prompt,
    operation: operationText(job.request.operation).label,
    maker: makerText(job, review.model(job)),
    created: job.created,
    age: ageText(now - job.created),
    running: isRunning(job),
    stage: view.progress?.text ?? stateText(job.state),
    ...(view.progress?.fraction === undefined ? {} : { fraction: view.progress.fraction }),
    ...(view.expected === undefined ? {} : { expected: view.expected }),
    pictures: waiting.map((asset) => ({
      item: `${job.id}/${asset.id}`,
      index: asset.index,
      kind: asset.kind,
      src: address(vscode.Uri.file(jobs.stagedPath(job, asset))),
    })),
    canCancel: view.canCancel,
    failures: view.failures,
    cost: view.againEstimate ?? "",
  };
}
