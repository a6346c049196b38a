import * as vscode from "vscode";
import { l10n } from "vscode";
import { type ChosenInput, InputError, readInput } from "../inputs.ts";
import type { InputRole } from "../model/request.ts";
import { inputErrorText } from "../text/inputs.ts";

/** Endings of image files that some vendor takes; package.json's `when` clauses hold the same list. */
export const imageExtensions = ["png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "gif", "heic", "heif"];

/**
 * The images a command is about: those it was called on (Explorer, tab), else the one in the active tab, else those the user
 * picks. Undefined if cancelled. Order is the order clicked.
 */
export async function chosenImages(
  args: readonly unknown[],
  { many }: { many: boolean },
): Promise<vscode.Uri[] | undefined> {
  const [clicked, selection] = args;
  const selected = Array.isArray(selection) ? selection.filter((item) => item instanceof vscode.Uri) : [];
  if (many && selected.length > 1) return selected;
  if (clicked instanceof vscode.Uri && !many) return [clicked];
  const active = activeImage();
  if (active && !many) return [active];
  const first = clicked instanceof vscode.Uri ? clicked : active;
  return vscode.window.showOpenDialog({
    title: many ? l10n.t("Choose images to combine") : l10n.t("Choose an image"),
    openLabel: l10n.t("Use"),
    canSelectMany: many,
    filters: { [l10n.t("Images")]: imageExtensions },
    ...defaultFolder(first),
  });
}

function defaultFolder(near: vscode.Uri | undefined): { defaultUri?: vscode.Uri } {
  const folder = near ? vscode.Uri.joinPath(near, "..") : vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: folder } : {};
}

function activeImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri =
    input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
  const extension = uri?.path.slice(uri.path.lastIndexOf(".") + 1).toLowerCase();
  return extension !== undefined && imageExtensions.includes(extension) ? uri : undefined;
}

/** Reads the images; says which could not be read and answers undefined if any could not. */
export async function readImages(
  uris: readonly vscode.Uri[],
  role: InputRole,
): Promise<ChosenInput[] | undefined> {
  try {
    return await Promise.all(uris.map((uri) => readInput(uri, role)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    vscode.window.showErrorMessage(inputErrorText(error));
    return undefined;
  }
}
