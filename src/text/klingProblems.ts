import { l10n } from "vscode";
import type { KlingProblemCode } from "../model/problems.ts";
import type { ProblemArgs } from "./problemArgs.ts";

/** Words for what Kling's own rules find wrong. */
export const klingProblemTexts: Readonly<Record<KlingProblemCode, (args: ProblemArgs) => string>> = {
  promptTooLong: ({ actual, limit }) =>
    l10n.t("The prompt can have at most {0}; it has {1}. Shorten it.", limit, actual),
  shotsFormat: () =>
    l10n.t("Write the shots as “shot 1, 3, words; shot 2, 2, words;”: number, seconds, and what is seen."),
  shotsTooMany: ({ actual, limit }) =>
    l10n.t("At most {0} shots fit into one video; there are {1}. Leave some out.", limit, actual),
  shotTooLong: ({ actual, limit }) =>
    l10n.t("A shot can have at most {0} of words; one has {1}. Shorten it.", limit, actual),
  shotsLength: ({ actual, limit }) =>
    l10n.t(
      "The shots come to {1}, the video to {0}. Make them equal, with at least one second a shot.",
      limit,
      actual,
    ),
  soundNeedsPro: () => l10n.t("This model makes sound at 1080p only. Choose 1080p or turn the sound off."),
  voicesNeedSound: () => l10n.t("Voices are heard only with sound. Turn the sound on or remove the voices."),
  voicesOrElements: () => l10n.t("Voices and elements cannot go together here. Remove one or the other."),
  tooManyElements: ({ actual, limit }) =>
    l10n.t("This model takes at most {0} elements here; there are {1}. Remove some.", limit, actual),
  tooManyVoices: ({ actual, limit }) =>
    l10n.t("At most {0} voices are taken; there are {1}. Remove some.", limit, actual),
  cameraStill: () => l10n.t("An amount of 0 does not move the camera. Choose another amount or no move."),
  trajectoryFormat: ({ actual, limit }) =>
    l10n.t(
      "A path is {0} to {1} points such as “279,219 417,65”, in whole pixels. Put each path on a line of its own.",
      limit,
      actual,
    ),
  masksAndPaths: ({ actual, raw }) =>
    l10n.t(
      "{0} masks and {1} paths do not fit: each path needs a mask, and at most one mask more stays still.",
      actual,
      String(raw.count ?? ""),
    ),
  masksOrCamera: () => l10n.t("Masks and a camera move cannot go together. Remove one or the other."),
  referencesNeeded: () => l10n.t("Add a picture, a video or an element for the model to work from."),
  tooManyReferences: ({ actual, limit }) =>
    l10n.t("Pictures and elements together can be at most {0}; there are {1}. Remove some.", limit, actual),
  soundWithVideo: () => l10n.t("With a video as reference no sound can be made. Turn the sound off."),
  shotsWithVideo: () =>
    l10n.t("With a video as reference, shots cannot be written. Let the model choose them."),
  elementNeedsVideo: () => l10n.t("An element is taken only where the person faces as in the video."),
  effectGone: ({ actual }) => l10n.t("The vendor no longer makes the effect “{0}”. Choose another.", actual),
  effectNeedsTwo: ({ actual }) =>
    l10n.t("The effect “{0}” needs two pictures: choose Kling Effects (two pictures).", actual),
  effectForm: ({ actual }) =>
    l10n.t("“{0}” is no effect’s name: they are of small letters, digits and underscores.", actual),
  soundEndNeeded: () => l10n.t("How long a linked sound is cannot be told. Say where in it to end."),
  soundEndsEarlier: ({ actual, limit }) =>
    l10n.t("The sound ends after {0}; {1} is beyond it.", limit, actual),
  soundTooShort: ({ actual, limit }) =>
    l10n.t("At least {0} of sound are needed; {1} are left. Choose a longer part.", limit, actual),
  seriesOrCount: () =>
    l10n.t("A series and several images cannot go together. Set How Many to 1 or choose no series."),
  tooManySubjects: ({ actual, limit }) =>
    l10n.t(
      "At most {0} pictures can be subjects; there are {1}. Remove some, or use the last ones as scene and style.",
      limit,
      actual,
    ),
  noSubject: () =>
    l10n.t("At least one picture has to be a subject. Add one, or use fewer as scene and style."),
  expandTooFar: ({ actual, limit }) =>
    l10n.t(
      "The new picture can be at most {0} times as large as the old one; this would be {1} times. Expand less.",
      limit,
      actual,
    ),
  expandNothing: () => l10n.t("Nothing would be added. Expand at least one side."),
};
