import { l10n } from "vscode";
import type { OptionField, OptionValues, SizeRule } from "../model/options.ts";
import { optionText, optionValueText } from "../text/options.ts";
import { problemText } from "../text/problems.ts";
import { askText, back, type PickItem, pickOne, type StepFrame, type StepResult } from "./multiStep.ts";
import { completeOptions, problemsOf, type RequestDraft } from "./requestDraft.ts";

type Value = OptionValues[string];

const custom = Symbol("custom");

/** Asks for the value of one option in the way its kind asks for it; checked by the model's own schema while typing. */
export function askOption(frame: StepFrame, draft: RequestDraft, field: OptionField): StepResult<Value> {
  const value = completeOptions(draft)[field.key];
  switch (field.kind) {
    case "choice":
      return pickValue(frame, draft, field, field.values, value);
    case "boolean":
      return pickValue(frame, draft, field, [true, false], value);
    case "size":
      return askSize(frame, draft, field, field.size, value);
    default:
      return field.kind === "text" && field.suggestions
        ? pickOrType(frame, draft, field, field.suggestions, value)
        : typeValue(frame, draft, field, value);
  }
}

/** Some values to choose from, and any other. */
async function pickOrType(
  frame: StepFrame,
  draft: RequestDraft,
  field: OptionField,
  suggestions: readonly string[],
  current: Value | undefined,
): StepResult<Value> {
  for (;;) {
    const items: PickItem<string | typeof custom>[] = [
      ...suggestions.map((value) => ({
        label: optionValueText(field, value),
        value,
        ...(value === field.default ? { description: l10n.t("default") } : {}),
      })),
      { label: `$(edit) ${l10n.t("Another…")}`, value: custom },
    ];
    const picked = await pickOne<string | typeof custom>(frame, {
      items,
      placeholder: optionText(field.text).description ?? optionText(field.text).label,
      active: items.find((item) => item.value === current) ?? items.at(-1),
    });
    if (picked !== custom) return picked;
    const typed = await typeValue({ ...frame, canGoBack: true }, draft, field, current);
    if (typed !== back) return typed;
  }
}

function pickValue(
  frame: StepFrame,
  draft: RequestDraft,
  field: OptionField,
  values: readonly Value[],
  current: Value | undefined,
): StepResult<Value> {
  const items = values.map((value) => ({
    label: optionValueText(field, value),
    value,
    ...(value === field.default ? { description: l10n.t("default") } : {}),
    ...detailOf(draft, field, value),
  }));
  return pickOne(frame, {
    items,
    placeholder: optionText(field.text).description ?? optionText(field.text).label,
    active: items.find((item) => item.value === current),
  });
}

/** What would be wrong with a value, so that a choice that cannot work says so before it is taken. */
function detailOf(draft: RequestDraft, field: OptionField, value: Value): { detail?: string } {
  const problem = problemOf(draft, field, value);
  return problem ? { detail: `$(warning) ${problem}` } : {};
}

function problemOf(draft: RequestDraft, field: OptionField, value: Value): string | undefined {
  const options = { ...draft.options, [field.key]: value };
  const problem = problemsOf({ ...draft, options }).find((found) => found.field === field.key);
  return problem && problemText(problem);
}

async function typeValue(
  frame: StepFrame,
  draft: RequestDraft,
  field: OptionField,
  current: Value | undefined,
): StepResult<Value> {
  const { label, description } = optionText(field.text);
  const numeric = field.kind === "integer" || field.kind === "number";
  const parse = (text: string): Value => (numeric ? Number(text) : text);
  const typed = await askText(frame, {
    value: current === undefined ? "" : String(current),
    prompt: [label, description, rangeText(field)].filter(Boolean).join(" · "),
    validate: (text) => {
      if (numeric && !Number.isFinite(Number(text))) return l10n.t("Type a number.");
      return problemOf(draft, field, parse(text));
    },
    ...(numeric ? { required: l10n.t("Type a number.") } : {}),
  });
  return typeof typed === "string" ? parse(typed.trim()) : typed;
}

function rangeText(field: OptionField): string | undefined {
  if (field.kind !== "integer" && field.kind !== "number") return undefined;
  if (field.min === undefined || field.max === undefined) return undefined;
  return l10n.t("{0} to {1}", optionValueText(field, field.min), optionValueText(field, field.max));
}

async function askSize(
  frame: StepFrame,
  draft: RequestDraft,
  field: OptionField,
  rule: SizeRule,
  current: Value | undefined,
): StepResult<Value> {
  const items: PickItem<string | typeof custom>[] = [
    ...rule.presets.map((preset) => ({ label: optionValueText(field, preset), value: preset })),
    ...rule.sizes.map(({ ratio, width, height }) => ({
      label: `${width} × ${height}`,
      description: ratio,
      value: `${width}x${height}`,
    })),
  ];
  if (rule.free) items.push({ label: `$(edit) ${l10n.t("Another size…")}`, value: custom });
  const picked = await pickOne<string | typeof custom>(frame, {
    items,
    placeholder: optionText(field.text).description ?? optionText(field.text).label,
    active: items.find((item) => item.value === current),
  });
  if (picked !== custom) return picked;
  const typed = await askText(
    { ...frame, canGoBack: true },
    {
      value: typeof current === "string" && /^\d+x\d+$/i.test(current) ? current : "",
      placeholder: "1920x1080",
      prompt: l10n.t("Width and height in pixels, such as {0}", "1920x1080"),
      required: l10n.t("Type a width and a height."),
      validate: (text) => problemOf(draft, field, normalSize(text)),
    },
  );
  if (typed === back) return askSize(frame, draft, field, rule, current);
  return typeof typed === "string" ? normalSize(typed) : typed;
}

/** `1920 × 1080`, `1920*1080` and the like as `1920x1080`; anything else as it is. */
function normalSize(text: string): string {
  const match = /^\s*(\d+)\s*[x×*,]\s*(\d+)\s*$/i.exec(text);
  return match ? `${match[1]}x${match[2]}` : text.trim();
}
