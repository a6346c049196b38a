import { l10n } from "vscode";
import type { OptionText } from "./optionText.ts";

/** Source and target languages of translated pictures, in their own words. */
const languages: Readonly<Record<string, string>> = {
  zh: "中文",
  en: "English",
  ja: "日本語",
  ko: "한국어",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  it: "Italiano",
  pt: "Português",
  ru: "Русский",
  vi: "Tiếng Việt",
  th: "ไทย",
};

/** Words of the options that only the models behind an AI gateway have, by the `text` key of their meta. */
export const gatewayOptionTexts: Readonly<Record<string, () => OptionText>> = {
  gatewaySize: () => ({
    label: l10n.t("Size"),
    description: l10n.t(
      "Width and height in pixels, or a name that keeps the ratio of the picture that goes in.",
    ),
    values: { auto: l10n.t("As the picture") },
  }),
  promptExtension: () => ({
    label: l10n.t("Prompt Extension"),
    description: l10n.t(
      "The vendor rewrites the prompt first, which takes some seconds more. With Z-Image it doubles the price.",
    ),
  }),
  thinking: () => ({
    label: l10n.t("Thinking"),
    description: l10n.t("The model thinks before it draws: better pictures, more time."),
  }),
  sequential: () => ({
    label: l10n.t("Sequence"),
    description: l10n.t(
      "Up to 12 images that belong together; the model may make fewer than asked for. Each is billed.",
    ),
  }),
  maxImages: () => ({
    label: l10n.t("At Most"),
    description: l10n.t(
      "Text and images in turn; the model may make fewer images than this. Each is billed.",
    ),
  }),
  asTask: () => ({
    label: l10n.t("As a Task"),
    description: l10n.t(
      "A task can be found again when an answer is lost, and cancelled while it waits. Off for gateways without routes for tasks: the image then comes with the answer.",
    ),
  }),
  sourceLanguage: () => ({
    label: l10n.t("From"),
    description: l10n.t("Language of the text in the picture."),
    values: { auto: l10n.t("Automatic"), ...languages },
  }),
  targetLanguage: () => ({
    label: l10n.t("To"),
    description: l10n.t("Language that the text in the picture is translated to."),
    values: languages,
  }),
  shotType: () => ({
    label: l10n.t("Shots"),
    description: l10n.t("One continuous shot, or several. Several need the prompt extension."),
    values: { single: l10n.t("One shot"), multi: l10n.t("Several shots") },
  }),
  videoTemplate: () => ({
    label: l10n.t("Template"),
    description: l10n.t(
      "Name of an effect from the vendor’s list, such as {0}. The prompt is then not used.",
      "squish",
    ),
  }),
  audioSetting: () => ({
    label: l10n.t("Sound"),
    description: l10n.t("Made by the model where it fits, or that of the video that goes in."),
    values: { auto: l10n.t("Automatic"), origin: l10n.t("Of the original") },
  }),
  durationWhole: () => ({
    label: l10n.t("Whole Length"),
    description: l10n.t("How long the whole plays, with the clip it goes on from. All of it is billed."),
  }),
  durationKept: () => ({
    label: l10n.t("Length"),
    description: l10n.t("How long it plays: from 2 seconds, or 0 for all of the video that goes in."),
    values: { "0": l10n.t("As the video") },
  }),
};
