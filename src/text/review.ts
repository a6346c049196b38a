import * as vscode from "vscode";
import type { IpcFaults } from "../studio/ipc.ts";
import type { RegionStrings, ReviewStrings } from "../studio/protocol.ts";

const t = vscode.l10n.t;

/** Title of a review sheet whose job is not known yet. */
export function reviewFallbackTitle(): string {
  return t("Easel Review");
}

/** Every word of the review sheet, in the editor's language. */
export function reviewStrings(): ReviewStrings {
  return {
    again: t("Again"),
    altHelp: t("Says what the picture shows to those who cannot see it."),
    altText: t("Alt text"),
    cancel: t("Cancel"),
    changeFolder: t("Change…"),
    close: t("Close"),
    composite: t("Stacked"),
    copied: t("Copied"),
    copy: t("Copy {0}"),
    copyMarkup: t("Copy Markup"),
    details: t("Details"),
    discard: t("Discard"),
    discarded: t("Discarded. It is kept for a day."),
    failedResults: t("Results that failed"),
    fileName: t("File name"),
    fit: t("Fit to the window"),
    folder: t("Folder"),
    folderName: t("Folder name for the layers"),
    gone: t("Nothing left to review"),
    goneDetail: t("Everything this job brought has been decided, or the job was removed."),
    grid: t("Side by side"),
    insert: t("Insert"),
    keyChoose: t("choose"),
    keyClose: t("close"),
    keyInsert: t("insert"),
    keyZoom: t("zoom"),
    layers: t("Layers"),
    noPlace: t("No place to insert into: save it, or copy the markup."),
    noResults: t("No results"),
    notPlayable: t("The editor cannot play this file."),
    openOutside: t("Open Outside"),
    picture: t("Picture"),
    preview: t("Will be inserted"),
    prompt: t("Prompt"),
    realSize: t("Real size"),
    results: t("Results"),
    retry: t("Try Again"),
    saveAs: t("Save As…"),
    saveOnly: t("Save Only"),
    showLayer: t("Show {0}"),
    single: t("One at a time"),
    stillComing: t("Still to come: {0}"),
    undo: t("Undo Discard"),
    vendorText: t("The vendor’s words"),
    warnings: t("Good to know"),
    working: t("Working…"),
    zoomIn: t("Zoom in"),
    zoomOut: t("Zoom out"),
    states: { waiting: t("Waiting"), placed: t("Placed"), saved: t("Saved"), discarded: t("Discarded") },
  };
}

/** Every word of the region picker, in the editor's language. */
export function regionStrings(): RegionStrings {
  return {
    title: t("Choose Points and Boxes"),
    help: t("Click to set a point, drag to draw a box."),
    helpKeys: t(
      "Arrow keys move the crosshair (with Shift by more), Enter sets a point, B starts and ends a box, Delete removes the last mark.",
    ),
    picture: t("Picture"),
    marks: t("Marks"),
    none: t("No marks yet."),
    pointName: t("Point {0}"),
    boxName: t("Box {0}"),
    remove: t("Remove {0}"),
    clear: t("Remove All"),
    use: t("Use"),
    cancel: t("Cancel"),
    full: t("No more marks can be set."),
    crosshair: t("Crosshair at {0}, {1}"),
  };
}

/** What a webview shows when one of its messages was refused or a handler failed; `onFault` hears of it, for the log. */
export function webviewFaults(onFault: (error: unknown) => void): IpcFaults {
  return {
    rejected: () => {
      onFault(new Error("A message from a webview failed its check."));
      return t("The window sent something Easel does not know. Close it and open it again.");
    },
    failed: (error) => {
      onFault(error);
      return t("Something went wrong in Easel. The log says what.");
    },
  };
}
