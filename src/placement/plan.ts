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
import { isReserved } from "./reservations.ts";
import { type PlannedText, planText } from "./text.ts";

/** A staged file to place. Pixels, seconds; the extension without its dot. */
export interface PlanAsset extends LayerFacts {
  stagedUri: vscode.Uri;
  kind: PlacedKind;
  seconds?: number;
}

export interface PlanInput {
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
  targets: readonly { from: vscode.Uri; to: vscode.Uri }[];
  /** `layers.json` beside layers. */
  manifest?: { uri: vscode.Uri; contents: Uint8Array };
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
  const text = now && first ? planText(now, input.assets[0], first.to, input.alt, input) : undefined;
  return {
    input,
    folder: target.folder,
    ...layout,
    ...(text && { text }),
    preview: {
      folder: folderLabel(target.folder),
      fileName: layout.shownName,
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

interface Layout extends Pick<Plan, "targets" | "manifest"> {
  shownName: string;
}

/** Final addresses: a taken name gets a number. */
async function layoutOf({ assets }: PlanInput, { folder, name }: Target): Promise<Layout> {
  const taken = new Set((await namesIn(folder)).map(nameKey));
  const isTaken = (key: string) => taken.has(key) || isReserved(vscode.Uri.joinPath(folder, key));
  const { extension } = assets[0];
  const base = baseName(name, extension);
  if (assets.length === 1) {
    const shownName = freeName(base, extension, isTaken);
    return {
      shownName,
      targets: [{ from: assets[0].stagedUri, to: vscode.Uri.joinPath(folder, shownName) }],
    };
  }
  const shownName = freeName(base, "", isTaken);
  const inside = vscode.Uri.joinPath(folder, shownName);
  const names = layerNames(assets);
  const targets = assets.map(({ stagedUri }, index) => ({
    from: stagedUri,
    to: vscode.Uri.joinPath(inside, names[index] ?? ""),
  }));
  const contents = new TextEncoder().encode(layersJson(assets, names));
  return { shownName, targets, manifest: { uri: vscode.Uri.joinPath(inside, layersFile), contents } };
}

function folderLabel(folder: vscode.Uri): string {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  return root?.uri.toString() === folder.toString() ? root.name : vscode.workspace.asRelativePath(folder);
}

/** The same for as long as the same text of the same document becomes the same new text, and the same files land in the same place. */
function revisionOf(layout: Layout, text: PlannedText | undefined): string {
  const shown = [
    layout.targets.map(({ from, to }) => [from.toString(), to.toString()]),
    text && [text.uri.toString(), text.fingerprint, text.range, text.newText],
  ];
  return createHash("sha256").update(JSON.stringify(shown)).digest("base64url");
}
