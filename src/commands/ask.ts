import { Readable } from "node:stream";
import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { ChosenInput } from "../inputs.ts";
import type { StartOptions } from "../jobs/types.ts";
import type { OperationId } from "../model/operations.ts";
import type { TrackedAnchor } from "../placement/anchor.ts";
import { earlierLinks } from "../ui/earlierLinks.ts";
import { firstOffer, usableVendors } from "../ui/firstOffer.ts";
import { maskInput } from "../ui/mask.ts";
import { type Back, back } from "../ui/multiStep.ts";
import { loadOffers } from "../ui/offers.ts";
import { promptTools } from "../ui/promptTools.ts";
import { regionPrompt } from "../ui/regions.ts";
import { inputsOf, type RequestDraft } from "../ui/requestDraft.ts";
import { askRequest } from "../ui/requestFlow.ts";
import { clearToSend, startJob } from "../ui/send.ts";

/** What a command asks with. */
export interface Ask {
  title: string;
  /** What may come of it. The one that suits the inputs best is asked for first; of equals, the first here. */
  operations: readonly OperationId[];
  prompt?: string | undefined;
  inputs?: readonly ChosenInput[];
  /** Where the markup will go, remembered before the first question. */
  anchor: TrackedAnchor | undefined;
  stepsBefore?: number;
}

/**
 * From a question to a job on its way: asks for the request, sees to the key, and hands it to jobs. The result is shown when
 * it comes. Answers {@link back} if the user went back from the first step.
 */
export async function ask(services: Services, asked: Ask): Promise<Back | undefined> {
  const offers = await loadOffers(asked.operations, services.clock.now());
  const usable = await usableVendors(services.keyring, vscode.workspace.isTrusted);
  const first = firstOffer(services.choices, usable, asked.operations, offers, asked.inputs ?? []);
  if (!first) {
    vscode.window.showInformationMessage(l10n.t("No vendor that Easel knows can do this now."));
    return undefined;
  }
  const draft = await askRequest(
    {
      title: asked.title,
      offers,
      first,
      prompt: asked.prompt ?? "",
      inputs: asked.inputs ?? [],
      stepsBefore: asked.stepsBefore ?? 0,
      promptTools: await promptTools(services),
      earlierLinks: (slot, { entry }) =>
        earlierLinks(services.jobs.list(), slot, entry.id, services.clock.now()),
      paintMask: (current) => maskInput(services.extensionUri, current, services.onFault),
      pickRegions: (current) => regionPrompt(services.extensionUri, current, services.onFault),
    },
    services.choices,
  );
  if (draft === back) return back;
  if (draft) await send(services, draft, asked.anchor);
  return undefined;
}

/** Starts the job of a confirmed draft, asking for the vendor's key first if there is none yet. */
async function send(
  services: Services,
  draft: RequestDraft,
  anchor: TrackedAnchor | undefined,
): Promise<void> {
  const [cleared] = (await clearToSend(services, [draft])) ?? [];
  if (!cleared) return;
  const job = await startJob(services, cleared, anchor, heldInputs(draft));
  services.follow(job.id);
}

/** What the draft's job has to keep: inputs that are no files and that nobody else keeps. */
function heldInputs(draft: RequestDraft): NonNullable<StartOptions["stagedInputs"]> {
  return inputsOf(draft).used.flatMap(({ source, held }) =>
    held && source.kind === "staged" ? [{ file: source.file, open: () => Readable.from([held]) }] : [],
  );
}
