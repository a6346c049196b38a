import type * as vscode from "vscode";
import { fits } from "../model/assign.ts";
import type { InputSlot, Problem } from "../model/catalog.ts";
import { operations } from "../model/operations.ts";
import { type OptionField, type OptionValues, optionFields } from "../model/options.ts";
import { leftText, offerNotes, rangeText, slotDetailText, totalText, unitText } from "../text/composeText.ts";
import { estimateText } from "../text/cost.ts";
import { bytesText } from "../text/facts.ts";
import { slotText } from "../text/inputs.ts";
import { operationText } from "../text/operations.ts";
import { optionText, optionValueText } from "../text/options.ts";
import { problemText } from "../text/problems.ts";
import { quantity } from "../text/quantities.ts";
import { type Offer, offerId } from "../ui/offers.ts";
import { completeOptions, estimateOf, inputsOf, problemsOf, type RequestDraft } from "../ui/requestDraft.ts";
import type { Compose, ComposeInput } from "./compose.ts";
import type {
  ComposeProblemView,
  ComposeView,
  InputView,
  OfferFormView,
  OfferView,
  OptionView,
  SlotView,
} from "./studioViews.ts";

/** What a view of Compose is made with besides the draft. */
export interface ComposeViewContext {
  /** The webview that it is for. */
  viewer: unknown;
  address(uri: vscode.Uri): string;
  place: string | undefined;
  improve: ComposeView["improve"];
}

/** Compose as one webview shows it. */
export function composeView(compose: Compose, context: ComposeViewContext): ComposeView {
  const { draft } = compose;
  const requests = compose.requests();
  const [first] = requests;
  const forms = requests.map(formOf);
  const promptProblem = forms[0]?.problems.find(({ field }) => field === "prompt")?.text;
  return {
    revision: compose.revision,
    prompt: {
      text: draft.prompt,
      own: compose.writer === context.viewer,
      rule: first?.offer.profile.prompt ?? "required",
      // An empty field is not scolded: Generate says what is missing.
      ...(promptProblem && draft.prompt !== "" ? { problem: promptProblem } : {}),
    },
    operations: compose
      .operations()
      .map(({ id, can }) => ({ id, ...operationText(id), output: operations[id].output, can })),
    operation: draft.operation,
    offers: compose.offers().map((offer) => offerView(compose, offer)),
    chosen: requests.map(({ offer }) => offerId(offer)),
    forms,
    slots: first ? first.offer.profile.inputs.map((slot) => slotView(compose, first, slot, context)) : [],
    left: first ? leftOf(compose, first, context) : [],
    ready: requests.length > 0 && requests.every(isReady),
    cost: totalText(requests.map(estimateOf)),
    ...(context.place === undefined ? {} : { place: context.place }),
    history: compose.history.map(({ id, at, kind, draft: earlier }) => ({
      id,
      at,
      kind,
      prompt: earlier.prompt,
      operation: operationText(earlier.operation).label,
    })),
    improve: context.improve,
  };
}

/** True if nothing stands in the way of sending. */
export function isReady(request: RequestDraft): boolean {
  return problemsOf(request).length === 0 && inputsOf(request).left.length === 0;
}

function offerView(compose: Compose, offer: Offer): OfferView {
  return {
    id: offerId(offer),
    // The built-in one is vendor and model in one.
    vendor: offer.entry.name === offer.model.name ? "" : offer.entry.name,
    model: offer.model.name,
    notes: offerNotes(offer),
    cost: estimateText(estimateOf(compose.request(offer))),
    usable: compose.isUsable(offer),
  };
}

function formOf(request: RequestDraft): OfferFormView {
  const { offer } = request;
  const { entry, model } = offer;
  const problems = problemsOf(request);
  const values = completeOptions(request);
  const left = inputsOf(request).left.map(({ name }) => ({ text: leftText(name) }));
  return {
    offer: offerId(offer),
    title: model.name.startsWith(entry.name) ? model.name : `${entry.name} · ${model.name}`,
    options: optionFields(offer.profile.options).map((field) => optionView(field, values, problems)),
    problems: [...problems.map(problemView), ...left],
    cost: estimateText(estimateOf(request)),
  };
}

function problemView(problem: Problem): ComposeProblemView {
  const text = problemText(problem);
  return problem.field === undefined ? { text } : { text, field: problem.field };
}

function optionView(field: OptionField, values: OptionValues, problems: readonly Problem[]): OptionView {
  const { label, description } = optionText(field.text);
  const value = values[field.key];
  const problem = problems.find((one) => one.field === field.key);
  return {
    key: field.key,
    label,
    detail: description ?? "",
    level: field.level ?? "more",
    ...(value === undefined ? {} : { value }),
    changed: value !== field.default,
    ...(field.default === undefined ? {} : { standard: optionValueText(field, field.default) }),
    cost: field.cost === true,
    ...(problem ? { problem: problemText(problem) } : {}),
    control: controlOf(field),
  };
}

function controlOf(field: OptionField): OptionView["control"] {
  switch (field.kind) {
    case "choice":
      return {
        kind: "choice",
        choices: field.values.map((value) => ({ value, label: optionValueText(field, value) })),
      };
    case "boolean":
      return { kind: "toggle" };
    case "size": {
      const { presets, sizes, free } = field.size;
      return {
        kind: "size",
        choices: [
          ...presets.map((value) => ({ value, label: optionValueText(field, value) })),
          ...sizes.map(({ ratio, width, height }, index) => ({
            value: `${width}x${height}`,
            label: `${width} × ${height}`,
            // Of several sizes of one ratio only the first goes by it; the others go by their pixels.
            ...(sizes.findIndex((one) => one.ratio === ratio) === index ? { ratio } : {}),
            width,
            height,
          })),
        ],
        ...(free ? { free } : {}),
      };
    }
    case "integer":
    case "number":
      return numberControl(field);
    case "text":
      return {
        kind: "text",
        multiline: field.multiline === true,
        ...(field.suggestions === undefined ? {} : { suggestions: field.suggestions }),
        ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
      };
  }
}

function numberControl(field: Extract<OptionField, { kind: "integer" | "number" }>): OptionView["control"] {
  const { min, max, step } = field;
  const bounds = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
  if (field.key === "seed") return { kind: "seed", ...bounds };
  const unit = unitText(field.unit);
  const range = rangeText(field);
  return {
    kind: "number",
    integer: field.kind === "integer",
    ...bounds,
    ...(step === undefined ? {} : { step }),
    ...(unit === undefined ? {} : { unit }),
    ...(range === undefined ? {} : { range }),
  };
}

function slotView(
  compose: Compose,
  request: RequestDraft,
  slot: InputSlot,
  context: ComposeViewContext,
): SlotView {
  const { used } = inputsOf(request);
  const problems = problemsOf(request).filter(({ field }) => field === slot.role);
  const named = (problem: Problem) => problem.args?.name;
  const own = used.filter(({ role }) => role === slot.role);
  const general = problems.find((problem) => !own.some(({ name }) => name === named(problem)));
  const inputs = own.flatMap((input) => {
    const given = compose.draft.inputs.find((one) => one.input.source === input.source);
    const problem = problems.find((one) => named(one) === input.name);
    return given ? [inputView(given, request, slot.role, problem, context)] : [];
  });
  return {
    role: slot.role,
    label: slotText(slot),
    detail: slotDetailText(slot),
    kind: slot.kind,
    min: slot.min,
    max: slot.max,
    takes: slot.takes,
    inputs,
    // An empty slot is not scolded: Generate says what is missing.
    ...(general && inputs.length > 0 ? { problem: problemText(general) } : {}),
  };
}

function leftOf(compose: Compose, request: RequestDraft, context: ComposeViewContext): InputView[] {
  const { left } = inputsOf(request);
  return left.flatMap((input) => {
    const given = compose.draft.inputs.find((one) => one.input.source === input.source);
    return given ? [inputView(given, request, undefined, undefined, context)] : [];
  });
}

function inputView(
  { id, input, shown }: ComposeInput,
  request: RequestDraft,
  role: string | undefined,
  problem: Problem | undefined,
  { address }: ComposeViewContext,
): InputView {
  const { name, kind, facts } = input;
  const others = request.offer.profile.inputs.filter((slot) => fits(slot, kind) && slot.role !== role);
  return {
    id,
    name,
    kind,
    ...(shown ? { src: address(shown) } : {}),
    facts: [
      facts?.width && facts.height ? `${facts.width} × ${facts.height}` : "",
      facts?.seconds === undefined ? "" : quantity(facts.seconds, "s"),
      facts ? bytesText(facts.bytes) : "",
    ]
      .filter(Boolean)
      .join(" · "),
    ...(problem ? { problem: problemText(problem) } : {}),
    roles: others.map((slot) => ({ role: slot.role, label: slotText(slot) })),
  };
}
