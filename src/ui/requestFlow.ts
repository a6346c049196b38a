import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import { operations } from "../model/operations.ts";
import type { Choices } from "./choices.ts";
import { type Choice, confirmItems, isReady, summaryOf } from "./confirmItems.ts";
import { gather, needsOf } from "./gather.ts";
import { moreOptions } from "./moreOptions.ts";
import { askTextOr, type Back, back, pickOne, type StepFrame, type TextStep } from "./multiStep.ts";
import { pickModel, pickOperation, pickVendor, switchOffer } from "./offerSteps.ts";
import type { Offer } from "./offers.ts";
import { askOption } from "./optionStep.ts";
import type { PromptTool } from "./promptTools.ts";
import type { RequestDraft } from "./requestDraft.ts";
import { editSlot, type InputSources, without } from "./slotStep.ts";

/** What a request flow starts from. */
export interface FlowStart extends InputSources {
  title: string;
  offers: readonly Offer[];
  first: Offer;
  prompt: string;
  inputs: readonly ChosenInput[];
  /** Marks points and boxes on the picture; answers the prompt with their tags, or undefined if it was left. */
  pickRegions?(draft: RequestDraft): Promise<string | undefined>;
  /** Buttons of the step that asks for the prompt. */
  promptTools?: readonly PromptTool[];
  /** Steps already shown before, for the step numbers. */
  stepsBefore?: number;
}

/**
 * Asks for a request: inputs that the operation needs and were not given, the prompt, then one step that shows what will be sent and
 * what it costs, from which everything can be changed. Answers the draft the user confirmed, {@link back} from the first step, or
 * undefined if cancelled.
 */
export async function askRequest(
  start: FlowStart,
  choices: Choices,
): Promise<RequestDraft | Back | undefined> {
  const before = start.stepsBefore ?? 0;
  const history: RequestDraft[] = [];
  let draft: RequestDraft = {
    offer: start.first,
    prompt: start.prompt,
    inputs: start.inputs,
    options: choices.options(start.first),
  };
  for (;;) {
    const gathered = await gather(start.title, draft, history, before, start);
    if (gathered === back || gathered === undefined) return gathered;
    draft = gathered;
    const asked = before + history.length;
    const hasPrompt = draft.offer.profile.prompt !== "none";
    const total = asked + (hasPrompt ? 2 : 1);
    if (hasPrompt) {
      const frame = { title: start.title, step: asked + 1, total, canGoBack: asked > 0 };
      const prompt = await askPrompt(frame, draft, start.promptTools);
      if (prompt === undefined) return undefined;
      if (prompt === back) {
        const earlier = history.pop();
        if (!earlier) return back;
        draft = earlier;
        continue;
      }
      draft = { ...draft, prompt };
    }
    const frame = { title: start.title, step: total, total, canGoBack: total > 1 };
    const confirmed = await confirmStep(start, choices, frame, draft);
    if (confirmed.outcome === "confirmed") return confirmed.draft;
    if (confirmed.outcome === "cancelled") return undefined;
    draft = confirmed.draft;
    if (!hasPrompt && needsOf(draft).length === 0) {
      const earlier = history.pop();
      if (!earlier) return back;
      draft = earlier;
    }
  }
}

async function askPrompt(
  frame: StepFrame,
  draft: RequestDraft,
  tools: readonly PromptTool[] = [],
): Promise<string | Back | undefined> {
  const useful = tools.filter((tool) => tool.suits(draft));
  const buttons = useful.map(({ id, icon, tooltip }) => ({ id, iconPath: icon, tooltip }));
  for (let value = draft.prompt; ; ) {
    const answer = await askTextOr(frame, promptStep({ ...draft, prompt: value }), buttons);
    if (typeof answer !== "object") return answer;
    const tool = useful.find(({ id }) => id === answer.button);
    value = (await tool?.run(answer.text, draft)) ?? answer.text;
  }
}

function promptStep(draft: RequestDraft): TextStep {
  const { profile, operation, words } = draft.offer;
  const optional = profile.prompt !== "required";
  const sound = operations[operation].output === "audio";
  const usual = sound ? l10n.t("What should it say or sound like?") : l10n.t("What should it show?");
  return {
    value: draft.prompt,
    placeholder: words?.prompt ?? usual,
    prompt: `${summaryOf(draft)} · ${l10n.t("changeable in the next step")}`,
    ...(optional ? {} : { required: words?.promptRequired ?? l10n.t("Describe what to make first.") }),
  };
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
    const items = confirmItems(start.offers, draft, start.pickRegions !== undefined);
    const choice = await pickOne<Choice>(frame, {
      items,
      placeholder: l10n.t("Enter sends it as it is; or change something first"),
      active: items[0],
    });
    if (choice === undefined) return { outcome: "cancelled" };
    if (choice === back) return { outcome: "back", draft };
    if (choice === "generate") {
      if (isReady(draft)) return { outcome: "confirmed", draft };
      continue;
    }
    const changed = await change(start, choices, frame, draft, choice);
    if (changed === undefined) return { outcome: "cancelled" };
    draft = changed;
  }
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
    case "prompt": {
      const prompt = await askPrompt({ ...frame, canGoBack: true }, draft, start.promptTools);
      if (prompt === undefined) return undefined;
      return prompt === back ? draft : { ...draft, prompt };
    }
    case "operation":
      return switchOffer(choices, draft, await pickOperation(frame, start.offers, draft));
    case "vendor":
      return switchOffer(choices, draft, await pickVendor(frame, start.offers, draft));
    case "model":
      return switchOffer(choices, draft, await pickModel(frame, start.offers, draft));
    case "more":
      return moreOptions(frame, draft);
    case "regions": {
      const prompt = await start.pickRegions?.(draft);
      return prompt === undefined ? draft : { ...draft, prompt };
    }
  }
  if ("leaveOut" in choice) return without(draft, choice.leaveOut);
  if ("slot" in choice) return editSlot({ ...frame, canGoBack: true }, draft, choice.slot, start);
  const value = await askOption(frame, draft, choice.option);
  if (value === undefined) return undefined;
  return value === back ? draft : { ...draft, options: { ...draft.options, [choice.option.key]: value } };
}
