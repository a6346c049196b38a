import { fileFields } from "../../wire/body.ts";
import { pictures } from "../inputs.ts";
import * as option from "../options.ts";
import type { Product } from "../product.ts";
import { profileOf } from "./shared.ts";

/** A person in other clothes (contract §5); sold in money, of which an account's own price is not known. */
export const tryOnProducts: readonly Product[] = [
  { id: "kolors-virtual-try-on-v1-5", name: "Kolors Virtual Try-On 1.5" },
  { id: "kolors-virtual-try-on-v1", name: "Kolors Virtual Try-On 1.0" },
].map((model) => ({
  unit: "imageUnits" as const,
  model,
  operation: "try-on" as const,
  profile: profileOf({
    options: option.schemaOf({ ...option.watermark() }),
    inputs: [pictures("person", 1, 1), pictures("garment", 1, 1)],
    prompt: "none",
    estimate: () => ({
      kind: "money",
      low: 0.07,
      high: 0.07,
      currency: "USD",
      basis: { unitPrice: 0.07, per: "call", count: 1 },
    }),
  }),
  legacy: {
    path: "/v1/images/kolors-virtual-try-on",
    body: (ask) => ({
      model_name: ask.model,
      ...fileFields("human_image", ask.files("person")),
      ...fileFields("cloth_image", ask.files("garment")),
    }),
  },
}));
