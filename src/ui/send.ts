import * as vscode from "vscode";
import type { Jobs, StartOptions } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { OptionValues } from "../model/options.ts";
import type { TrackedAnchor } from "../placement/anchor.ts";
import type { Keyring, VendorAddress } from "../secrets/keyring.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import type { Choices } from "./choices.ts";
import { ensureCredentials, usableAddress } from "./credentialSteps.ts";
import { type RequestDraft, requestOf } from "./requestDraft.ts";
import { isAllowed } from "./trust.ts";

/** What sending works with. */
export interface SendServices {
  choices: Choices;
  keyring: Keyring;
  jobs: Jobs;
}

/** A draft that may go out: the workspace is trusted or need not be, the address is usable, the key is there. */
export interface ClearedDraft {
  draft: RequestDraft;
  address: VendorAddress;
}

/** Asks for all that drafts still need before they may go out. Undefined if one may not: then none has gone. */
export async function clearToSend(
  { choices, keyring }: SendServices,
  drafts: readonly RequestDraft[],
): Promise<ClearedDraft[] | undefined> {
  const cleared: ClearedDraft[] = [];
  for (const draft of drafts) {
    await choices.remember(draft);
    const { entry } = draft.offer;
    if (!(await isAllowed(entry))) return undefined;
    const address = await usableAddress(entry);
    if (!address || !(await ensureCredentials(entry, address, keyring))) return undefined;
    cleared.push({ draft, address });
  }
  return cleared;
}

/** Starts the job of a confirmed draft; its markup goes to `anchor`, which from now on belongs to the job. */
export async function startJob(
  { jobs }: Pick<SendServices, "jobs">,
  { draft, address }: ClearedDraft,
  anchor: TrackedAnchor | undefined,
  stagedInputs: StartOptions["stagedInputs"] = [],
): Promise<Job> {
  const { endpoint } = draft.offer;
  const job = await jobs.start(requestOf(draft), {
    baseUrl: address.baseUrl,
    ...(Object.keys(address.settings).length > 0 ? { settings: { ...address.settings } } : {}),
    ...(endpoint ? { modelOverride: endpoint } : {}),
    ...(anchor ? { anchor: anchor.record } : {}),
    ...workspaceOf(anchor),
    stagedInputs,
  });
  anchor?.bind(job.id);
  return job;
}

/** Asks for a job's request once more, with some options changed, where a request may go out. Undefined if it may not. Throws `JobsError`. */
export async function sendAgain(
  jobs: Pick<Jobs, "retry">,
  { id, request }: Job,
  changed: OptionValues = {},
): Promise<Job | undefined> {
  const entry = vendorEntry(request.vendor);
  if (entry && !(await isAllowed(entry))) return undefined;
  return jobs.retry(id, changed);
}

/** The workspace folder a request belongs to: the document's, else the first. */
export function workspaceOf(anchor: TrackedAnchor | undefined): { workspace?: string } {
  const own = anchor && vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(anchor.record.uri, true));
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? { workspace: folder.uri.toString() } : {};
}
