import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import type { Assigned } from "../model/assign.ts";
import type { InputSlot } from "../model/catalog.ts";
import { slotText } from "../text/inputs.ts";
import type { EarlierLink } from "./earlierLinks.ts";
import { askInput, leftOut } from "./inputSource.ts";
import { paintable } from "./mask.ts";
import { back, type PickItem, pickOne, type StepFrame } from "./multiStep.ts";
import type { Offer } from "./offers.ts";
import { inputsOf, type RequestDraft } from "./requestDraft.ts";

type Input = Assigned<ChosenInput>;
type Action = "up" | "down" | "replace" | "remove" | { use: InputSlot };

/** What the steps about inputs need besides the draft. */
export interface InputSources {
  /** Results of earlier jobs that can stand in for a link. */
  earlierLinks(slot: InputSlot, offer: Offer): readonly EarlierLink[];
  /** Has a mask painted over the draft's picture; undefined if the user left. */
  paintMask?(draft: RequestDraft): Promise<ChosenInput | undefined>;
}

/** How an input of a slot is asked for: where it may come from besides files and links. */
export function sourcesOf(draft: RequestDraft, slot: InputSlot, sources: InputSources) {
  const { paintMask } = sources;
  const isPaintable = slot.role === "mask" && paintMask !== undefined && paintable(draft) !== undefined;
  return {
    earlier: sources.earlierLinks(slot, draft.offer),
    ...(isPaintable ? { paint: () => paintMask(draft) } : {}),
  };
}

/**
 * Shows what is in one slot of a draft and lets the user add, replace, move and remove, or use something in another slot.
 * Undefined if cancelled.
 */
export async function editSlot(
  frame: StepFrame,
  given: RequestDraft,
  slot: InputSlot,
  sources: InputSources,
): Promise<RequestDraft | undefined> {
  let draft = given;
  // An empty slot has one thing to do.
  if (inSlot(draft, slot).length === 0) return addTo(frame, draft, slot, sources);
  for (;;) {
    const picked = await pickOne<Input | "add" | "done">(frame, {
      items: slotItems(draft, slot),
      placeholder: slotText(slot),
    });
    if (picked === undefined) return undefined;
    if (picked === back || picked === "done") return draft;
    const changed =
      picked === "add"
        ? await addTo(frame, draft, slot, sources)
        : await editInput(frame, draft, slot, picked, sources);
    if (changed === undefined) return undefined;
    draft = changed;
    if (inSlot(draft, slot).length === 0) return draft;
  }
}

/** What a draft has in a slot, in order. */
export function inSlot(draft: RequestDraft, slot: InputSlot): Input[] {
  return inputsOf(draft).used.filter(({ role }) => role === slot.role);
}

function slotItems(draft: RequestDraft, slot: InputSlot): PickItem<Input | "add" | "done">[] {
  const inputs = inSlot(draft, slot);
  return [
    ...inputs.map((input, index) => ({
      label: `$(${slotIcon(slot)}) ${input.name}`,
      description: slot.max > 1 ? String(index + 1) : "",
      value: input,
    })),
    { label: "", kind: -1 },
    ...(inputs.length < slot.max ? [{ label: `$(add) ${l10n.t("Add…")}`, value: "add" as const }] : []),
    { label: `$(check) ${l10n.t("Done")}`, value: "done" as const },
  ];
}

/** Icon of what a slot takes. */
export function slotIcon({ kind }: InputSlot): string {
  return { image: "file-media", video: "device-camera-video", audio: "unmute" }[kind];
}

async function addTo(
  frame: StepFrame,
  draft: RequestDraft,
  slot: InputSlot,
  sources: InputSources,
): Promise<RequestDraft | undefined> {
  const answer = await askInput(frame, {
    slot,
    placeholder: slotText(slot),
    ...sourcesOf(draft, slot, sources),
  });
  if (answer === undefined) return undefined;
  return answer === back || answer === leftOut ? draft : withInputs(draft, (all) => [...all, answer]);
}

async function editInput(
  frame: StepFrame,
  draft: RequestDraft,
  slot: InputSlot,
  input: Input,
  sources: InputSources,
): Promise<RequestDraft | undefined> {
  const action = await pickOne<Action>(frame, {
    items: actionItems(draft, slot, input),
    placeholder: input.name,
  });
  if (action === undefined) return undefined;
  if (action === back) return draft;
  if (action === "replace") {
    const placeholder = slotText(slot);
    const answer = await askInput(frame, {
      slot,
      placeholder,
      ...sourcesOf(draft, slot, sources),
    });
    if (answer === undefined) return undefined;
    if (answer === back || answer === leftOut) return draft;
    return withInputs(draft, (all) => all.map((one) => (one.source === input.source ? answer : one)));
  }
  if (action === "remove") return without(draft, input);
  if (typeof action === "object") return usedAs(draft, slot, action.use, input);
  return moved(draft, slot, input, action === "up" ? -1 : 1);
}

function actionItems(draft: RequestDraft, slot: InputSlot, input: Input): PickItem<Action>[] {
  const inputs = inSlot(draft, slot);
  const index = inputs.findIndex(({ source }) => source === input.source);
  const others = draft.offer.profile.inputs.filter(
    ({ kind, role }) => kind === slot.kind && role !== slot.role,
  );
  return [
    { label: `$(replace) ${l10n.t("Replace…")}`, value: "replace" },
    ...(index > 0 ? [{ label: `$(arrow-up) ${l10n.t("Move up")}`, value: "up" as const }] : []),
    ...(index < inputs.length - 1
      ? [{ label: `$(arrow-down) ${l10n.t("Move down")}`, value: "down" as const }]
      : []),
    ...others.map((other) => ({
      label: `$(arrow-swap) ${l10n.t("Use as “{0}”", slotText(other))}`,
      value: { use: other },
    })),
    { label: `$(close) ${l10n.t("Leave out")}`, value: "remove" },
  ];
}

/** The draft without one of its inputs. */
export function without(draft: RequestDraft, input: ChosenInput): RequestDraft {
  return withInputs(draft, (all) => all.filter(({ source }) => source !== input.source));
}

/** Changes the inputs with their present roles fixed, so that what was not touched stays where it is. */
function withInputs(draft: RequestDraft, change: (inputs: ChosenInput[]) => ChosenInput[]): RequestDraft {
  const { used, left } = inputsOf(draft);
  return { ...draft, inputs: change([...used, ...left]) };
}

function moved(draft: RequestDraft, slot: InputSlot, input: Input, by: 1 | -1): RequestDraft {
  const inputs = inSlot(draft, slot);
  const other = inputs[inputs.findIndex(({ source }) => source === input.source) + by];
  if (!other) return draft;
  return withInputs(draft, (all) =>
    all.map((one) => (one.source === input.source ? other : one.source === other.source ? input : one)),
  );
}

/** Uses an input in another slot; if that is full, its last one comes here in exchange. */
function usedAs(draft: RequestDraft, from: InputSlot, to: InputSlot, input: Input): RequestDraft {
  const there = inSlot(draft, to);
  const exchanged = there.length < to.max ? undefined : there.at(-1);
  return withInputs(draft, (all) =>
    all.map((one) => {
      if (one.source === input.source) return { ...one, role: to.role };
      return exchanged && one.source === exchanged.source ? { ...one, role: from.role } : one;
    }),
  );
}
