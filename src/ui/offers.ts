import type { Model, ModelOperation } from "../model/catalog.ts";
import type { OperationId } from "../model/operations.ts";
import type { VendorId } from "../model/vendors.ts";
import { gatewayModels, seedreamEndpoints } from "../settings.ts";
import { type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import type { Vendor } from "../vendors/contract.ts";

/** One way to have an operation done: a vendor's model, by its own id or through an inference endpoint of the user. */
export interface Offer {
  entry: VendorEntry;
  vendor: Vendor;
  model: Model;
  operation: OperationId;
  profile: ModelOperation;
  /** Sent as the model instead of its id. */
  endpoint?: string;
  /** What the steps say where this is asked for like a request, and makes no asset. */
  words?: OfferWords;
}

/** Words of the steps that ask for a prompt and send. */
export interface OfferWords {
  prompt: string;
  promptRequired: string;
  send: string;
}

/** Identity of an offer within its operation, as it is remembered. */
export function offerId(offer: Offer): string {
  return `${offer.entry.id}/${offer.model.id}${offer.endpoint ? `@${offer.endpoint}` : ""}`;
}

/** Everything that can do one of `wanted` on the day `now` (ms), in the vendors' own order. */
export async function loadOffers(wanted: readonly OperationId[], now: number): Promise<Offer[]> {
  const vendors = await Promise.all(
    vendorEntries.map(async (entry) => ({ entry, vendor: await entry.load() })),
  );
  const offers: Offer[] = [];
  for (const { entry, vendor } of vendors) {
    for (const model of vendor.models) {
      if (isRetired(model, now)) continue;
      for (const operation of wanted) {
        const profile = model.operations[operation];
        if (!profile) continue;
        const offer = { entry, vendor, model, operation, profile };
        const endpoints = endpointsOf(entry.id, model.id).map((endpoint) => ({ ...offer, endpoint }));
        offers.push(...(entry.id === "gateway" && endpoints.length > 0 ? [] : [offer]), ...endpoints);
      }
    }
  }
  return offers;
}

/** Other names a model goes by for this user. A gateway knows a model by one name: the one the user gave it stands for it. */
function endpointsOf(vendor: VendorId, model: string): string[] {
  if (vendor === "gateway") {
    const name = gatewayModels()[model];
    return name === undefined ? [] : [name];
  }
  if (vendor !== "seedream") return [];
  return Object.entries(seedreamEndpoints())
    .filter(([, profile]) => profile === model)
    .map(([endpoint]) => endpoint);
}

/** Only a documented date hides a model; it serves until the end of the day before. */
function isRetired(model: Model, now: number): boolean {
  return model.retires?.source === "documented" && now >= Date.parse(model.retires.on);
}
