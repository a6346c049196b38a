import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import type { InputSlot, Problem } from "../model/catalog.ts";
import { type OptionField, optionFields } from "../model/options.ts";
import { estimateText } from "../text/cost.ts";
import { noPlaceText, slotText } from "../text/inputs.ts";
import { operationText } from "../text/operations.ts";
import { optionText, optionValueText } from "../text/options.ts";
import { problemText } from "../text/problems.ts";
import { listText } from "../text/quantities.ts";
import { labelled } from "../text/sentences.ts";
import type { PickItem } from "./multiStep.ts";
import { modelText, operationsOf, siblingsOf } from "./offerSteps.ts";
import type { Offer } from "./offers.ts";
import {
  completeOptions,
  estimateOf,
  inputsOf,
  problemsOf,
  promptOf,
  type RequestDraft,
} from "./requestDraft.ts";
import { inSlot, slotIcon } from "./slotStep.ts";

/** What the user can do in the step that shows what will be sent. */
export type Choice =
  | "generate"
  | "prompt"
  | "operation"
  | "vendor"
  | "model"
  | "more"
  | "regions"
  | { option: OptionField }
  | { slot: InputSlot }
  | { leaveOut: ChosenInput };

/** The rows of the step that shows what will be sent: the one that sends, or what is in its way; then all that can be changed. */
export function confirmItems(
  offers: readonly Offer[],
  draft: RequestDraft,
  canMark: boolean,
): PickItem<Choice>[] {
  const { profile, operation, entry } = draft.offer;
  const fields = optionFields(profile.options);
  const basic = fields.filter((field) => field.level === "basic");
  const rest = fields.filter((field) => field.level !== "basic");
  const vendors = new Set(offers.map((offer) => offer.entry.id));
  return [
    ...headItems(draft, fields),
    { label: l10n.t("change"), kind: -1 },
    ...some(operationsOf(offers).length > 1, {
      label: `$(list-selection) ${l10n.t("Kind")}`,
      description: operationText(operation).label,
      value: "operation",
    }),
    ...some(vendors.size > 1, {
      label: `$(cloud) ${l10n.t("Vendor")}`,
      description: entry.name,
      value: "vendor",
    }),
    ...some(siblingsOf(offers, draft.offer).length > 1, {
      label: `$(symbol-class) ${l10n.t("Model")}`,
      description: modelText(draft.offer),
      value: "model",
    }),
    ...profile.inputs.map((slot) => slotItem(draft, slot)),
    ...basic.map((field) => optionItem(draft, field)),
    ...some(profile.regions === true && canMark, {
      label: `$(target) ${l10n.t("Points and Boxes…")}`,
      description: l10n.t("show on the picture what the prompt is about"),
      value: "regions",
    }),
    ...some(rest.length > 0, {
      label: `$(settings) ${l10n.t("More Options…")}`,
      description: changedText(draft, rest),
      value: "more",
    }),
  ];
}

/** True if nothing stands in the way of sending the draft. */
export function isReady(draft: RequestDraft): boolean {
  return problemsOf(draft).length === 0 && inputsOf(draft).left.length === 0;
}

/** Vendor, model and the options asked up front, in one line. */
export function summaryOf(draft: RequestDraft): string {
  const values = completeOptions(draft);
  const options = optionFields(draft.offer.profile.options)
    .filter((field) => field.level === "basic" && values[field.key] !== undefined)
    .map((field) => {
      const value = optionValueText(field, values[field.key] ?? "");
      // “On” alone says nothing.
      return field.kind === "boolean" ? labelled(optionText(field.text).label, value) : value;
    });
  return [nameOf(draft.offer), ...options].join(" · ");
}

function some(condition: boolean, item: PickItem<Choice>): PickItem<Choice>[] {
  return condition ? [item] : [];
}

function nameOf({ entry, model, endpoint }: Offer): string {
  const name = model.name === entry.name ? entry.name : `${entry.name} · ${model.name}`;
  return endpoint ? `${name} (${endpoint})` : name;
}

/** The line that sends, or in its place what has to be put right first. */
function headItems(draft: RequestDraft, fields: readonly OptionField[]): PickItem<Choice>[] {
  if (isReady(draft)) {
    return [
      {
        label: `$(sparkle) ${draft.offer.words?.send ?? l10n.t("Generate")}`,
        description: `${summaryOf(draft)} · ${estimateText(estimateOf(draft))}`,
        detail: promptOf(draft).replaceAll(/\s+/g, " "),
        value: "generate",
      },
    ];
  }
  return [
    ...inputsOf(draft).left.map((input) => ({
      label: `$(error) ${noPlaceText(input.name)}`,
      value: { leaveOut: input },
    })),
    ...problemsOf(draft).map((problem) => ({
      label: `$(error) ${problemText(problem)}`,
      value: remedyOf(draft, fields, problem),
    })),
  ];
}

/** Where a problem can be put right. */
function remedyOf(draft: RequestDraft, fields: readonly OptionField[], { code, field }: Problem): Choice {
  const option = fields.find(({ key }) => key === field);
  // An option and a role may have the same name.
  if (option && /^(option|size)/.test(code)) return { option };
  const slot = draft.offer.profile.inputs.find(({ role }) => role === field);
  if (slot) return { slot };
  if (option) return { option };
  return field === "prompt" ? "prompt" : "generate";
}

function slotItem(draft: RequestDraft, slot: InputSlot): PickItem<Choice> {
  const names = inSlot(draft, slot).map(({ name }) => name);
  return {
    label: `$(${slotIcon(slot)}) ${slotText(slot)}`,
    description: listText(names) || (slot.min > 0 ? l10n.t("missing") : l10n.t("none")),
    value: { slot },
  };
}

function optionItem(draft: RequestDraft, field: OptionField): PickItem<Choice> {
  const value = completeOptions(draft)[field.key];
  return {
    label: `$(symbol-property) ${optionText(field.text).label}`,
    description: value === undefined ? "" : optionValueText(field, value),
    value: { option: field },
  };
}

function changedText(draft: RequestDraft, fields: readonly OptionField[]): string {
  const values = completeOptions(draft);
  return fields
    .filter((field) => values[field.key] !== field.default)
    .map((field) => labelled(optionText(field.text).label, optionValueText(field, values[field.key] ?? "")))
    .join(" · ");
}
