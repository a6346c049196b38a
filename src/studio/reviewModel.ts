import * as vscode from "vscode";
import type { Asset, Job } from "../model/job.ts";
import type { Placer, Wish } from "../placement/placer.ts";
import type { Plan } from "../placement/plan.ts";
import { isProblem, type PlacementProblem } from "../placement/problems.ts";
import { placementProblemText, placeText } from "../text/placement.ts";
import type { Draft, Preview, PreviewProblem } from "./protocol.ts";
import { isLayered } from "./reviewView.ts";

/** Assets that go together, the first of them (a base layer) in front; never empty. */
export type Chosen = readonly [Asset, ...Asset[]];

/** What a draft would do, worked out: shown as `preview`, carried out by its plans. */
export interface Prospect {
  preview: Preview;
  assets: Chosen;
  insert?: Plan;
  save?: Plan;
}

const nameProblems: readonly string[] = [
  "nameEmpty",
  "nameForbidden",
  "nameReserved",
  "nameEnding",
  "nameDots",
  "nameTooLong",
];
const placeProblems: readonly string[] = [
  "noAnchor",
  "documentGone",
  "anchorLost",
  "anchorAmbiguous",
  "notebookCell",
  "readOnlyDocument",
];

/** The assets an action on one of them is about: itself, or all layers of its picture that still wait, base first. */
export function chosenAssets(job: Job, assetId: string): Chosen | undefined {
  const asset = job.assets.find(({ id }) => id === assetId);
  if (!asset) return undefined;
  if (!isLayered(job)) return [asset];
  const layers = job.assets.filter(({ state }) => state === "waiting");
  const [base = asset, ...others] = layers.sort((a, b) => (a.facts.zIndex ?? 0) - (b.facts.zIndex ?? 0));
  return [base, ...others];
}

/** Works out what a draft would do: the line, the place, the file, and what stands in the way. */
export async function prospectOf(placer: Placer, job: Job, draft: Draft): Promise<Prospect | undefined> {
  const assets = chosenAssets(job, draft.assetId);
  if (!assets) return undefined;
  const wish: Wish = {
    fileName: draft.fileName,
    alt: draft.alt,
    folder: draft.folder ? vscode.Uri.parse(draft.folder, true) : undefined,
  };
  const [insert, save] = await Promise.all([
    placer.plan(job, assets, "insert", wish),
    placer.plan(job, assets, "save", wish),
  ]);
  const canInsert = !isProblem(insert);
  const canSave = !isProblem(save);
  const shown = canInsert ? insert.preview : canSave ? save.preview : undefined;
  const waits = assets.every(({ state }) => state === "waiting");
  return {
    assets,
    ...(canInsert ? { insert } : {}),
    ...(canSave ? { save } : {}),
    preview: {
      revision: `${canInsert ? insert.revision : ""}/${canSave ? save.revision : ""}`,
      ...(canInsert && insert.preview.line !== undefined ? { markup: insert.preview.line } : {}),
      ...(canInsert && insert.preview.where ? { where: placeText(insert.preview.where) } : {}),
      folder: shown?.folder ?? "",
      fileName: shown?.fileName ?? `${draft.fileName}.${assets[0].extension}`,
      ...(shown && shown.also.length > 0 ? { also: shown.also } : {}),
      problems: waits ? problemsOf(insert, save) : [],
      canInsert: waits && canInsert,
      // With no folder open, saving asks where.
      canSave: waits && (canSave || save.code === "noFolder"),
    },
  };
}

function problemsOf(insert: Plan | PlacementProblem, save: Plan | PlacementProblem): PreviewProblem[] {
  if (isProblem(save)) return [problemView(save, "error")];
  return isProblem(insert) ? [problemView(insert, "warning")] : [];
}

function problemView(problem: PlacementProblem, severity: PreviewProblem["severity"]): PreviewProblem {
  const text = placementProblemText(problem);
  if (nameProblems.includes(problem.code)) return { severity, text, field: "fileName" };
  if (placeProblems.includes(problem.code)) return { severity, text, field: "place" };
  return { severity, text, field: "folder" };
}
