import * as vscode from "vscode";
import type { Jobs } from "../jobs/types.ts";
import { maxRecipeBytes, readRecipe, recipeSuffix } from "../placement/recipe.ts";
import type { Origin } from "./again.ts";
import type { GalleryEntry } from "./galleryIndex.ts";

/** The job of an entry and its id there, while the job is open. */
export function jobOf(jobs: Pick<Jobs, "get">, { id, jobId }: GalleryEntry) {
  const job = jobId === undefined ? undefined : jobs.get(jobId);
  const assetId = id.slice(id.indexOf("/") + 1);
  const asset = job?.assets.find((one) => one.id === assetId);
  return job && asset ? { job, asset } : undefined;
}

/** What is known of how an asset was made: from its open job, else from a recipe beside it, else only what the list has. */
export async function originOfEntry(jobs: Pick<Jobs, "get">, entry: GalleryEntry): Promise<Origin> {
  const { operation, vendor, model, seed } = entry;
  const open = jobOf(jobs, entry);
  if (open) {
    const { request, modelOverride } = open.job;
    const { prompt, options } = request;
    return { operation, vendor, model, endpoint: modelOverride, prompt, options, job: open.job, seed };
  }
  const recipe = entry.state === "discarded" ? undefined : await recipeBeside(entry.uri);
  if (!recipe) return { operation, vendor, model, seed };
  return {
    operation: recipe.operation ?? operation,
    vendor: recipe.vendor ?? vendor,
    model: recipe.model ?? model,
    endpoint: recipe.endpoint,
    prompt: recipe.prompt,
    ...(recipe.options ? { options: recipe.options } : {}),
    seed: recipe.seed ?? seed,
  };
}

async function recipeBeside(uri: string) {
  const at = vscode.Uri.parse(uri, true);
  const file = at.with({ path: at.path + recipeSuffix });
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > maxRecipeBytes) return undefined;
    return readRecipe(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch {
    return undefined;
  }
}
