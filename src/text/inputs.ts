import { l10n } from "vscode";
import type { InputError } from "../inputs.ts";

/** Why a file cannot be an input, and what to do. */
export function inputErrorText({ code, fileName }: InputError): string {
  switch (code) {
    case "unreadable":
      return l10n.t("{0} can not be read. Is it still there? Nothing was sent.", fileName);
    case "tooLarge":
      return l10n.t(
        "{0} is larger than any vendor takes. Nothing was sent; make it smaller first.",
        fileName,
      );
  }
}
