import * as vscode from "vscode";
import { exists, isReadOnly, missingFolders, namesIn } from "./disk.ts";
import { openDocument } from "./documents.ts";
import { nameKey } from "./naming.ts";
import type { Plan } from "./plan.ts";
import type { PlacementProblem } from "./problems.ts";
import { withReserved } from "./reservations.ts";
import { fingerprintOf } from "./text.ts";

/** What came of a placement. `createdFolders`: those that were made for it, outermost first. */
export type ApplyResult =
  | { applied: true; landed: readonly { uri: vscode.Uri }[]; createdFolders: readonly vscode.Uri[] }
  | ({ applied: false } & PlacementProblem);

/**
 * Carries out a plan as one edit, so that one undo takes files and text back: each staged file is moved (never copied through memory)
 * and the text is inserted. Refused with `changed` or `nameTaken` when what the user saw no longer holds; plan again and show that.
 *
 * A target on another file system than the staged file cannot be moved to: it is copied, the text goes in as one edit, and only then
 * is the staged file deleted. There undo takes back the text alone.
 */
export async function applyPlan(plan: Plan): Promise<ApplyResult> {
  const addresses = [...plan.targets.map(({ to }) => to), ...plan.written.map(({ uri }) => uri)];
  const result = await withReserved(addresses, async (): Promise<ApplyResult> => {
    const [first] = plan.targets;
    const createdFolders = first ? (await missingFolders(vscode.Uri.joinPath(first.to, ".."))).missing : [];
    const problem = await staleness(plan);
    if (problem) return { applied: false, ...problem };
    const refusal = canMove(plan) ? await applyAsMove(plan) : await applyAsCopy(plan);
    if (refusal) return { applied: false, ...refusal };
    return { applied: true, landed: plan.targets.map(({ to }) => ({ uri: to })), createdFolders };
  });
  return result ?? { applied: false, ...taken(plan) };
}

function taken(plan: Plan): PlacementProblem {
  return { code: "nameTaken", args: { file: plan.preview.fileName } };
}

/** Why a plan no longer holds. */
async function staleness(plan: Plan): Promise<PlacementProblem | undefined> {
  const { targets, text } = plan;
  const file = plan.preview.where?.file ?? "";
  const [staged, landed, names, readOnly] = await Promise.all([
    Promise.all(targets.map(({ from }) => exists(from))),
    Promise.all(targets.map(({ to }) => exists(to))),
    namesIn(plan.folder),
    text && text.uri.scheme !== "untitled" && isReadOnly(text.uri),
  ]);
  if (staged.includes(false)) return { code: "stagedMissing" };
  if (landed.includes(true)) return taken(plan);
  const wanted = nameKey(plan.preview.fileName);
  if (names.some((name) => nameKey(name) === wanted)) return taken(plan);
  if (readOnly) return { code: "readOnlyDocument", args: { file } };
  if (!text) return undefined;
  // Last, so that as little as possible happens between looking at the text and changing it.
  const document = await openDocument(text.uri);
  if (!document) return { code: "documentGone", args: { file } };
  return fingerprintOf(document) === text.fingerprint ? undefined : { code: "changed", args: { file } };
}

function canMove({ targets }: Plan): boolean {
  return targets.every(({ from, to }) => from.scheme === to.scheme && from.authority === to.authority);
}

function textEdit(plan: Plan, edit = new vscode.WorkspaceEdit()): vscode.WorkspaceEdit {
  for (const { uri, contents } of plan.written) edit.createFile(uri, { contents, overwrite: false });
  if (plan.text) edit.replace(plan.text.uri, plan.text.range, plan.text.newText);
  return edit;
}

async function applyAsMove(plan: Plan): Promise<PlacementProblem | undefined> {
  const edit = new vscode.WorkspaceEdit();
  for (const { from, to } of plan.targets)
    edit.renameFile(from, to, { overwrite: false, ignoreIfExists: false });
  if ((await accepted(textEdit(plan, edit))) && (await allMoved(plan))) return undefined;
  return (await takeBack(plan)) ? { code: "editRefused" } : taken(plan);
}

/** The editor answers `false` or throws, depending on what went wrong. */
async function accepted(edit: vscode.WorkspaceEdit): Promise<boolean> {
  try {
    return await vscode.workspace.applyEdit(edit);
  } catch {
    return false;
  }
}

async function allMoved({ targets }: Plan): Promise<boolean> {
  return !(await Promise.all(targets.map(({ to }) => exists(to)))).includes(false);
}

/** Puts files back that did move before the edit failed. False if none of them had: then another file has come first. */
async function takeBack({ targets }: Plan): Promise<boolean> {
  let came = false;
  for (const { from, to } of targets) {
    if (await exists(from)) came ||= await exists(to);
    else if (await exists(to)) await vscode.workspace.fs.rename(to, from, { overwrite: false });
  }
  return !came;
}

async function applyAsCopy(plan: Plan): Promise<PlacementProblem | undefined> {
  const copied: vscode.Uri[] = [];
  try {
    for (const { from, to } of plan.targets) {
      await vscode.workspace.fs.copy(from, to, { overwrite: false });
      copied.push(to);
    }
  } catch {
    await remove(copied);
    return { code: "copyFailed", args: { folder: plan.preview.folder } };
  }
  if ((plan.text || plan.written.length > 0) && !(await accepted(textEdit(plan)))) {
    await remove(copied);
    return { code: "editRefused" };
  }
  await remove(plan.targets.map(({ from }) => from));
  return undefined;
}

async function remove(uris: readonly vscode.Uri[]): Promise<void> {
  for (const uri of uris) {
    try {
      await vscode.workspace.fs.delete(uri, { useTrash: false });
    } catch {
      // Already gone, which is what is wanted.
    }
  }
}
