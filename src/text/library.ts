import { l10n } from "vscode";
import type { LibraryItem, LibraryShelfId } from "../vendors/contract.ts";
import type { Question } from "./jobActions.ts";

/** Words of one way to add to a vendor's library, and of the steps that ask for it. */
export interface FormText {
  label: string;
  detail: string;
  prompt: string;
  promptRequired: string;
  send: string;
}

const formTexts: Readonly<Record<string, () => FormText>> = {
  elementFromImages: () => ({
    label: l10n.t("Element from Pictures"),
    detail: l10n.t("Somebody or something, seen from the front and from one to three other sides."),
    prompt: l10n.t("Who or what is it, in a few words?"),
    promptRequired: l10n.t("Describe it first."),
    send: l10n.t("Create the Element"),
  }),
  elementFromVideo: () => ({
    label: l10n.t("Element from a Video"),
    detail: l10n.t("Somebody or something, as a clip of 3 to 8 seconds shows it. Takes a link."),
    prompt: l10n.t("Who or what is it, in a few words?"),
    promptRequired: l10n.t("Describe it first."),
    send: l10n.t("Create the Element"),
  }),
  voiceFromSound: () => ({
    label: l10n.t("Voice from a Sound"),
    detail: l10n.t(
      "A voice to be heard in clips, from 5 to 30 seconds of it. Takes a link or the id of a result.",
    ),
    prompt: "",
    promptRequired: "",
    send: l10n.t("Create the Voice"),
  }),
};

/** Words of a form; its id where there are none. */
export function formText(id: string): FormText {
  return formTexts[id]?.() ?? { label: id, detail: "", prompt: "", promptRequired: "", send: id };
}

/** What a shelf is called, apart from what the vendor put there. */
export function shelfText(shelf: LibraryShelfId, own: boolean): string {
  const texts: Record<LibraryShelfId, readonly [own: () => string, vendors: () => string]> = {
    elements: [() => l10n.t("your elements"), () => l10n.t("the vendor’s elements")],
    voices: [() => l10n.t("your voices"), () => l10n.t("the vendor’s voices")],
  };
  return texts[shelf][own ? 0 : 1]();
}

/** Before something is removed from a library. */
export function removeQuestion({ name }: LibraryItem, vendor: string): Question {
  return {
    message: l10n.t("Remove {0} from the library of {1}?", name, vendor),
    detail: l10n.t("It cannot be brought back. Requests that name it will be refused."),
    act: l10n.t("Remove"),
  };
}
