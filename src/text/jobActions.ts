import { l10n } from "vscode";
import type { JobsError } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { EraseResult } from "../vendors/contract.ts";
import { sentences } from "./sentences.ts";

/** A question before an act that cannot be taken back: `act` is the button that does it. */
export interface Question {
  message: string;
  detail: string;
  act: string;
}

/** What cancelling will do, see `cancelProspect`. Without a question there is nothing that cancelling could do. */
export function cancelQuestion(
  means: "abandoned" | "queue" | "any" | "cannot",
  billed: "no" | "maybe",
  vendor: string,
): Question {
  const details: Record<typeof means, () => string> = {
    abandoned: () =>
      l10n.t(
        "The request has been sent to {0} in one call that cannot be taken back. Easel hangs up; {0} may still carry it out and bill it, and what it makes cannot be fetched any more.",
        vendor,
      ),
    queue: () =>
      l10n.t(
        "{0} takes a task back only while it waits in the queue. Once it has begun, it runs to its end and is billed, and its result is kept for you.",
        vendor,
      ),
    any: () => l10n.t("{0} takes a task back at any time.", vendor),
    cannot: () =>
      l10n.t(
        "{0} cannot take a task back: it runs to its end and is billed. Its result is kept for you; you can discard it then.",
        vendor,
      ),
  };
  const bill = {
    no: l10n.t("What is taken back is not billed."),
    maybe: l10n.t("Whether what is taken back is billed, {0} does not say.", vendor),
  };
  const isTaskTakenBack = means === "queue" || means === "any";
  return {
    message: means === "cannot" ? l10n.t("This cannot be cancelled.") : l10n.t("Cancel this request?"),
    detail: sentences(details[means](), isTaskTakenBack ? bill[billed] : ""),
    act: l10n.t("Cancel the Request"),
  };
}

/** What is lost with a job that is forgotten. */
export function forgetQuestion(job: Job, act: string): Question {
  const waiting = job.assets.filter(({ state }) => state === "waiting").length;
  const lost = [
    waiting > 0
      ? l10n.t(
          "Results that wait for your decision: {0}. They are deleted and cannot be brought back.",
          waiting,
        )
      : "",
    job.pending.length > 0
      ? l10n.t("Results that were made but not fetched yet: {0}. They are lost.", job.pending.length)
      : "",
    job.state === "unknown"
      ? l10n.t(
          "If the vendor carried the request out, it is billed all the same, and Easel will not look for the result any more.",
        )
      : "",
  ].filter(Boolean);
  return {
    message: l10n.t("Forget this request?"),
    detail:
      sentences(...lost) || l10n.t("Its prompt and what is known of it are removed. No result is lost."),
    act,
  };
}

/** Before the missing part of a group is asked for again. */
export function missingQuestion(count: number): Question {
  return {
    message: l10n.t("Ask for what failed once more?"),
    detail: l10n.t(
      "A new request with the same prompt is sent for {0} of the results, and is billed like any other. What has come stays as it is.",
      count,
    ),
    act: l10n.t("Send"),
  };
}

/** Why a job could not be acted on. */
export function jobsErrorText(reason: JobsError["reason"]): string {
  const texts: Record<JobsError["reason"], () => string> = {
    busy: () =>
      l10n.t(
        "Another window is at work on this job and does not answer. Try again in half a minute, or close that window.",
      ),
    gone: () =>
      l10n.t("This result is no longer there: it was decided or removed, perhaps in another window."),
    inputs: () => l10n.t("An input file cannot be read. Check that it is still there, then ask again."),
  };
  return texts[reason]();
}

/** Asked before the vendor's record of a job is deleted. */
export function eraseQuestion(vendor: string): Question {
  return {
    message: l10n.t("Delete this task at {0}?", vendor),
    detail: l10n.t(
      "Its record and its result there are gone for good. What Easel has fetched stays here. It costs nothing, and takes nothing off the bill.",
    ),
    act: l10n.t("Delete There"),
  };
}

/** What came of deleting a record. */
export function eraseText(result: EraseResult, vendor: string): string {
  const texts: Record<EraseResult, () => string> = {
    erased: () => l10n.t("{0} has deleted the task.", vendor),
    gone: () => l10n.t("{0} no longer had the task.", vendor),
    running: () => l10n.t("The task at {0} has not ended, so it was left alone.", vendor),
    refused: () =>
      l10n.t("{0} did not delete the task. Try again later, or delete it in its console.", vendor),
  };
  return texts[result]();
}
