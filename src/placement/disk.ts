import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as vscode from "vscode";

/** What is at an address; undefined if nothing is. */
async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return (await statOf(uri)) !== undefined;
}

/** Folders that are not there yet, outermost first, and the nearest one above them that is. */
export async function missingFolders(
  folder: vscode.Uri,
): Promise<{ missing: vscode.Uri[]; nearest: vscode.Uri; isFile: boolean }> {
  const missing: vscode.Uri[] = [];
  for (let uri = folder; ; uri = vscode.Uri.joinPath(uri, "..")) {
    const found = await statOf(uri);
    if (found || uri.path === "/" || uri.path === "") {
      return {
        missing,
        nearest: uri,
        isFile: found !== undefined && (found.type & vscode.FileType.Directory) === 0,
      };
    }
    missing.unshift(uri);
  }
}

/** Names in a folder; none if it is not there. */
export async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}

/** True if the file system, or the file or folder itself, is known to take no changes. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return true;
  const found = await statOf(uri);
  if (((found?.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) return true;
  return uri.scheme === "file" && found !== undefined && (await isWriteProtected(uri.fsPath, found));
}

/** The editor does not tell of a write-protected file; its mode counts too, because an administrator may write to any. */
async function isWriteProtected(path: string, { type }: vscode.FileStat): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return (type & vscode.FileType.File) !== 0 && ((await stat(path)).mode & 0o222) === 0;
  } catch {
    return true;
  }
}

/** Removes those of the folders that are empty, innermost first. Give them outermost first, as they were made. */
export async function removeEmptyFolders(folders: readonly vscode.Uri[]): Promise<void> {
  for (const folder of folders.toReversed()) {
    if (!(await exists(folder)) || (await namesIn(folder)).length > 0) continue;
    try {
      // Not recursive: a file that came in between keeps its folder.
      await vscode.workspace.fs.delete(folder, { recursive: false, useTrash: false });
    } catch {
      return;
    }
  }
}
