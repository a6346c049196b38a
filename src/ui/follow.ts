import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import { progressText } from "../text/jobs.ts";
import { isRunning } from "./statusBar.ts";

const tickMs = 20_000;

/**
 * Shows one job in a notification that says what happens now and can be cancelled, until nothing runs any more. Answers the job
 * as it ended, or undefined if it is gone.
 */
export function follow(
  jobs: Jobs,
  id: string,
  cancel: (id: string) => Promise<void>,
): Thenable<Job | undefined> {
  return vscode.window.withProgress(
    // The editor would set a title apart with a colon of its own, whatever the language.
    { location: vscode.ProgressLocation.Notification, cancellable: true },
    (progress, token) =>
      new Promise<Job | undefined>((resolve) => {
        let shown = 0;
        const look = (job: Job | undefined) => {
          if (!job || !isRunning(job)) {
            for (const each of subscriptions) each.dispose();
            resolve(job);
            return;
          }
          const now = jobs.progress(id);
          const minutes = Math.floor((Date.now() - (job.spends.at(-1)?.at ?? job.created)) / 60_000);
          const percent = Math.round((now?.fraction ?? 0) * 100);
          progress.report({
            message: l10n.t("Easel: {0}", progressText(job, now, minutes)),
            increment: Math.max(0, percent - shown),
          });
          shown = Math.max(shown, percent);
        };
        // Where nothing tells how far it is, the time says that it is still under way.
        const timer = setInterval(() => look(jobs.get(id)), tickMs);
        const subscriptions = [
          { dispose: () => clearInterval(timer) },
          jobs.onDidChange((changed, job) => {
            if (changed === id) look(job);
          }),
          token.onCancellationRequested(() => void cancel(id)),
        ];
        look(jobs.get(id));
      }),
  );
}

/** What cancelling came to, in one sentence about money. */
export function cancelText(billed: "no" | "maybe" | "yes"): string {
  const texts = {
    no: l10n.t("Cancelled. Nothing is billed."),
    maybe: l10n.t(
      "Cancelled. The request had already been sent: the vendor may still carry it out and bill it.",
    ),
    yes: l10n.t(
      "It is too late to cancel: the vendor carries it out and bills it. The result will be kept for you.",
    ),
  };
  return texts[billed];
}
