import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { ChosenInput } from "../inputs.ts";
import { misfit } from "../model/assign.ts";
import type { OperationId } from "../model/operations.ts";
import type { TrackedAnchor } from "../placement/anchor.ts";
import { ensureCredentials, keyedEntries, usableAddress } from "../ui/credentialSteps.ts";
import { earlierLinks } from "../ui/earlierLinks.ts";
import { type Back, back } from "../ui/multiStep.ts";
import { loadOffers, type Offer } from "../ui/offers.ts";
import { promptTools } from "../ui/promptTools.ts";
import { regionPrompt } from "../ui/regions.ts";
import { type RequestDraft, requestOf } from "../ui/requestDraft.ts";
import { askRequest } from "../ui/requestFlow.ts";
import { isAllowed } from "../ui/trust.ts";

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
  const first = await firstOffer(services, asked.operations, offers, asked.inputs ?? []);
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
      pickRegions: (current) => regionPrompt(services.extensionUri, current, services.onFault),
    },
    services.choices,
  );
  if (draft === back) return back;
  if (draft) await send(services, draft, asked.anchor);
  return undefined;
}

/**
 * What suits the inputs best, of a vendor the user has a key for or that needs none if there is one; of those, in the order of the
 * operations, what was used last, else the first that has a key, else what needs none.
 */
async function firstOffer(
  { choices, keyring }: Services,
  operations: readonly OperationId[],
  offers: readonly Offer[],
  inputs: readonly ChosenInput[],
): Promise<Offer | undefined> {
  const [best] = offers.map(({ profile }) => misfit(profile.inputs, inputs)).sort(compare);
  const suitable = offers.filter(({ profile }) => compare(misfit(profile.inputs, inputs), best ?? []) === 0);
  const keyed = new Set<string>();
  for (const entry of keyedEntries) if (await keyring.has(entry)) keyed.add(entry.id);
  const isFree = ({ entry }: Offer) => entry.credentials.length === 0;
  const ready = suitable.filter((offer) => isFree(offer) || keyed.has(offer.entry.id));
  const pool = ready.length > 0 ? ready : suitable;
  const operation = operations.find((one) => pool.some((offer) => offer.operation === one));
  if (operation === undefined) return undefined;
  const fitting = pool.filter((offer) => offer.operation === operation);
  const remembered = choices.offer(operation, fitting);
  return remembered ?? fitting.find(({ entry }) => keyed.has(entry.id)) ?? fitting.find(isFree) ?? fitting[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((count, index) => count - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Starts the job of a confirmed draft, asking for the vendor's key first if there is none yet. */
async function send(
  services: Services,
  draft: RequestDraft,
  anchor: TrackedAnchor | undefined,
): Promise<void> {
  await services.choices.remember(draft);
  const { entry, endpoint } = draft.offer;
  if (!(await isAllowed(entry))) return;
  const address = await usableAddress(entry);
  if (!address || !(await ensureCredentials(entry, address, services.keyring))) return;
  const job = await services.jobs.start(requestOf(draft), {
    baseUrl: address.baseUrl,
    ...(Object.keys(address.settings).length > 0 ? { settings: { ...address.settings } } : {}),
    ...(endpoint ? { modelOverride: endpoint } : {}),
    ...(anchor ? { anchor: anchor.record } : {}),
    ...workspaceOf(anchor),
  });
  anchor?.bind(job.id);
  services.follow(job.id);
}

/** The workspace folder a request belongs to: the document's, else the first. */
function workspaceOf(anchor: TrackedAnchor | undefined): { workspace?: string } {
  const own = anchor && vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(anchor.record.uri, true));
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? { workspace: folder.uri.toString() } : {};
}
