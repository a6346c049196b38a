import { l10n } from "vscode";
import type { GatewayWarning } from "../vendors/gateway/warnings.ts";
import type { KlingWarning } from "../vendors/kling/warnings.ts";
import type { SeedreamWarning } from "../vendors/seedream/warnings.ts";
import type { VisualWarning } from "../vendors/visual/warnings.ts";
import { optionLabel } from "./options.ts";

type Args = Readonly<Record<string, string | number>>;

const warningTexts: Readonly<
  Record<GatewayWarning | KlingWarning | SeedreamWarning | VisualWarning, (args: Args) => string>
> = {
  formatPngForTransparency: () =>
    l10n.t("A transparent background needs PNG, so PNG was asked for in place of the format you chose."),
  draftResolution: () =>
    l10n.t("A draft always comes in 480p, so the resolution you chose was left for the final clip."),
  promptFlags: ({ flag }) =>
    l10n.t(
      "The prompt contains “{0}”, which the vendor may take for an option and act on.",
      String(flag ?? ""),
    ),
  promptReadsAsEdit: () =>
    l10n.t(
      "The prompt has a word such as add, remove or replace, so the model may take it for an edit and fail. That would not be billed.",
    ),
  faceMissing: ({ actual, count }) =>
    l10n.t(
      "The video has only {1} faces, so the first was taken in place of face {0}.",
      String(actual ?? ""),
      String(count ?? ""),
    ),
  soundCut: () => l10n.t("The sound was cut to the time that the face is seen."),
  noTimes: () => l10n.t("What came has no times, so it is plain text in place of subtitles."),
  promptIgnored: () =>
    l10n.t("With a template this model does not look at the prompt, so the prompt was left out."),
  labelNotWritten: () => l10n.t("The vendor says that it did not write the hidden label into the file."),
  optionDropped: ({ option }) =>
    l10n.t("This model has no option “{0}”, so it was left out.", optionLabel(String(option ?? ""))),
};

/** What Easel had to change in a request, or what is good to know about its result. */
export function warningText(warning: { code: string; args?: Args | undefined }): string {
  const texts: Readonly<Record<string, ((args: Args) => string) | undefined>> = warningTexts;
  return texts[warning.code]?.(warning.args ?? {}) ?? warning.code;
}
