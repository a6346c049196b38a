import { l10n } from "vscode";
import { type OptionField, optionFields } from "../model/options.ts";
import { optionText, optionValueText } from "../text/options.ts";
import { back, type PickItem, pickOne, type StepFrame } from "./multiStep.ts";
import { askOption } from "./optionStep.ts";
import { completeOptions, type RequestDraft } from "./requestDraft.ts";

const reset = "reset";
const done = "done";

/** Lists the options that are not asked up front and lets the user set them. Undefined if cancelled. */
export async function moreOptions(frame: StepFrame, given: RequestDraft): Promise<RequestDraft | undefined> {
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
