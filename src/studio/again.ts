import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { l10n } from "vscode";
import { linkInput } from "../inputs.ts";
import type { Jobs } from "../jobs/types.ts";
import type { Job } from "../model/job.ts";
import type { OperationId } from "../model/operations.ts";
import { type OptionValues, optionFields } from "../model/options.ts";
import type { InputRef } from "../model/request.ts";
import { type Offer, offerId } from "../ui/offers.ts";
import type { Compose, ComposeInput } from "./compose.ts";
import type { References } from "./references.ts";

/** What an asset was made with, as far as it is known. */
export interface Origin {
  operation: OperationId;
  vendor: string;
  model: string;
  endpoint?: string | undefined;
  prompt?: string;
  options?: OptionValues;
  /** Where its inputs can still be had: of an open job. */
  job?: Job;
  seed?: number | undefined;
}

export interface AgainParts {
  compose: Compose;
  jobs: Pick<Jobs, "stagingFolder">;
  references: References;
}

/**
 * Fills Compose with what an asset was made with; the draft that was there goes to the history. Answers what could not be brought
 * back, in words.
 */
export async function editAgain(parts: AgainParts, origin: Origin, lockSeed: boolean): Promise<string[]> {
  const { compose } = parts;
  const offers = compose.offers(origin.operation);
  const offer =
    offers.find((one) => isSame(one, origin)) ?? offers.find(({ model }) => model.id === origin.model);
  const { inputs, lost } = await inputsAgain(parts, origin.job);
  const before = compose.draft.prompt;
  compose.replace({
    operation: origin.operation,
    // Where no words are known of it, the user's own stay.
    prompt: origin.prompt ?? before,
    inputs,
    chosen: offer ? [offerId(offer)] : compose.draft.chosen,
  });
  if (!offer) {
    compose.setOperation(origin.operation);
    lost.push(l10n.t("{0} is not offered any more; another model was chosen.", origin.model));
    return lost;
  }
  const { seed: _seed, ...options } = origin.options ?? {};
  const hasSeed = optionFields(offer.profile.options).some(({ key }) => key === "seed");
  const seed = lockSeed && hasSeed ? (origin.seed ?? origin.options?.seed) : undefined;
  compose.setOptions(offer, { ...options, ...(seed === undefined ? {} : { seed }) });
  return lost;
}

function isSame({ entry, model, endpoint }: Offer, origin: Origin): boolean {
  return entry.id === origin.vendor && model.id === origin.model && endpoint === origin.endpoint;
}

async function inputsAgain(
  { jobs, references }: AgainParts,
  job: Job | undefined,
): Promise<{ inputs: ComposeInput[]; lost: string[] }> {
  const inputs: ComposeInput[] = [];
  const lost: string[] = [];
  for (const [index, ref] of (job?.request.inputs ?? []).entries()) {
    const given = job && (await inputAgain(references, dirname(jobs.stagingFolder(job.id)), ref));
    if (given) inputs.push({ id: `${job.id}-${index}`, ...given, input: { ...given.input, role: ref.role } });
    else lost.push(l10n.t("{0} is no longer there: add it again.", ref.name));
  }
  return { inputs, lost };
}

async function inputAgain(
  references: References,
  folder: string,
  { role, name, source }: InputRef,
): Promise<Omit<ComposeInput, "id"> | undefined> {
  if (source.kind === "link") {
    const kind = role === "video" ? "video" : role === "audio" ? "audio" : "image";
    return { input: linkInput(kind, source.url, name) };
  }
  const bytes =
    source.kind === "staged" ? await readFile(join(folder, source.file)).catch(() => undefined) : undefined;
  const reference =
    source.kind === "file"
      ? await references.file(vscode.Uri.parse(source.uri, true))
      : bytes && (await references.bytes(name, bytes));
  return reference && "given" in reference ? reference.given : undefined;
}
