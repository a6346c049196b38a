import { env, l10n } from "vscode";
import type { IpcFaults } from "../studio/ipc.ts";
import type { Playability } from "../studio/playability.ts";
import type { MaskStrings, RegionStrings, ReviewStrings } from "../studio/protocol.ts";
import { controlKey } from "./keys.ts";

/** Title of a review sheet whose job is not known yet. */
export function reviewFallbackTitle(): string {
  return l10n.t("Easel Review");
}

/** Every word of the review sheet, in the editor's language. */
export function reviewStrings(): ReviewStrings {
  return {
    again: l10n.t("Again"),
    altHelp: l10n.t("For those who cannot see the picture."),
    altText: l10n.t("Alt text"),
    cancel: l10n.t("Cancel"),
    cancelled: l10n.t("Cancelled"),
    changeFolder: l10n.t("Change…"),
    close: l10n.t("Close"),
    composite: l10n.t("Stacked"),
    control: controlKey(),
    copied: l10n.t("Copied"),
    copy: l10n.t("Copy {0}"),
    copyLink: l10n.t("Copy Temporary Link"),
    copyMarkup: l10n.t("Copy Markup"),
    details: l10n.t("Details"),
    describe: l10n.t("Describe"),
    describeHelp: l10n.t(
      "Sends the picture to your AI gateway, which may bill it, and puts what it says here",
    ),
    discard: l10n.t("Discard"),
    discarded: l10n.t("Discarded. It is kept for a day."),
    failedResults: l10n.t("Results that failed"),
    fileName: l10n.t("File name"),
    fit: l10n.t("Fit to the window"),
    folder: l10n.t("Folder"),
    frame: l10n.t("Frame at {0}"),
    frames: l10n.t("Frames"),
    folderName: l10n.t("Folder name for the layers"),
    gone: l10n.t("Nothing left to review"),
    goneDetail: l10n.t("Everything this job brought has been decided, or the job was removed."),
    grid: l10n.t("Side by side"),
    insert: l10n.t("Insert"),
    keyChoose: l10n.t("choose"),
    keyClose: l10n.t("close"),
    keyInsert: l10n.t("insert"),
    keyZoom: l10n.t("zoom"),
    layers: l10n.t("Layers"),
    mediaName: l10n.t("Description"),
    mediaNameHelp: l10n.t(
      "What a screen reader calls it, and the words of a link where no player can stand.",
    ),
    noPlace: l10n.t("No place to insert into: save it, or copy the markup."),
    noResults: l10n.t("No results"),
    notPlayable: l10n.t("The editor cannot play this file."),
    openAnswer: l10n.t("Open Vendor’s Answer as JSON"),
    openOutside: l10n.t("Open Outside"),
    picture: l10n.t("Picture"),
    preview: l10n.t("Will be inserted"),
    prompt: l10n.t("Prompt"),
    realSize: l10n.t("Real size"),
    results: l10n.t("Results"),
    retry: l10n.t("Try Again"),
    saveAs: l10n.t("Save As…"),
    saveOnly: l10n.t("Save Only"),
    showLayer: l10n.t("Show {0}"),
    single: l10n.t("One at a time"),
    stillComing: l10n.t("Still to come: {0}"),
    undo: l10n.t("Undo Discard"),
    vendorText: l10n.t("The vendor’s words"),
    warnings: l10n.t("Good to know"),
    working: l10n.t("Working…"),
    zoomIn: l10n.t("Zoom in"),
    zoomOut: l10n.t("Zoom out"),
    states: {
      waiting: l10n.t("Waiting"),
      placed: l10n.t("Placed"),
      saved: l10n.t("Saved"),
      discarded: l10n.t("Discarded"),
    },
  };
}

/** Until when a link lives, beside the button that copies it. `expires` in ms since the epoch. */
export function linkUntilText(expires: number): string {
  return l10n.t("until {0}", dateText(expires));
}

/** Said when a link was copied. */
export function linkCopiedText(expires: number): string {
  return l10n.t("Copied the vendor’s link. It works until {0}.", dateText(expires));
}

function dateText(time: number): string {
  return new Intl.DateTimeFormat(env.language, { dateStyle: "short", timeStyle: "short" }).format(time);
}

/** What to know about playing a file in the editor; undefined if it simply plays. */
export function playabilityText(plays: Playability): string | undefined {
  switch (plays) {
    case "plays":
      return undefined;
    case "silent":
      return l10n.t("The editor plays this video without its sound (AAC). The file itself has it.");
    case "doubtful":
      return l10n.t("This video is HEVC. If the editor shows no picture, open it outside.");
    case "aac":
      return l10n.t("The editor has no codec for this sound (AAC). The file itself is fine.");
    case "deep":
      return l10n.t("The editor has no codec for 10-bit HEVC. The file itself is fine.");
  }
}

/** Every word of the region picker, in the editor's language. */
export function regionStrings(): RegionStrings {
  return {
    title: l10n.t("Choose Points and Boxes"),
    help: l10n.t("Click to set a point, drag to draw a box."),
    helpKeys: l10n.t(
      "Arrow keys move the crosshair (with Shift by more), Enter sets a point, B starts and ends a box, Delete removes the last mark.",
    ),
    picture: l10n.t("Picture"),
    marks: l10n.t("Marks"),
    none: l10n.t("No marks yet."),
    pointName: l10n.t("Point {0}"),
    boxName: l10n.t("Box {0}"),
    remove: l10n.t("Remove {0}"),
    clear: l10n.t("Clear"),
    control: controlKey(),
    use: l10n.t("Use"),
    cancel: l10n.t("Cancel"),
    full: l10n.t("No more marks can be set."),
    crosshair: l10n.t("Crosshair at {0}, {1}"),
  };
}

/** Every word of the mask painter. */
export function maskStrings(): MaskStrings {
  return {
    title: l10n.t("Paint a Mask"),
    help: l10n.t("Paint over what should be made anew; what is not painted stays as it is."),
    helpKeys: l10n.t(
      "Arrow keys move the brush (with Shift they paint), Space dabs, E switches to erasing and back, [ and ] change the brush, {0}Z takes back.",
    ),
    picture: l10n.t("Picture"),
    brush: l10n.t("Brush"),
    erase: l10n.t("Erase"),
    undo: l10n.t("Undo"),
    clear: l10n.t("Clear"),
    control: controlKey(),
    use: l10n.t("Use"),
    cancel: l10n.t("Cancel"),
    at: l10n.t("Brush at {0}, {1}"),
    nothing: l10n.t("Nothing is painted yet."),
    wrong: l10n.t("The mask could not be taken over. Close this and paint it again."),
  };
}

/** What a webview shows when one of its messages was refused or a handler failed; `onFault` hears of it, for the log. */
export function webviewFaults(onFault: (error: unknown) => void): IpcFaults {
  return {
    rejected: () => {
      onFault(new Error("A message from a webview failed its check."));
      return l10n.t("The window sent something Easel does not know. Close it and open it again.");
    },
    failed: (error) => {
      onFault(error);
      return l10n.t("Something went wrong in Easel. The log says what.");
    },
  };
}
