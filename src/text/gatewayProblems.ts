import { l10n } from "vscode";
import type { GatewayProblemCode } from "../model/problems.ts";
import type { ProblemArgs } from "./problemArgs.ts";

/** Words for what the rules of the models behind an AI gateway find wrong. */
export const gatewayProblemTexts: Readonly<Record<GatewayProblemCode, (args: ProblemArgs) => string>> = {
  pictureTransparent: ({ name }) =>
    l10n.t(
      "{0} has transparent parts, which this model does not take. Save it with a solid background.",
      name,
    ),
  sequenceNeeded: ({ actual, limit }) =>
    l10n.t(
      "More than {0} images come only as a sequence; you asked for {1}. Turn it on, or ask for fewer.",
      limit,
      actual,
    ),
  tooManyMedia: ({ actual, limit }) =>
    l10n.t("Pictures and videos together can be at most {0}; there are {1}. Remove some.", limit, actual),
  voicesTooMany: ({ actual, limit }) =>
    l10n.t(
      "Each sound is the voice of one picture or video: there are {1} sounds for {0} of them. Remove some.",
      limit,
      actual,
    ),
  durationWithVideo: ({ actual, limit }) =>
    l10n.t(
      "With a video as reference at most {0} are made; you asked for {1}. Choose a shorter length.",
      limit,
      actual,
    ),
  shotsNeedExtension: () =>
    l10n.t("Several shots need the prompt extension. Turn it on, or choose one shot."),
  audioNeedsSound: () =>
    l10n.t(
      "The picture follows a sound only where the video has one. Turn the sound on, or remove the audio.",
    ),
};
