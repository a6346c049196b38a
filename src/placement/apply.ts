import * as vscode from "vscode";
import { exists, isReadOnly, missingFolders, namesIn } from "./disk.ts";
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
  const addresses = [...plan.targets.map(({ to }) => to), ...(plan.manifest ? [plan.manifest.uri] : [])];
  const result = await withReserved(addresses, async (): Promise<ApplyResult> => {
    const problem = await staleness(plan);
    if (problem) return { applied: false, ...problem };
    const [first] = plan.targets;
    const createdFolders = first ? (await missingFolders(vscode.Uri.joinPath(first.to, ".."))).missing : [];
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
  for (const { from } of plan.targets) if (!(await exists(from))) return { code: "stagedMissing" };
  const names = new Set((await namesIn(plan.folder)).map(nameKey));
  if (names.has(nameKey(plan.preview.fileName))) return taken(plan);
  for (const { to } of plan.targets) if (await exists(to)) return taken(plan);
  if (!plan.text) return undefined;
  const file = plan.preview.where?.file ?? "";
  if (plan.text.uri.scheme !== "untitled" && (await isReadOnly(plan.text.uri))) {
    return { code: "readOnlyDocument", args: { file } };
  }
  // Last, because nothing may be awaited between looking at the text and changing it.
  const document = await openAgain(plan.text.uri);
  if (!document) return { code: "documentGone", args: { file } };
  return fingerprintOf(document) === plan.text.fingerprint ? undefined : { code: "changed", args: { file } };
}

async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find(
    (one) => !one.isClosed && one.uri.toString() === uri.toString(),
  );
  if (open || uri.scheme === "untitled") return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function canMove({ targets }: Plan): boolean {
  return targets.every(({ from, to }) => from.scheme === to.scheme && from.authority === to.authority);
}

function textEdit(plan: Plan, edit = new vscode.WorkspaceEdit()): vscode.WorkspaceEdit {
  if (plan.manifest)
    edit.createFile(plan.manifest.uri, { contents: plan.manifest.contents, overwrite: false });
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
  for (const { to } of targets) if (!(await exists(to))) return false;
  return true;
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
  if ((plan.text || plan.manifest) && !(await accepted(textEdit(plan)))) {
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
