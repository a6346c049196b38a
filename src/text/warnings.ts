import { l10n } from "vscode";
import type { SeedreamWarning } from "../vendors/seedream/images/request.ts";

const warningTexts: Readonly<Record<SeedreamWarning, () => string>> = {
  formatPngForTransparency: () =>
    l10n.t("A transparent background needs PNG, so PNG was asked for in place of the format you chose."),
};

/** What Easel had to change in a request, or what is good to know about its result. */
export function warningText(warning: {
  code: string;
  args?: Record<string, string | number> | undefined;
}): string {
  const texts: Readonly<Record<string, (() => string) | undefined>> = warningTexts;
  return texts[warning.code]?.() ?? warning.code;
}
