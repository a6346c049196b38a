import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import { type OptionField, optionFields } from "../model/options.ts";
import { estimateText } from "../text/cost.ts";
import { optionText, optionValueText } from "../text/options.ts";
import { problemText } from "../text/problems.ts";
import type { Choices } from "./choices.ts";
import { askText, type Back, back, type PickItem, pickOne, type StepFrame } from "./multiStep.ts";
import { type Offer, offerId } from "./offers.ts";
import { askOption } from "./optionStep.ts";
import { completeOptions, estimateOf, problemsOf, type RequestDraft } from "./requestDraft.ts";

/** What a request flow starts from. */
export interface FlowStart {
  title: string;
  offers: readonly Offer[];
  first: Offer;
  prompt: string;
  inputs: readonly ChosenInput[];
  /** Marks points and boxes on the picture; answers the prompt with their tags, or undefined if it was left. */
  pickRegions?(draft: RequestDraft): Promise<string | undefined>;
  /** Steps already shown before, for the step numbers. */
  stepsBefore?: number;
}

type Choice = "generate" | "vendor" | "model" | "more" | "regions" | { option: OptionField };

/**
 * Asks for a request: the prompt first, then one step that shows what will be sent and what it costs, from which everything
 * can be changed. Answers the draft the user confirmed, {@link back} from the first step, or undefined if cancelled.
 */
export async function askRequest(
  start: FlowStart,
  choices: Choices,
): Promise<RequestDraft | Back | undefined> {
  const before = start.stepsBefore ?? 0;
  const total = before + 2;
  let draft: RequestDraft = {
    offer: start.first,
    prompt: start.prompt,
    inputs: start.inputs,
    options: choices.options(start.first),
  };
  for (;;) {
    const prompt = await askPrompt(
      { title: start.title, step: before + 1, total, canGoBack: before > 0 },
      draft,
    );
    if (prompt === back || prompt === undefined) return prompt;
    draft = { ...draft, prompt };
    const frame = { title: start.title, step: before + 2, total, canGoBack: true };
    const confirmed = await confirmStep(start, choices, frame, draft);
    if (confirmed.outcome === "confirmed") return confirmed.draft;
    if (confirmed.outcome === "cancelled") return undefined;
    draft = confirmed.draft;
  }
}

function askPrompt(frame: StepFrame, draft: RequestDraft) {
  const optional = draft.offer.profile.prompt !== "required";
  return askText(frame, {
    value: draft.prompt,
    placeholder: l10n.t("What should it show?"),
    prompt: `${summaryOf(draft)} · ${l10n.t("changeable in the next step")}`,
    ...(optional ? {} : { required: l10n.t("Describe what to make first.") }),
  });
}

/** Vendor, model and the options asked up front, in one line. */
function summaryOf(draft: RequestDraft): string {
  const values = completeOptions(draft);
  const options = optionFields(draft.offer.profile.options)
    .filter((field) => field.level === "basic" && values[field.key] !== undefined)
    .map((field) => optionValueText(field, values[field.key] ?? ""));
  return [nameOf(draft.offer), ...options].join(" · ");
}

function nameOf({ entry, model, endpoint }: Offer): string {
  const name = model.name === entry.name ? entry.name : `${entry.name} · ${model.name}`;
  return endpoint ? `${name} (${endpoint})` : name;
}

type Confirmation = { outcome: "confirmed" | "back"; draft: RequestDraft } | { outcome: "cancelled" };

async function confirmStep(
  start: FlowStart,
  choices: Choices,
  frame: StepFrame,
  given: RequestDraft,
): Promise<Confirmation> {
  let draft = given;
  for (;;) {
    const items = confirmItems(start, draft);
    const choice = await pickOne<Choice>(frame, {
      items,
      placeholder: l10n.t("Enter sends it as it is; or change something first"),
      active: items[0],
    });
    if (choice === undefined) return { outcome: "cancelled" };
    if (choice === back) return { outcome: "back", draft };
    if (choice === "generate") {
      if (problemsOf(draft).length === 0) return { outcome: "confirmed", draft };
      continue;
    }
    const changed = await change(start, choices, frame, draft, choice);
    if (changed === undefined) return { outcome: "cancelled" };
    draft = changed;
  }
}

function confirmItems(start: FlowStart, draft: RequestDraft): PickItem<Choice>[] {
  const fields = optionFields(draft.offer.profile.options);
  const basic = fields.filter((field) => field.level === "basic");
  const rest = fields.filter((field) => field.level !== "basic");
  const siblings = start.offers.filter((offer) => offer.entry.id === draft.offer.entry.id);
  const vendors = new Set(start.offers.map((offer) => offer.entry.id));
  return [
    ...headItems(draft, fields),
    { label: l10n.t("change"), kind: -1 },
    ...(vendors.size > 1
      ? [
          {
            label: `$(cloud) ${l10n.t("Vendor")}`,
            description: draft.offer.entry.name,
            value: "vendor" as const,
          },
        ]
      : []),
    ...(siblings.length > 1
      ? [
          {
            label: `$(symbol-class) ${l10n.t("Model")}`,
            description: modelText(draft.offer),
            value: "model" as const,
          },
        ]
      : []),
    ...basic.map((field) => optionItem(draft, field)),
    ...(draft.offer.profile.regions && start.pickRegions
      ? [
          {
            label: `$(target) ${l10n.t("Points and Boxes…")}`,
            description: l10n.t("show on the picture what the prompt is about"),
            value: "regions" as const,
          },
        ]
      : []),
    ...(rest.length > 0
      ? [
          {
            label: `$(settings) ${l10n.t("More Options…")}`,
            description: changedText(draft, rest),
            value: "more" as const,
          },
        ]
      : []),
  ];
}

/** The line that sends, or in its place what has to be put right first. */
function headItems(draft: RequestDraft, fields: readonly OptionField[]): PickItem<Choice>[] {
  const problems = problemsOf(draft);
  if (problems.length === 0) {
    return [
      {
        label: `$(sparkle) ${l10n.t("Generate")}`,
        description: `${summaryOf(draft)} · ${estimateText(estimateOf(draft))}`,
        detail: draft.prompt.trim().replaceAll(/\s+/g, " "),
        value: "generate",
      },
    ];
  }
  return problems.map((problem) => {
    const option = fields.find((field) => field.key === problem.field);
    return { label: `$(error) ${problemText(problem)}`, value: option ? { option } : "generate" };
  });
}

function modelText({ model, endpoint }: Offer): string {
  const marks = [
    endpoint,
    model.preview ? l10n.t("preview") : undefined,
    model.retires ? l10n.t("may be switched off on {0}", model.retires.on) : undefined,
  ];
  return [model.name, ...marks.filter(Boolean)].join(" · ");
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
    .map((field) => `${optionText(field.text).label}: ${optionValueText(field, values[field.key] ?? "")}`)
    .join(" · ");
}

/** One change; the draft as it is then, or undefined if the user left altogether. */
async function change(
  start: FlowStart,
  choices: Choices,
  frame: StepFrame,
  draft: RequestDraft,
  choice: Exclude<Choice, "generate">,
): Promise<RequestDraft | undefined> {
  switch (choice) {
    case "vendor":
      return switchOffer(choices, draft, await pickVendor(start, frame, draft));
    case "model":
      return switchOffer(choices, draft, await pickModel(start, frame, draft));
    case "more":
      return moreOptions(frame, draft);
    case "regions": {
      const prompt = await start.pickRegions?.(draft);
      return prompt === undefined ? draft : { ...draft, prompt };
    }
    default: {
      const value = await askOption(frame, draft, choice.option);
      if (value === undefined) return undefined;
      return value === back ? draft : { ...draft, options: { ...draft.options, [choice.option.key]: value } };
    }
  }
}

function switchOffer(choices: Choices, draft: RequestDraft, picked: Offer | Back | undefined) {
  if (picked === undefined) return undefined;
  if (picked === back || picked === draft.offer) return draft;
  return { ...draft, offer: picked, options: choices.options(picked) };
}

function pickVendor(start: FlowStart, frame: StepFrame, draft: RequestDraft) {
  const firsts = start.offers.filter(
    (offer, index) => start.offers.findIndex((other) => other.entry.id === offer.entry.id) === index,
  );
  const items = firsts.map((offer) => ({
    label: offer.entry.name,
    description:
      offer.entry.credentials.length === 0 ? l10n.t("built in, offline, free") : l10n.t("needs a key"),
    value: offer.entry.id === draft.offer.entry.id ? draft.offer : offer,
  }));
  return pickOne<Offer>(frame, {
    items,
    placeholder: l10n.t("Who should make it?"),
    active: items.find((item) => item.value === draft.offer),
  });
}

function pickModel(start: FlowStart, frame: StepFrame, draft: RequestDraft) {
  const items = start.offers
    .filter((offer) => offer.entry.id === draft.offer.entry.id)
    .map((offer) => ({
      label: offer.endpoint ? `${offer.model.name} (${offer.endpoint})` : offer.model.name,
      description: estimateText(estimateOf({ ...draft, offer, options: {} })),
      detail: modelText(offer).split(" · ").slice(1).join(" · "),
      value: offer,
    }));
  const current = items.find((item) => offerId(item.value) === offerId(draft.offer));
  return pickOne<Offer>(frame, { items, placeholder: l10n.t("Which model?"), active: current });
}

const reset = "reset";
const done = "done";

async function moreOptions(frame: StepFrame, given: RequestDraft): Promise<RequestDraft | undefined> {
  let draft = given;
  let last: string | undefined;
  for (;;) {
    const fields = optionFields(draft.offer.profile.options).filter((field) => field.level !== "basic");
    const items: PickItem<OptionField | typeof reset | typeof done>[] = fields.map((field) => ({
      label: optionText(field.text).label,
      description: optionValueText(field, completeOptions(draft)[field.key] ?? ""),
      ...detail(optionText(field.text).description),
      value: field,
    }));
    items.push(
      { label: "", kind: -1 },
      { label: `$(check) ${l10n.t("Done")}`, value: done },
      { label: `$(discard) ${l10n.t("Reset to Defaults")}`, value: reset },
    );
    const picked = await pickOne(frame, {
      items,
      placeholder: l10n.t("Options of {0}", draft.offer.model.name),
      active: items.find((item) => typeof item.value === "object" && item.value.key === last) ?? items[0],
    });
    if (picked === undefined) return undefined;
    if (picked === back || picked === done) return draft;
    if (picked === reset) {
      const kept = Object.entries(draft.options).filter(
        ([key]) => !fields.some((field) => field.key === key),
      );
      draft = { ...draft, options: Object.fromEntries(kept) };
      continue;
    }
    const value = await askOption(frame, draft, picked);
    if (value === undefined) return undefined;
    last = picked.key;
    if (value !== back) draft = { ...draft, options: { ...draft.options, [picked.key]: value } };
  }
}

function detail(text: string | undefined): { detail?: string } {
  return text ? { detail: text } : {};
}
