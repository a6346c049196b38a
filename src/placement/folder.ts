import { posix } from "node:path";
import * as vscode from "vscode";
import { settings } from "../contributions.ts";
import { destinationPath, folderInside } from "./destination.ts";
import type { PlacementProblem } from "./problems.ts";

/** Where a file goes: a folder, and the name its convention asks for (with extension). */
export interface Target {
  folder: vscode.Uri;
  name: string;
}

export interface TargetQuery {
  /** The document the markup goes into, if any. */
  document?: vscode.TextDocument;
  /** Something in the workspace folder to use where no document says which. */
  scope?: vscode.Uri;
  /** With extension. */
  name: string;
  now?: number;
}

/**
 * The folder for a new file: for Markdown the editor's own `markdown.copyFiles.destination`, else `easel.output.folder` inside the
 * workspace folder of the document. (`markdown.copyFiles.overwriteBehavior` is not followed: nothing is ever overwritten.)
 * Undefined where there is no workspace folder to put it in. A setting that leads out of the workspace is a problem.
 */
export function targetFolder(query: TargetQuery): Target | PlacementProblem | undefined {
  const folder = workspaceFolderOf(query);
  if (!folder) return undefined;
  return markdownDestination(query, folder) ?? outputFolder(query, folder);
}

/** The workspace folder a document's files belong to. A saved document outside of every folder has none. */
export function workspaceFolderOf({ document, scope }: TargetQuery): vscode.WorkspaceFolder | undefined {
  if (document && !document.isUntitled) return vscode.workspace.getWorkspaceFolder(document.uri);
  const likely = scope ?? vscode.window.activeTextEditor?.document.uri;
  return (likely && vscode.workspace.getWorkspaceFolder(likely)) ?? vscode.workspace.workspaceFolders?.[0];
}

/** True for an address inside an opened workspace folder. */
export function isInWorkspace(uri: vscode.Uri): boolean {
  const normal = uri.with({ path: posix.normalize(uri.path) });
  return vscode.workspace.getWorkspaceFolder(normal) !== undefined;
}

function outputFolder(query: TargetQuery, folder: vscode.WorkspaceFolder): Target | PlacementProblem {
  const setting = settings.outputFolder;
  const value = vscode.workspace.getConfiguration(undefined, folder.uri).get<string>(setting, "assets");
  const path = folderInside(value);
  if (path === undefined) return { code: "folderSetting", args: { setting, value } };
  return { folder: vscode.Uri.joinPath(folder.uri, path), name: query.name };
}

function markdownDestination(
  { document, name, now }: TargetQuery,
  folder: vscode.WorkspaceFolder,
): Target | PlacementProblem | undefined {
  if (!document || document.isUntitled || !/^mdx?$|^markdown$/.test(document.languageId)) return undefined;
  const setting = "markdown.copyFiles.destination";
  const patterns =
    vscode.workspace.getConfiguration(undefined, document).get<Record<string, unknown>>(setting) ?? {};
  for (const [glob, value] of Object.entries(patterns)) {
    if (typeof value !== "string" || !matches(glob, document)) continue;
    const path = destinationPath(value, {
      documentPath: document.uri.path,
      workspacePath: folder.uri.path,
      fileName: name,
      now: now ?? Date.now(),
    });
    const uri = document.uri.with({ path });
    if (!isInWorkspace(uri)) return { code: "folderSetting", args: { setting, value } };
    return { folder: uri.with({ path: posix.dirname(path) }), name: posix.basename(path) };
  }
  return undefined;
}

/** Keys are globs: with a leading `/` from a workspace folder, else anywhere. */
function matches(glob: string, document: vscode.TextDocument): boolean {
  if (glob.startsWith("/")) {
    return (vscode.workspace.workspaceFolders ?? []).some(
      (folder) =>
        vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob.slice(1)) }, document) > 0,
    );
  }
  const pattern = glob.startsWith("**") ? glob : `**/${glob}`;
  return vscode.languages.match({ pattern }, document) > 0;
}
