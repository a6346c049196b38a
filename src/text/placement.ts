import { l10n } from "vscode";
import type { PlacementProblem, PlacementProblemCode } from "../placement/problems.ts";

type Words = (args: Record<string, string | number>) => string;

/** What happened, why, and what to do next, for every reason not to place an asset. */
const words: Record<PlacementProblemCode, Words> = {
  nameEmpty: () => l10n.t("The file needs a name. Type one."),
  nameForbidden: (args) =>
    l10n.t("A file name cannot hold “{character}” on every system. Leave it out.", args),
  nameReserved: (args) => l10n.t("“{name}” is a reserved name on Windows. Choose another name.", args),
  nameEnding: () =>
    l10n.t("A file name cannot start with a space or end with a space or a dot on every system. Remove it."),
  nameDots: () => l10n.t("A name of dots alone means a folder. Choose another name."),
  nameTooLong: (args) =>
    l10n.t("The name is too long: {bytes} bytes, and at most {max} fit on every system. Shorten it.", args),
  noAnchor: () =>
    l10n.t("There is no place to insert into. Save the file only, or copy its markup to where you want it."),
  documentGone: (args) =>
    l10n.t(
      "{file} is no longer there, so nothing can be inserted. Save the file only, or copy its markup.",
      args,
    ),
  anchorLost: (args) =>
    l10n.t(
      "The place in {file} has changed too much to be found again. Copy the markup to where you want it.",
      args,
    ),
  anchorAmbiguous: (args) =>
    l10n.t(
      "Several places in {file} look like the one you asked from. Copy the markup to where you want it.",
      args,
    ),
  notebookCell: () =>
    l10n.t(
      "Nothing can be inserted into a notebook cell as one step that undo takes back. Save the file only, and copy its markup into the cell.",
    ),
  readOnlyDocument: (args) =>
    l10n.t("{file} is read-only, so nothing can be inserted. Make it writable, or save the file only.", args),
  readOnlyFolder: (args) =>
    l10n.t("The folder {folder} is read-only. Choose another folder, or use “Save as…”.", args),
  noFolder: () => l10n.t("No folder is open for this file to go into. Use “Save as…” to choose a place."),
  folderOutside: (args) =>
    l10n.t(
      "The folder {folder} lies outside of the workspace. Choose one inside it, or use “Save as…”.",
      args,
    ),
  folderSetting: (args) =>
    l10n.t(
      "The setting {setting} leads out of the workspace: “{value}”. Change the setting, or use “Save as…”.",
      args,
    ),
  folderIsFile: (args) =>
    l10n.t("{folder} is a file, so nothing can be put into it. Choose another folder.", args),
  stagedMissing: () =>
    l10n.t("The result is no longer in Easel's storage: it was placed or removed in the meantime."),
  changed: (args) =>
    l10n.t(
      "{file} has changed since the preview. Nothing was inserted: look at the new preview and confirm again.",
      args,
    ),
  nameTaken: (args) =>
    l10n.t(
      "A file named {file} has come first. Nothing was placed: look at the new name and confirm again.",
      args,
    ),
  editRefused: () =>
    l10n.t(
      "The editor refused the change, so nothing was placed. The result is still waiting: try again, or use “Save as…”.",
    ),
  copyFailed: (args) =>
    l10n.t(
      "The file could not be copied to {folder}. The result is still waiting: try again, or use “Save as…”.",
      args,
    ),
};

/** Words for a reason not to place an asset. */
export function placementProblemText({ code, args }: PlacementProblem): string {
  return words[code](args ?? {});
}

/** Where a line goes: the document and the number of the line, from 1. */
export function placeText({ file, line }: { file: string; line: number }): string {
  return l10n.t("{0}, line {1}", file, line);
}
