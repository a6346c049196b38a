import { l10n } from "vscode";
import type { OperationId } from "../model/operations.ts";
import { estimateText } from "../text/cost.ts";
import { operationText } from "../text/operations.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Choices } from "./choices.ts";
import { type Back, back, pickOne, type StepFrame } from "./multiStep.ts";
import { type Offer, offerId } from "./offers.ts";
import { estimateOf, type RequestDraft } from "./requestDraft.ts";
import { isBarred } from "./trust.ts";

/** The draft with another offer. What was given stays given: the new model takes what it has a place for. */
export function switchOffer(
  choices: Choices,
  draft: RequestDraft,
  picked: Offer | Back | undefined,
): RequestDraft | undefined {
  if (picked === undefined) return undefined;
  if (picked === back || picked === draft.offer) return draft;
  return { ...draft, offer: picked, options: choices.options(picked) };
}

/** The operations that some offer can do, in the offers' order. */
export function operationsOf(offers: readonly Offer[]): OperationId[] {
  return [...new Set(offers.map(({ operation }) => operation))];
}

/** Asks what kind of result is wanted; the same model does it if it can, else the same vendor. */
export async function pickOperation(frame: StepFrame, offers: readonly Offer[], draft: RequestDraft) {
  const items = operationsOf(offers).map((operation) => ({ ...operationText(operation), value: operation }));
  const picked = await pickOne<OperationId>(frame, {
    items,
    placeholder: l10n.t("What should come of it?"),
    active: items.find(({ value }) => value === draft.offer.operation),
  });
  if (picked === undefined || picked === back) return picked;
  const fitting = offers.filter(({ operation }) => operation === picked);
  return (
    fitting.find((offer) => offerId(offer) === offerId(draft.offer)) ??
    fitting.find((offer) => offer.entry.id === draft.offer.entry.id) ??
    fitting[0]
  );
}

/** Asks who should make it; of a vendor, the first model for the draft's operation, else the first at all. */
export function pickVendor(frame: StepFrame, offers: readonly Offer[], draft: RequestDraft) {
  const { offer: current } = draft;
  const firsts = [...new Set(offers.map(({ entry }) => entry))].map((entry) => {
    const own = offers.filter((offer) => offer.entry.id === entry.id);
    if (entry.id === current.entry.id) return current;
    return own.find(({ operation }) => operation === current.operation) ?? own[0] ?? current;
  });
  const items = firsts.map((offer) => ({
    label: offer.entry.name,
    description: needText(offer.entry),
    value: offer,
  }));
  return pickOne<Offer>(frame, {
    items,
    placeholder: l10n.t("Who should make it?"),
    active: items.find((item) => item.value === current),
  });
}

/** What a vendor needs before it can be asked, in few words. */
function needText(entry: VendorEntry): string {
  if (entry.credentials.length === 0) return l10n.t("built in, offline, free");
  return isBarred(entry) ? l10n.t("needs a trusted workspace") : l10n.t("needs a key");
}

/** Asks for one of the vendor's models for the draft's operation. */
export function pickModel(frame: StepFrame, offers: readonly Offer[], draft: RequestDraft) {
  const items = siblingsOf(offers, draft.offer).map((offer) => ({
    label: offer.endpoint ? `${offer.model.name} (${offer.endpoint})` : offer.model.name,
    description: estimateText(estimateOf({ ...draft, offer, options: {} })),
    detail: modelText(offer).split(" · ").slice(1).join(" · "),
    value: offer,
  }));
  const current = items.find((item) => offerId(item.value) === offerId(draft.offer));
  return pickOne<Offer>(frame, { items, placeholder: l10n.t("Which model?"), active: current });
}

/** What the same vendor offers for the same operation. */
export function siblingsOf(offers: readonly Offer[], { entry, operation }: Offer): Offer[] {
  return offers.filter((offer) => offer.entry.id === entry.id && offer.operation === operation);
}

/** A model with what there is to know before choosing it. */
export function modelText({ model, endpoint }: Offer): string {
  const marks = [
    endpoint,
    model.preview ? l10n.t("preview") : undefined,
    model.retires ? l10n.t("may be switched off on {0}", model.retires.on) : undefined,
  ];
  return [model.name, ...marks.filter(Boolean)].join(" · ");
}
