import type { VendorContext, VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { settingsOf } from "./settings.ts";

type Settings = Pick<VendorContext, "settings">;

type Named = Pick<VendorRequest, "model" | "modelOverride" | "options">;

/** A model's name on the wire: as the request says, as the user's gateway knows it, or the catalog's own. */
export function wireModel({ model, modelOverride, options }: Named, context: Settings): string {
  const given = String(options.modelName ?? "").trim();
  return given || modelOverride || settingsOf(context).models[model] || model;
}

/** As {@link wireModel}, for a model that only has the name the user gives it. Throws a {@link VendorError} where there is none. */
export function givenModel(request: Named, context: Settings): string {
  const name = wireModel(request, context);
  if (name !== request.model) return name;
  throw new VendorError({ reason: "invalid", sent: "no", retryable: false, next: "gatewayModelName" });
}

/** What the vendor's own hosts and gateways that pass names through have (contract §3). */
const vendorModels = {
  chat: "qwen-plus",
  vision: "qwen-vl-plus",
  embedding: "text-embedding-v4",
  rerank: "qwen3-rerank",
} as const;

/** The name the user gave for a capability, or what the vendor calls it. */
export function capabilityModel(capability: keyof typeof vendorModels, context: Settings): string {
  return settingsOf(context).models[capability] || vendorModels[capability];
}
