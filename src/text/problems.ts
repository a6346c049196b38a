import { l10n } from "vscode";
import type { Problem } from "../model/catalog.ts";
import type { ProblemCode } from "../model/problems.ts";
import { gatewayProblemTexts } from "./gatewayProblems.ts";
import { klingProblemTexts } from "./klingProblems.ts";
import { optionLabel } from "./options.ts";
import type { ProblemArgs } from "./problemArgs.ts";
import { mediaTypes, quantity, ratio, roleText } from "./quantities.ts";
import { visualProblemTexts } from "./visualProblems.ts";

const problemTexts: Readonly<Record<ProblemCode, (args: ProblemArgs) => string>> = {
  promptRequired: () => l10n.t("Write what to make: this model needs a prompt."),
  promptNotTaken: () => l10n.t("This model takes no prompt here. Leave it empty."),

  optionUnknown: ({ option }) => l10n.t("This model has no option “{0}”. Remove it.", option),
  optionMissing: ({ option }) => l10n.t("Choose a value for “{0}”.", option),
  optionType: ({ option, raw }) =>
    l10n.t("“{0}” has the wrong kind of value: {1} is expected.", option, typeText(raw)),
  optionChoice: ({ option, actual, raw }) =>
    l10n.t("“{0}” cannot be {1}. Choose one of: {2}.", option, actual, String(raw.values)),
  optionTooSmall: ({ option, limit, actual }) =>
    l10n.t("“{0}” must be at least {1}; it is {2}. Choose a larger value.", option, limit, actual),
  optionTooLarge: ({ option, limit, actual }) =>
    l10n.t("“{0}” can be at most {1}; it is {2}. Choose a smaller value.", option, limit, actual),
  optionTooLong: ({ option, limit, actual }) =>
    l10n.t("“{0}” can have at most {1}; it has {2}. Shorten it.", option, limit, actual),
  optionStep: ({ option, limit, actual }) =>
    l10n.t("“{0}” goes in steps of {1}; {2} lies between two of them.", option, limit, actual),
  optionInvalid: ({ option }) =>
    l10n.t("“{0}” has a value this model does not take. Choose another.", option),

  sizeFormat: ({ actual }) =>
    l10n.t(
      "“{0}” is not a size. Write width and height, such as 2048x1152, or choose one from the list.",
      actual,
    ),
  sizePreset: ({ actual, raw }) =>
    l10n.t("This model does not have the size {0}. Choose one of: {1}.", actual, String(raw.values)),
  sizeMinSide: ({ limit, actual }) =>
    l10n.t("Each side must have at least {0}; the shorter one has {1}. Choose a larger size.", limit, actual),
  sizeMaxSide: ({ limit, actual }) =>
    l10n.t("Each side can have at most {0}; the longer one has {1}. Choose a smaller size.", limit, actual),
  sizeMinPixels: ({ limit, actual }) =>
    l10n.t(
      "Width × height must come to at least {0}; this size has {1}. Choose a larger size.",
      limit,
      actual,
    ),
  sizeMaxPixels: ({ limit, actual }) =>
    l10n.t(
      "Width × height can come to at most {0}; this size has {1}. Choose a smaller size.",
      limit,
      actual,
    ),
  sizeMinRatio: ({ limit, actual }) =>
    l10n.t("Width to height must be at least {0}; this size has {1}. Choose a wider size.", limit, actual),
  sizeMaxRatio: ({ limit, actual }) =>
    l10n.t("Width to height can be at most {0}; this size has {1}. Choose a taller size.", limit, actual),

  inputRole: ({ role }) => l10n.t("This model does not take a {0} here. Remove it.", role),
  inputTooFew: ({ role, limit, actual }) =>
    l10n.t("Too few files as {0}: at least {1} needed, {2} given. Add more.", role, limit, actual),
  inputTooMany: ({ role, limit, actual }) =>
    l10n.t("Too many files as {0}: at most {1} taken, {2} given. Remove some.", role, limit, actual),
  inputLink: ({ role }) => l10n.t("The {0} must be a file: this model takes no links.", role),
  inputNeedsLink: ({ name, role }) =>
    l10n.t("{0} cannot be sent as a file: this model takes the {1} only as a public link.", name, role),
  inputType: ({ name, raw }) =>
    l10n.t(
      "{0} is {1}; this model takes {2}. Convert it or choose another file.",
      name,
      typeName(raw.actual),
      typeName(raw.values),
    ),
  inputMaxBytes: ({ name, limit, actual }) =>
    l10n.t("{0} has {2}; at most {1} are taken. Make the file smaller.", name, limit, actual),
  inputMinSide: ({ name, limit, actual }) =>
    l10n.t("{0} is too small: each side needs at least {1}, the shorter one has {2}.", name, limit, actual),
  inputMaxSide: ({ name, limit, actual }) =>
    l10n.t(
      "{0} is too large: each side can have at most {1}, the longer one has {2}. Scale it down.",
      name,
      limit,
      actual,
    ),
  inputMinPixels: ({ name, limit, actual }) =>
    l10n.t("{0} is too small: width × height needs at least {1}, it has {2}.", name, limit, actual),
  inputMaxPixels: ({ name, limit, actual }) =>
    l10n.t(
      "{0} is too large: width × height can come to at most {1}, it has {2}. Scale it down.",
      name,
      limit,
      actual,
    ),
  inputMinRatio: ({ name, limit, actual }) =>
    l10n.t(
      "{0} is too narrow: width to height must be at least {1}, it has {2}. Crop it.",
      name,
      limit,
      actual,
    ),
  inputMaxRatio: ({ name, limit, actual }) =>
    l10n.t("{0} is too wide: width to height can be at most {1}, it has {2}. Crop it.", name, limit, actual),
  inputMinSeconds: ({ name, limit, actual }) =>
    l10n.t("{0} is too short: it needs at least {1} and has {2}.", name, limit, actual),
  inputMaxSeconds: ({ name, limit, actual }) =>
    l10n.t("{0} is too long: at most {1} are taken, it has {2}. Cut it.", name, limit, actual),

  referencesMissing: () => l10n.t("Add at least one picture, video or sound to refer to."),
  audioAlone: () =>
    l10n.t("A sound alone is not enough for this model: add a picture or the link of a video."),
  audioTooLong: ({ limit, actual }) =>
    l10n.t(
      "The sounds together can last at most {0}; they last {1}. Cut them or leave one out.",
      limit,
      actual,
    ),
  bodyTooLarge: ({ limit, actual }) =>
    l10n.t(
      "The files together come to {1} as they are sent; at most {0} are taken. Use smaller files, fewer, or public links.",
      limit,
      actual,
    ),

  groupTooLarge: ({ limit, raw }) =>
    l10n.t(
      "References and results together can be at most {0}: you have {1} references and ask for {2} images. Ask for fewer or remove references.",
      limit,
      raw.references ?? 0,
      raw.count ?? 0,
    ),
  transparentNeedsPng: ({ name, raw }) =>
    l10n.t(
      "A transparent background needs a PNG to start from; {0} is {1}. Choose a PNG or an opaque background.",
      name,
      typeName(raw.actual),
    ),
  transparentNeedsAlpha: ({ name }) =>
    l10n.t(
      "A transparent background needs a PNG that is transparent somewhere; {0} is opaque throughout. Choose another file or an opaque background.",
      name,
    ),

  ...klingProblemTexts,
  ...visualProblemTexts,
  ...gatewayProblemTexts,
};

/** Why a request is not sent: which limit, what there is instead, and what to do. */
export function problemText(problem: Problem): string {
  const raw = problem.args ?? {};
  const texts: Readonly<Record<string, ((args: ProblemArgs) => string) | undefined>> = problemTexts;
  const unit = typeof raw.unit === "string" ? raw.unit : "";
  return (
    texts[problem.code]?.({
      name: String(raw.name ?? ""),
      role: roleText(String(raw.role ?? "")),
      option: optionLabel(String(raw.option ?? "")),
      limit: unit === "ratio" ? ratio(raw.limit) : quantity(raw.limit, unit),
      actual: unit === "ratio" ? ratio(raw.actual) : quantity(raw.actual, unit),
      raw,
    }) ?? problem.code
  );
}

function typeName(types: string | number | undefined): string {
  return mediaTypes(String(types ?? ""));
}

function typeText(raw: ProblemArgs["raw"]): string {
  const expected = String(raw.expected ?? "");
  const names: Readonly<Record<string, string>> = {
    string: l10n.t("text"),
    number: l10n.t("a number"),
    integer: l10n.t("a whole number"),
    boolean: l10n.t("on or off"),
  };
  return names[expected] ?? expected;
}
