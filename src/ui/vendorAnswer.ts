import { l10n } from "vscode";
import type { Job } from "../model/job.ts";
import { vendorName } from "../text/jobs.ts";
import type { ReadOnlyTexts } from "./readOnly.ts";

/** Opens what the vendor answered as JSON, read-only, in an editor of its own. */
export async function showAnswer(texts: ReadOnlyTexts, job: Job): Promise<void> {
  const name = `${l10n.t("Answer of {0}", vendorName(job))}.json`;
  await texts.show(name, `${JSON.stringify(job.answer ?? null, null, 2)}\n`);
}
