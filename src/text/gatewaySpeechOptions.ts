import { env, l10n } from "vscode";
import type { OptionText } from "./optionText.ts";

/** Languages as Qwen3-TTS names them, by their codes. */
const speechCodes = {
  Chinese: "zh",
  English: "en",
  German: "de",
  Italian: "it",
  Portuguese: "pt",
  Spanish: "es",
  Japanese: "ja",
  Korean: "ko",
  French: "fr",
  Russian: "ru",
} as const;

/** Codes of the languages that Qwen3-ASR hears. */
const heardCodes = "zh yue en ja de ko ru fr pt ar it es hi id th tr uk vi cs da fil fi is ms no pl sv".split(
  " ",
);

/** Words of the options for speech and transcripts behind an AI gateway, by the `text` key of their meta. */
export const gatewaySpeechOptionTexts: Readonly<Record<string, () => OptionText>> = {
  speechVoice: () => ({
    label: l10n.t("Voice"),
    description: l10n.t("Who speaks: one of the known voices, or any other name the model knows."),
  }),
  speechLanguage: () => ({
    label: l10n.t("Language"),
    description: l10n.t("Language of the text. Automatic leaves it to the model."),
    values: {
      Auto: l10n.t("Automatic"),
      ...languageNames(Object.entries(speechCodes)),
    },
  }),
  speechInstructions: () => ({
    label: l10n.t("Way of Speaking"),
    description: l10n.t("How it is to be said, in your own words, such as “slowly and warmly”."),
  }),
  optimizeInstructions: () => ({
    label: l10n.t("Refine the Way of Speaking"),
    description: l10n.t("The vendor rewrites the instructions first."),
  }),
  sampleRate: () => ({
    label: l10n.t("Samples per Second"),
    description: l10n.t("More sounds clearer and makes a larger file."),
  }),
  modelName: () => ({
    label: l10n.t("Name at Your Gateway"),
    description: l10n.t(
      "What your gateway calls the model. When it is empty, the setting {0} says it.",
      "easel.gateway.models",
    ),
  }),
  transcriptFormat: () => ({
    label: l10n.t("Format"),
    description: l10n.t("Text with a sentence on each line, or subtitles with their times."),
    values: { text: l10n.t("Plain text"), srt: "SRT", vtt: "WebVTT" },
  }),
  spokenLanguage: () => ({
    label: l10n.t("Language"),
    description: l10n.t("What is spoken. Automatic leaves it to the model."),
    values: {
      auto: l10n.t("Automatic"),
      ...languageNames(heardCodes.map((code) => [code, code])),
    },
  }),
  numbersAsDigits: () => ({
    label: l10n.t("Numbers as Digits"),
    description: l10n.t("Writes numbers, dates and sums in digits, in Chinese and English."),
  }),
  transcriptHint: () => ({
    label: l10n.t("Hint"),
    description: l10n.t("Names and unusual words that are said, so that they are spelled right."),
  }),
};

/** Values by their names in the editor's language. */
function languageNames(codes: readonly (readonly [value: string, code: string])[]): Record<string, string> {
  const names = new Intl.DisplayNames([env.language], { type: "language" });
  return Object.fromEntries(codes.map(([value, code]) => [value, names.of(code) ?? value]));
}
