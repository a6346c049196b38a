import * as vscode from "vscode";
import { exists } from "../placement/disk.ts";
import { isInWorkspace } from "../placement/folder.ts";
import { type Picture, picturesIn } from "../placement/pictures.ts";

/** Folders that sites serve from their root, beside the root itself. */
const roots = ["", "public", "static"];

/** A picture's markup in an open document, and the file it shows. */
export interface PictureUse {
  document: vscode.TextDocument;
  picture: Picture;
}

/** The file that an address in a document leads to; undefined for a link to elsewhere, out of the workspace, or to nothing. */
export async function pictureFile(
  document: Pick<vscode.TextDocument, "uri">,
  target: string,
): Promise<vscode.Uri | undefined> {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(target)) return undefined;
  const path = decoded(target.replace(/[?#].*$/, ""));
  if (path === undefined || path === "") return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  const bases = path.startsWith("/")
    ? roots.flatMap((root) => (folder ? [vscode.Uri.joinPath(folder, root)] : []))
    : [vscode.Uri.joinPath(document.uri, "..")];
  for (const base of bases) {
    const uri = vscode.Uri.joinPath(base, path);
    // A document of the workspace may have come with it: it shows nothing from outside.
    if (folder && !isInWorkspace(uri)) continue;
    if (await exists(uri)) return uri;
  }
  return undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Where open documents show a picture file. */
export async function usesOf(file: vscode.Uri): Promise<PictureUse[]> {
  const uses: PictureUse[] = [];
  for (const document of vscode.workspace.textDocuments) {
    if (document.isClosed || document.uri.scheme === "output") continue;
    for (const picture of picturesIn(document.getText(), document.languageId)) {
      const shown = await pictureFile(document, picture.target);
      if (shown?.toString() === file.toString()) uses.push({ document, picture });
    }
  }
  return uses;
}
