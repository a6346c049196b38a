import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { AnchorRecord } from "../model/job.ts";
import type { AnchorTracker, ResolvedAnchor } from "./anchor.ts";
import { exists, isReadOnly, missingFolders, namesIn } from "./disk.ts";
import { isInWorkspace, type Target, targetFolder } from "./folder.ts";
import { type LayerFacts, layerNames, layersFile, layersJson } from "./layers.ts";
import type { PlacedKind } from "./markup/types.ts";
import { baseName, fileNameProblem, freeName, nameKey } from "./naming.ts";
import { isProblem, type PlacementProblem } from "./problems.ts";
import { recipeSuffix } from "./recipe.ts";
import { isReserved } from "./reservations.ts";
import { type PlannedText, planText } from "./text.ts";

/** A staged file to place. Pixels, seconds; the extension without its dot. */
export interface PlanAsset extends LayerFacts {
  stagedUri: vscode.Uri;
  kind: PlacedKind;
  seconds?: number;
}

export interface PlanInput {
  /** How the assets were made, to be written beside them. */
  recipe?: string | undefined;
  /** A still picture for a single video, to be placed beside it and named in the markup. */
  poster?: { stagedUri: vscode.Uri; extension: string } | undefined;
  /** One file; or the layers of one picture, base first, which go into a folder of their own. */
  assets: readonly [PlanAsset, ...PlanAsset[]];
  /** Where the markup goes: a job's id or a record. Without one, or with `mode: "save"`, only files are placed. */
  anchor?: string | AnchorRecord | undefined;
  /** Folder the user chose, inside the workspace. */
  folder?: vscode.Uri | undefined;
  /** File the user chose in a save dialog; may lie anywhere. Its name counts instead of `fileName`. */
  destination?: vscode.Uri | undefined;
  /** Something in the workspace folder to use where no document says which. */
  scope?: vscode.Uri | undefined;
  /** As the user typed it, with or without the extension. */
  fileName: string;
  alt: string;
  mode: "insert" | "save";
}

/** Exactly what a placement will do. Nothing has changed yet. */
export interface Plan {
  input: PlanInput;
  /** The folder the user sees; layers lie one below it. */
  folder: vscode.Uri;
  /** The assets in their order, then the poster if there is one. */
  targets: readonly { from: vscode.Uri; to: vscode.Uri }[];
  /** Small files written by the same edit: `layers.json` beside layers, a recipe. */
  written: readonly { uri: vscode.Uri; contents: Uint8Array }[];
  text?: PlannedText;
  preview: {
    /** The text to be inserted, without the line breaks around it; absent if only files are placed. */
    line?: string;
    /** The text it takes the place of, if any. */
    replaces?: string;
    /** Label of the document and number of the line, from 1. */
    where?: { file: string; line: number };
    /** The target folder as shown, and the name of the file (or of the folder of layers) in it. */
    folder: string;
    fileName: string;
    /** Names of files that come with it, in the same folder. */
    also: readonly string[];
  };
  /** Stands for all that was shown; `applyPlan` refuses when it no longer holds. */
  revision: string;
}

export type PlanProblem = PlacementProblem;

/** Works out where an asset would land and what would be written, or why it cannot. Changes nothing. */
export async function plan(input: PlanInput, anchors: AnchorTracker): Promise<Plan | PlanProblem> {
  const [place, ...staged] = await Promise.all([
    placeOf(input, anchors),
    ...input.assets.map(({ stagedUri }) => exists(stagedUri)),
  ]);
  if (staged.includes(false)) return { code: "stagedMissing" };
  if (place && isProblem(place)) return place;

  const target = wantedTarget(input, place?.document);
  if (isProblem(target)) return target;
  const [folderProblem, layout] = await Promise.all([problemOf(target.folder), layoutOf(input, target)]);
  if (folderProblem) return folderProblem;

  // What was awaited may have taken a while: the place is looked up again, so that text and range belong together.
  const now = place && input.anchor !== undefined ? await anchors.resolve(input.anchor) : undefined;
  if (now && isProblem(now)) return now;
  const [first] = layout.targets;
  const poster = input.poster && layout.targets.at(-1)?.to;
  const text =
    now && first ? planText(now, input.assets[0], { file: first.to, poster }, input.alt, input) : undefined;
  return {
    input,
    folder: target.folder,
    targets: layout.targets,
    written: layout.written,
    ...(text && { text }),
    preview: {
      folder: folderLabel(target.folder),
      fileName: layout.shownName,
      also: layout.also,
      ...(text && { line: text.line, where: text.where, ...(text.replaces && { replaces: text.replaces }) }),
    },
    revision: revisionOf(layout, text),
  };
}

async function placeOf(
  input: PlanInput,
  anchors: AnchorTracker,
): Promise<ResolvedAnchor | PlacementProblem | undefined> {
  if (input.mode === "save") return undefined;
  if (input.anchor === undefined) return { code: "noAnchor" };
  const place = await anchors.resolve(input.anchor);
  if (isProblem(place)) return place;
  const { document } = place;
  if (!document.isUntitled && (await isReadOnly(document.uri))) {
    return { code: "readOnlyDocument", args: { file: vscode.workspace.asRelativePath(document.uri) } };
  }
  return place;
}

/** Folder and name that are wanted; the name has its extension, and may turn out to be taken. */
function wantedTarget(
  input: PlanInput,
  document: vscode.TextDocument | undefined,
): Target | PlacementProblem {
  const { extension } = input.assets[0];
  const typed = input.destination ? (input.destination.path.split("/").at(-1) ?? "") : input.fileName;
  const base = baseName(typed, extension);
  const problem = fileNameProblem(base, extension);
  if (problem) return problem;
  const name = `${base}.${extension}`;
  if (input.destination) return { folder: vscode.Uri.joinPath(input.destination, ".."), name };
  if (input.folder) {
    if (isInWorkspace(input.folder)) return { folder: input.folder, name };
    return { code: "folderOutside", args: { folder: folderLabel(input.folder) } };
  }
  const target = targetFolder({
    name,
    ...(document && { document }),
    ...(input.scope && { scope: input.scope }),
  });
  if (!target || isProblem(target)) return target ?? { code: "noFolder" };
  return fileNameProblem(baseName(target.name, extension), extension) ?? target;
}

async function problemOf(folder: vscode.Uri): Promise<PlacementProblem | undefined> {
  const args = { folder: folderLabel(folder) };
  const { nearest, isFile } = await missingFolders(folder);
  if (isFile) return { code: "folderIsFile", args: { folder: folderLabel(nearest) } };
  return (await isReadOnly(nearest)) ? { code: "readOnlyFolder", args } : undefined;
}

interface Layout extends Pick<Plan, "targets" | "written"> {
  shownName: string;
  also: string[];
}

/** Final addresses: a taken name gets a number, and what comes with a file is named after it. */
async function layoutOf({ assets, recipe, poster }: PlanInput, { folder, name }: Target): Promise<Layout> {
  const taken = new Set((await namesIn(folder)).map(nameKey));
  const has = (key: string) => taken.has(key) || isReserved(vscode.Uri.joinPath(folder, key));
  const isTaken = (key: string) => has(key) || (recipe !== undefined && has(key + recipeSuffix));
  const { extension } = assets[0];
  const isFolder = assets.length > 1;
  const shownName = freeName(baseName(name, extension), isFolder ? "" : extension, isTaken);
  const shown = vscode.Uri.joinPath(folder, shownName);
  const inside = isFolder ? layerFiles(assets, shown) : undefined;
  const files = inside?.targets ?? [{ from: assets[0].stagedUri, to: shown }];
  const posterName = poster && freeName(`${baseName(shownName, extension)}-poster`, poster.extension, has);
  const recipeName = recipe === undefined ? undefined : shownName + recipeSuffix;
  return {
    shownName,
    also: [posterName, recipeName].filter((each) => each !== undefined),
    targets: [
      ...files,
      ...(poster && posterName
        ? [{ from: poster.stagedUri, to: vscode.Uri.joinPath(folder, posterName) }]
        : []),
    ],
    written: [
      ...(inside?.written ?? []),
      ...(recipe !== undefined && recipeName !== undefined
        ? [{ uri: vscode.Uri.joinPath(folder, recipeName), contents: new TextEncoder().encode(recipe) }]
        : []),
    ],
  };
}

function layerFiles(assets: PlanInput["assets"], inside: vscode.Uri): Pick<Plan, "targets" | "written"> {
  const names = layerNames(assets);
  const targets = assets.map(({ stagedUri }, index) => ({
    from: stagedUri,
    to: vscode.Uri.joinPath(inside, names[index] ?? ""),
  }));
  const contents = new TextEncoder().encode(layersJson(assets, names));
  return { targets, written: [{ uri: vscode.Uri.joinPath(inside, layersFile), contents }] };
}

function folderLabel(folder: vscode.Uri): string {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  return root?.uri.toString() === folder.toString() ? root.name : vscode.workspace.asRelativePath(folder);
}

/** The same for as long as the same text of the same document becomes the same new text, and the same files land in the same place. */
function revisionOf(layout: Layout, text: PlannedText | undefined): string {
  const shown = [
    layout.targets.map(({ from, to }) => [from.toString(), to.toString()]),
    layout.written.map(({ uri }) => uri.toString()),
    text && [text.uri.toString(), text.fingerprint, text.range, text.newText],
  ];
  return createHash("sha256").update(JSON.stringify(shown)).digest("base64url");
}
