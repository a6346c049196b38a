import { l10n } from "vscode";
import type { OptionField, OptionValues } from "../model/options.ts";
import { gatewayOptionTexts } from "./gatewayOptions.ts";
import { gatewaySpeechOptionTexts } from "./gatewaySpeechOptions.ts";
import { klingOptionTexts } from "./klingOptions.ts";
import type { OptionText } from "./optionText.ts";
import { quantity } from "./quantities.ts";
import { visualOptionTexts } from "./visualOptions.ts";

/** Words by the `text` key of an option's meta. Looked up when shown, so that they are in the editor's language. */
const optionTexts: Readonly<Record<string, () => OptionText>> = {
  size: () => ({
    label: l10n.t("Size"),
    description: l10n.t(
      "A name such as 2K lets the model choose the ratio from the prompt; width and height give exactly that size.",
    ),
  }),
  layersSize: () => ({
    label: l10n.t("Size"),
    description: l10n.t(
      "Size of the base picture. Automatic keeps the size of the source where it is within the limits.",
    ),
    values: { auto: l10n.t("Automatic") },
  }),
  pixelSize: () => ({
    label: l10n.t("Size"),
    description: l10n.t("Width and height in pixels. The file has exactly this size."),
  }),
  count: () => ({ label: l10n.t("How Many"), description: l10n.t("How many to make at once.") }),
  groupCount: () => ({
    label: l10n.t("How Many"),
    description: l10n.t(
      "At most this many images from one request; the model may make fewer. Each is billed.",
    ),
  }),
  background: () => ({
    label: l10n.t("Background"),
    description: l10n.t(
      "Transparent comes as PNG. Editing needs a PNG that is already transparent somewhere.",
    ),
    values: {
      auto: l10n.t("Automatic"),
      opaque: l10n.t("Opaque"),
      transparent: l10n.t("Transparent"),
    },
  }),
  promptOptimization: () => ({
    label: l10n.t("Prompt Optimization"),
    description: l10n.t("The vendor rewrites the prompt before drawing. Fast takes less time and less care."),
    values: { standard: l10n.t("Standard"), fast: l10n.t("Fast") },
  }),
  webSearch: () => ({
    label: l10n.t("Web Search"),
    description: l10n.t(
      "The model may look things up first. What the vendor charges for a search is not known to Easel.",
    ),
  }),
  format: () => ({
    label: l10n.t("Format"),
    description: l10n.t("File format of the result."),
    values: {
      png: "PNG",
      jpeg: "JPEG",
      webp: "WebP",
      svg: "SVG",
      wav: "WAV",
      mp3: "MP3",
      aac: "AAC",
      flac: "FLAC",
      opus: "Opus",
      mp4: "MP4",
      webm: "WebM",
      gif: "GIF",
      mov: "MOV",
    },
  }),
  watermark: () => ({
    label: l10n.t("Watermark"),
    description: l10n.t("An “AI generated” mark in the bottom right corner. Off unless you turn it on."),
  }),
  delivery: () => ({
    label: l10n.t("Delivery"),
    description: l10n.t(
      "How the vendor hands the image over: as a link that lives for a day, or inside its answer where links cannot be fetched.",
    ),
    values: { url: l10n.t("Link"), b64_json: l10n.t("Inside the answer") },
  }),
  seed: () => ({
    label: l10n.t("Seed"),
    description: l10n.t("The same seed and request may give a similar result again. -1 leaves it to chance."),
    values: { "-1": l10n.t("Random") },
  }),
  placeholderStyle: () => ({
    label: l10n.t("Style"),
    description: l10n.t("What the placeholder is drawn of. Automatic follows the seed."),
    values: {
      auto: l10n.t("Automatic"),
      horizon: l10n.t("Horizon"),
      waves: l10n.t("Waves"),
      blobs: l10n.t("Blobs"),
      arches: l10n.t("Arches"),
      grid: l10n.t("Grid"),
    },
  }),
  placeholderTheme: () => ({
    label: l10n.t("Theme"),
    description: l10n.t("Light or dark colours. Automatic follows the seed."),
    values: { auto: l10n.t("Automatic"), light: l10n.t("Light"), dark: l10n.t("Dark") },
  }),
  placeholderLabel: () => ({
    label: l10n.t("Label"),
    description: l10n.t("Writes PLACEHOLDER and the size onto the picture; an SVG also shows the prompt."),
  }),
  placeholderSeed: () => ({
    label: l10n.t("Seed"),
    description: l10n.t(
      "The same prompt, seed and options give the same file. -1 takes the seed from the prompt.",
    ),
    values: { "-1": l10n.t("From the prompt") },
  }),
  resolution: () => ({
    label: l10n.t("Resolution"),
    description: l10n.t("How fine the picture is. More costs more and takes longer."),
    values: { "1k": "1K", "2k": "2K", "4k": "4K", "480P": "480p", "720P": "720p", "1080P": "1080p" },
  }),
  ratio: () => ({
    label: l10n.t("Ratio"),
    description: l10n.t(
      "Width to height. Adaptive takes that of the picture or clip it starts from; without one the model chooses.",
    ),
    values: { adaptive: l10n.t("Adaptive") },
  }),
  duration: () => ({ label: l10n.t("Length"), description: l10n.t("How long it plays.") }),
  durationAuto: () => ({
    label: l10n.t("Length"),
    description: l10n.t(
      "How long it plays. -1 leaves it to the model; what it costs is then known only afterwards.",
    ),
    values: { "-1": l10n.t("Chosen by the model") },
  }),
  frames: () => ({
    label: l10n.t("Frames"),
    description: l10n.t(
      "An exact number of frames instead of a length: 29 to 289 in steps of 4. 0 for none.",
    ),
    values: { "0": l10n.t("By length") },
  }),
  sound: () => ({
    label: l10n.t("Sound"),
    description: l10n.t("Voices, noises and music that fit. Put what is said in double quotes."),
  }),
  cameraFixed: () => ({
    label: l10n.t("Fixed Camera"),
    description: l10n.t("Asks the model to keep the camera still. It may move all the same."),
  }),
  lastFrame: () => ({
    label: l10n.t("Last Frame"),
    description: l10n.t("Also brings the last frame as an image, to start the next clip from."),
  }),
  serviceTier: () => ({
    label: l10n.t("Service Tier"),
    description: l10n.t("Offline costs half and waits until there is room, at most for the time limit."),
    values: { default: l10n.t("Standard"), flex: l10n.t("Offline") },
  }),
  expiresAfter: () => ({
    label: l10n.t("Time Limit"),
    description: l10n.t("A task that has not run by then is given up by the vendor, unbilled."),
  }),
  priority: () => ({
    label: l10n.t("Priority"),
    description: l10n.t("0 to 9: the higher, the further in front among your own waiting tasks."),
  }),
  draft: () => ({
    label: l10n.t("Draft First"),
    description: l10n.t(
      "Makes a 480p draft. The final clip can be made from it within seven days; both are billed.",
    ),
  }),
  draftTask: () => ({
    label: l10n.t("Draft to Finish"),
    description: l10n.t(
      "Task id of a draft: makes its final clip, with the draft’s own prompt, inputs and length. Empty for a new clip.",
    ),
  }),
  seconds: () => ({ label: l10n.t("Length"), description: l10n.t("How long it plays.") }),
  animoStyle: () => ({
    label: l10n.t("Style"),
    description: l10n.t("How the video looks. Your endpoint may know others: type them."),
    values: {
      cinematic: l10n.t("Cinematic"),
      anime: l10n.t("Anime"),
      realistic: l10n.t("Realistic"),
      cartoon: l10n.t("Cartoon"),
      abstract: l10n.t("Abstract"),
    },
  }),
  animoResolution: () => ({
    label: l10n.t("Resolution"),
    description: l10n.t(
      "Width and height, such as {0}. Your endpoint may take others: type them.",
      "1280x720",
    ),
  }),
  ...klingOptionTexts,
  ...visualOptionTexts,
  ...gatewayOptionTexts,
  ...gatewaySpeechOptionTexts,
};

/** Options whose words are not under their own key. */
const textOfKey: Readonly<Record<string, string>> = {
  style: "placeholderStyle",
  theme: "placeholderTheme",
  label: "placeholderLabel",
  mode: "videoMode",
  name: "libraryName",
  tag: "elementTag",
  voice: "elementVoice",
  template: "videoTemplate",
  language: "speechLanguage",
  instructions: "speechInstructions",
  hint: "transcriptHint",
};

/** What an option is called, by its key instead of its `text`. */
export function optionLabel(key: string): string {
  return optionText(textOfKey[key] ?? key).label;
}

/** Words of an option; the key itself where there are none. */
export function optionText(key: string): OptionText {
  return optionTexts[key]?.() ?? { label: key };
}

/** Keys that have words. */
export function optionTextKeys(): string[] {
  return Object.keys(optionTexts);
}

/** A value as it is shown: with its name, its unit, or as width × height. */
export function optionValueText(field: OptionField, value: OptionValues[string]): string {
  const named = optionText(field.text).values?.[String(value)];
  if (named !== undefined) return named;
  if (typeof value === "boolean") return value ? l10n.t("On") : l10n.t("Off");
  if (typeof value === "number") return quantity(value, field.unit ?? "");
  return field.kind === "size" ? value.replace(/^(\d+)x(\d+)$/i, "$1 × $2") : value;
}
