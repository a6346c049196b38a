import { type ChosenInput, refOf } from "../inputs.ts";
import { assignInputs } from "../model/assign.ts";
import type { Estimate, EstimateInput, Problem } from "../model/catalog.ts";
import { checkRequest } from "../model/check.ts";
import { type OptionValues, optionDefaults } from "../model/options.ts";
import type { AssetRequest } from "../model/request.ts";
import { baseUrl } from "../settings.ts";
import type { Offer } from "./offers.ts";

/**
 * A request while it is being put together. `options` holds only what was set; defaults are filled in when it is used. `inputs`
 * are all that were given, whatever the present model takes: another model may take others of them.
 */
export interface RequestDraft {
  offer: Offer;
  prompt: string;
  inputs: readonly ChosenInput[];
  options: OptionValues;
}

/** The draft's inputs in the slots of its model, and those that have no place there. */
export function inputsOf({ offer, inputs }: Pick<RequestDraft, "offer" | "inputs">) {
  return assignInputs(offer.profile.inputs, inputs);
}

/** The prompt as it is sent: none to a model that takes none. */
export function promptOf({ offer, prompt }: RequestDraft): string {
  return offer.profile.prompt === "none" ? "" : prompt.trim();
}

/** Every option of the draft's model with its value: what was set, else its default. What the model has not is dropped. */
export function completeOptions({ offer, options }: RequestDraft): OptionValues {
  const known = Object.keys(offer.profile.options.shape);
  const set = Object.entries(options).filter(([key]) => known.includes(key));
  return { ...optionDefaults(offer.profile.options), ...Object.fromEntries(set) };
}

/** Reasons not to send the draft as it stands, but for inputs that have no place; empty if there are none. */
export function problemsOf(draft: RequestDraft): Problem[] {
  const { used } = inputsOf(draft);
  return checkRequest(draft.offer.profile, {
    prompt: promptOf(draft),
    options: completeOptions(draft),
    inputs: used.flatMap(({ role, name, facts }) => (facts ? [{ role, name, ...facts }] : [])),
    links: used.flatMap(({ role, source }) => (source.kind === "link" ? [role] : [])),
  });
}

/** What the draft will cost on the price list of the vendor's present address. */
export function estimateOf(draft: RequestDraft): Estimate {
  const { offer } = draft;
  const region: EstimateInput["region"] = offer.vendor.region?.(baseUrl(offer.entry.id)) ?? "other";
  const { used } = inputsOf(draft);
  return offer.profile.estimate({
    options: completeOptions(draft),
    inputCount: used.length,
    inputs: used.map(({ role, facts }) =>
      facts?.seconds === undefined ? { role } : { role, seconds: facts.seconds },
    ),
    region,
  });
}

/** The draft as a request that can be kept and sent. */
export function requestOf(draft: RequestDraft): AssetRequest {
  return {
    operation: draft.offer.operation,
    vendor: draft.offer.entry.id,
    model: draft.offer.model.id,
    prompt: promptOf(draft),
    inputs: inputsOf(draft).used.map(refOf),
    options: completeOptions(draft),
  };
}
