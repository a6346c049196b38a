import * as vscode from "vscode";
import { l10n } from "vscode";
import { type ChosenInput, extensions, InputError, promisedKind, readInput } from "../inputs.ts";
import type { InputKind } from "../model/assign.ts";
import { inputErrorText, kindText } from "../text/inputs.ts";
import { listText } from "../text/quantities.ts";

/** Which files a command is about. */
export interface Wanted {
  kinds: readonly InputKind[];
  /** Fewest files; with fewer given, the user is asked. */
  min: number;
  many: boolean;
  /** Title of the dialog that asks. */
  title: string;
}

/**
 * The files a command is about: those it was called on (Explorer, tab), else the one in the active tab, else those the user picks.
 * Undefined if cancelled. Order is the order clicked.
 */
export async function chosenFiles(
  args: readonly unknown[],
  wanted: Wanted,
): Promise<vscode.Uri[] | undefined> {
  const given = givenFiles(args, wanted);
  if (given.length >= wanted.min) return given;
  return browse(wanted, given[0]);
}

/** The files a command was called on, else the one in the active tab, if it is of the kinds wanted. */
export function givenFiles(
  [clicked, selection]: readonly unknown[],
  { kinds, many }: Pick<Wanted, "kinds" | "many">,
): vscode.Uri[] {
  const selected = Array.isArray(selection) ? selection.filter((item) => item instanceof vscode.Uri) : [];
  if (many && selected.length > 1) return selected;
  if (clicked instanceof vscode.Uri) return [clicked];
  const active = activeFile();
  const kind = active && promisedKind(active);
  return active && kind && kinds.includes(kind) ? [active] : [];
}

/** Asks for files in a dialog. Undefined if cancelled. */
export async function browse(
  { kinds, many, title }: Pick<Wanted, "kinds" | "many" | "title">,
  near?: vscode.Uri,
): Promise<vscode.Uri[] | undefined> {
  const folder = near ? vscode.Uri.joinPath(near, "..") : vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showOpenDialog({
    title,
    openLabel: l10n.t("Use"),
    canSelectMany: many,
    filters: {
      [listText(kinds.map(kindText))]: kinds.flatMap((kind) => extensions[kind]),
    },
    ...(folder ? { defaultUri: folder } : {}),
  });
}

function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText
    ? input.uri
    : undefined;
}

/** Reads the files; says which could not be read and answers undefined if any could not. */
export async function readFiles(uris: readonly vscode.Uri[]): Promise<ChosenInput[] | undefined> {
  try {
    return await Promise.all(uris.map((uri) => readInput(uri)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    vscode.window.showErrorMessage(inputErrorText(error));
    return undefined;
  }
}
