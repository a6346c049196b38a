import type { Model } from "../../model/catalog.ts";
import type { VendorRequest } from "../contract.ts";
import { modelsOf, productFor } from "../products.ts";
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
export const models: readonly Model[] = modelsOf(products);

/** The product a request is for. Throws a {@link VendorError} for one that there is not. */
export function productOf(request: Pick<VendorRequest, "model" | "operation">): Product {
  return productFor(products, request);
}
