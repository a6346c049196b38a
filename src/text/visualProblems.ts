import { l10n } from "vscode";
import type { VisualProblemCode } from "../model/problems.ts";
import type { ProblemArgs } from "./problemArgs.ts";

/** Words for what Volcengine Visual's own rules find wrong. */
export const visualProblemTexts: Readonly<Record<VisualProblemCode, (args: ProblemArgs) => string>> = {
  filesOrLinks: () =>
    l10n.t("Give all pictures as files or all as links: this vendor does not take some of each."),
  cameraOnly720: () => l10n.t("Camera moves are made at 720p only. Choose 720p or no camera move."),
  labelNeedsProducer: () =>
    l10n.t("A hidden label needs a content id. Give one, or leave all fields of the label empty."),
  labelNeedsPropagator: () =>
    l10n.t(
      "The hidden label of a video needs a publisher. Give one, or leave all fields of the label empty.",
    ),
};
