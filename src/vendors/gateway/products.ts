import type { Model } from "../../model/catalog.ts";
import type { VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { imageProducts } from "./images/products.ts";
import type { Product } from "./product.ts";
import { speechProducts } from "./speech/products.ts";
import { transcriptProducts } from "./transcript/products.ts";
import { videoProducts } from "./video/products.ts";

const products: readonly Product[] = [
  ...imageProducts,
  ...videoProducts,
  ...speechProducts,
  ...transcriptProducts,
];

/** Every model that Easel offers behind a gateway, each with all it does. */
export const models: readonly Model[] = grouped();

function grouped(): Model[] {
  const found = new Map<string, Model>();
  for (const { model, operation, profile } of products) {
    const operations = { ...found.get(model.id)?.operations, [operation]: profile };
    found.set(model.id, { ...model, operations });
  }
  return [...found.values()];
}

/** The product a request is for. Throws a {@link VendorError} for one that there is not. */
export function productOf({ model, operation }: Pick<VendorRequest, "model" | "operation">): Product {
  const product = products.find((each) => each.model.id === model && each.operation === operation);
  if (product) return product;
  const known = products.some((each) => each.model.id === model);
  throw known
    ? new VendorError({ reason: "invalid", sent: "no", code: operation, field: "operation" })
    : new VendorError({ reason: "notFound", sent: "no", field: "model" });
}
