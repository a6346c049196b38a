import type { ChosenInput } from "../inputs.ts";
import type { Estimate, EstimateInput, Problem } from "../model/catalog.ts";
import { checkRequest } from "../model/check.ts";
import { type OptionValues, optionDefaults } from "../model/options.ts";
import type { AssetRequest } from "../model/request.ts";
import { baseUrl } from "../settings.ts";
import type { Offer } from "./offers.ts";

/** A request while it is being put together. `options` holds only what was set; defaults are filled in when it is used. */
export interface RequestDraft {
  offer: Offer;
  prompt: string;
  inputs: readonly ChosenInput[];
  options: OptionValues;
}

/** Every option of the draft's model with its value: what was set, else its default. What the model has not is dropped. */
export function completeOptions({ offer, options }: RequestDraft): OptionValues {
  const known = Object.keys(offer.profile.options.shape);
  const set = Object.entries(options).filter(([key]) => known.includes(key));
  return { ...optionDefaults(offer.profile.options), ...Object.fromEntries(set) };
}

/** Reasons not to send the draft as it stands; empty if there are none. */
export function problemsOf(draft: RequestDraft): Problem[] {
  return checkRequest(draft.offer.profile, {
    prompt: draft.prompt,
    options: completeOptions(draft),
    inputs: draft.inputs.map(({ facts }) => facts),
  });
}

/** What the draft will cost on the price list of the vendor's present address. */
export function estimateOf(draft: RequestDraft): Estimate {
  const { offer } = draft;
  const region: EstimateInput["region"] = offer.vendor.region?.(baseUrl(offer.entry.id).url) ?? "other";
  return offer.profile.estimate({
    options: completeOptions(draft),
    inputCount: draft.inputs.length,
    region,
  });
}

/** The draft as a request that can be kept and sent. */
export function requestOf(draft: RequestDraft): AssetRequest {
  return {
    operation: draft.offer.operation,
    vendor: draft.offer.entry.id,
    model: draft.offer.model.id,
    prompt: draft.prompt.trim(),
    inputs: draft.inputs.map(({ ref }) => ref),
    options: completeOptions(draft),
  };
}
