import { l10n } from "vscode";

/** Sentences one after the other, as the language sets them apart; what is empty or undefined is left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== "")
    .reduce((before, next) => (before === "" ? next : joined(before, next)), "");
}

/** Behind words in Latin letters, such as a vendor's own, a space stands in every language. */
function joined(before: string, next: string): string {
  return /[\x21-\x7e]$/.test(before) ? `${before} ${next}` : l10n.t("{0} {1}", before, next);
}

/** A value after what it is called. */
export function labelled(label: string, value: string): string {
  return l10n.t("{0}: {1}", label, value);
}

/** A title as a sentence. */
export function sentence(title: string): string {
  return l10n.t("{0}.", title);
}
