import { l10n } from "vscode";
import type { FactView } from "../studio/protocol.ts";
import type { ItemAction } from "../studio/studioProtocol.ts";
import type { FrameUse, ItemActionView } from "../studio/studioViews.ts";

type ActionId = ItemAction["kind"];

/** An item's action as a menu shows it. Keys are those that the gallery binds. */
export function itemActionView(id: ActionId): ItemActionView {
  const views: Record<ActionId, () => Omit<ItemActionView, "id">> = {
    useAsReference: () => ({ label: l10n.t("Use as Reference"), icon: "references", key: "R" }),
    editAgain: () => ({ label: l10n.t("Edit Again"), icon: "edit", key: "E" }),
    sameSeed: () => ({ label: l10n.t("Same Seed"), icon: "lock" }),
    copyPrompt: () => ({ label: l10n.t("Copy Prompt"), icon: "copy", key: "P" }),
    copyMarkup: () => ({ label: l10n.t("Copy Markup"), icon: "code", key: "M" }),
    copyPath: () => ({ label: l10n.t("Copy Path"), icon: "file" }),
    reveal: () => ({ label: l10n.t("Reveal in Explorer"), icon: "list-tree" }),
    openOutside: () => ({ label: l10n.t("Open Outside"), icon: "link-external" }),
    discard: () => ({ label: l10n.t("Discard"), icon: "trash", key: "Delete", danger: true }),
    undoDiscard: () => ({ label: l10n.t("Undo Discard"), icon: "discard" }),
    insertLink: () => ({ label: l10n.t("Insert"), icon: "insert", key: "I" }),
    moveAnchor: () => ({ label: l10n.t("Insert at the Cursor"), icon: "location" }),
  };
  return { id, ...views[id]() };
}

/** What a frame of a video can become. */
export function frameUseText(use: FrameUse): string {
  const texts: Record<FrameUse, () => string> = {
    firstFrame: () => l10n.t("As First Frame"),
    lastFrame: () => l10n.t("As Last Frame"),
    reference: () => l10n.t("As Reference"),
    poster: () => l10n.t("As Poster"),
  };
  return texts[use]();
}

/** What is known of an asset whose job has closed. */
export function placedFacts(known: {
  model: string;
  size: string;
  seconds: string;
  file: string;
  seed: string;
  folder: string;
  at: string;
}): FactView[] {
  const rows: [string, string, boolean?][] = [
    [l10n.t("Model"), known.model],
    [l10n.t("Size"), known.size],
    [l10n.t("Length"), known.seconds],
    [l10n.t("File"), known.file],
    [l10n.t("Seed"), known.seed, true],
    [l10n.t("Folder"), known.folder],
    [l10n.t("Placed"), known.at],
  ];
  return rows
    .filter(([, value]) => value !== "")
    .map(([label, value, copy]) => ({ label, value, ...(copy ? { copy } : {}) }));
}
