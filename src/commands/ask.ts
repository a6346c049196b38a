import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { InputError } from "../inputs.ts";
import type { AnchorRecord } from "../model/job.ts";
import type { OperationId } from "../model/operations.ts";
import { inputErrorText } from "../text/inputs.ts";
import { ensureCredentials, usableBaseUrl } from "../ui/credentialSteps.ts";
import { back, type Back } from "../ui/multiStep.ts";
import { loadOffers, type Offer } from "../ui/offers.ts";
import { regionPrompt } from "../ui/regions.ts";
import { type DraftInput, type RequestDraft, requestOf } from "../ui/requestDraft.ts";
import { askRequest } from "../ui/requestFlow.ts";

/** What a command asks with. */
export interface Ask {
  title: string;
  operations: readonly OperationId[];
  prompt?: string | undefined;
  inputs?: readonly DraftInput[];
  /** Where the markup will go, remembered before the first question. */
  anchor: AnchorRecord | undefined;
  stepsBefore?: number;
}

/**
 * From a question to a job on its way: asks for the request, sees to the key, and hands it to jobs. The result is shown when
 * it comes. Answers {@link back} if the user went back from the first step.
 */
export async function ask(services: Services, asked: Ask): Promise<Back | undefined> {
  const offers = await loadOffers(asked.operations, services.clock.now());
  const first = await firstOffer(services, asked.operations, offers);
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
      pickRegions: (current) => regionPrompt(services.extensionUri, current, services.onFault),
    },
    services.choices,
  );
  if (draft === back) return back;
  if (draft) await send(services, draft, asked.anchor);
  return undefined;
}

/** What was used last; else the first vendor the user has a key for; else what needs none. */
async function firstOffer(
  { choices, credentials }: Services,
  operations: readonly OperationId[],
  offers: readonly Offer[],
): Promise<Offer | undefined> {
  for (const operation of operations) {
    const remembered = choices.offer(operation, offers);
    if (remembered) return remembered;
  }
  for (const offer of offers) {
    if (offer.entry.credentials.length === 0) continue;
    if ((await credentials.origins(offer.entry.id)).length > 0) return offer;
  }
  return offers.find((offer) => offer.entry.credentials.length === 0) ?? offers[0];
}

/** Starts the job of a confirmed draft, asking for the vendor's key first if there is none yet. */
async function send(services: Services, draft: RequestDraft, anchor: AnchorRecord | undefined): Promise<void> {
  await services.choices.remember(draft);
  const { entry, endpoint } = draft.offer;
  const url = await usableBaseUrl(entry);
  if (url === undefined) return;
  if (!(await ensureCredentials(entry, url, services.credentials))) return;
  try {
    const job = await services.jobs.start(requestOf(draft), {
      baseUrl: url,
      ...(endpoint ? { modelOverride: endpoint } : {}),
      ...(anchor ? { anchor } : {}),
      ...workspaceOf(anchor),
    });
    services.follow(job.id);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    vscode.window.showErrorMessage(inputErrorText(error));
  }
}

/** The workspace folder a request belongs to: the document's, else the first. */
function workspaceOf(anchor: AnchorRecord | undefined): { workspace?: string } {
  const own = anchor && vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(anchor.uri, true));
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? { workspace: folder.uri.toString() } : {};
}
