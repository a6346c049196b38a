import { l10n } from "vscode";
import type { MediaKind } from "../model/operations.ts";
import { labelled } from "./sentences.ts";

/** What a vendor makes, as a word of a list. */
export function makesText(kind: MediaKind): string {
  const texts: Record<MediaKind, () => string> = {
    image: () => l10n.t("Images"),
    video: () => l10n.t("Videos"),
    audio: () => l10n.t("Sounds"),
    text: () => l10n.t("Texts"),
  };
  return texts[kind]();
}

/** Where results land, for one or several workspace folders. */
export function outputFoldersText(folders: readonly { name: string; path: string }[]): string {
  const [only, ...others] = folders;
  if (!only) return l10n.t("No folder is open: you are asked each time.");
  if (others.length === 0) return only.path || only.name;
  return folders.map(({ name, path }) => labelled(name, path || ".")).join(" · ");
}

/** What Easel promises, in four sentences; PRIVACY.md has all of it. */
export function privacySentences(): string[] {
  return [
    l10n.t("Your prompt and your files go to the vendor you choose for a request, and to nobody else."),
    l10n.t("Keys stay in this editor’s secret storage and go only to the address they were entered for."),
    l10n.t("When every result of a request is decided, its prompt and its inputs are deleted."),
    l10n.t("Nothing is collected about you, and nothing is sent before you ask for something."),
  ];
}
