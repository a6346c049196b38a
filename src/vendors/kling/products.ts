import type { Model } from "../../model/catalog.ts";
import type { VendorRequest } from "../contract.ts";
import { productFor } from "../products.ts";
import { imageProducts } from "./images/products.ts";
import type { Product } from "./product.ts";
import { soundProducts } from "./sounds.ts";
import { avatarProduct } from "./video/avatar.ts";
import { effectProducts } from "./video/effects.ts";
import { frameProducts } from "./video/frames.ts";
import { lipSyncProduct } from "./video/lip-sync.ts";
import { omniProducts } from "./video/omni.ts";
import { otherVideoProducts } from "./video/others.ts";

const products: readonly Product[] = [
  ...frameProducts,
  ...omniProducts,
  ...otherVideoProducts,
  ...effectProducts,
  avatarProduct,
  lipSyncProduct,
  ...imageProducts,
  ...soundProducts,
];

/** Every model of Kling that Easel offers, each with all it does: pictures and videos of one generation share an id. */
export const models: readonly Model[] = grouped();

function grouped(): Model[] {
  const found = new Map<string, Model>();
  for (const { model, operation, profile: own, elements = 0 } of products) {
    const profile = elements > 0 ? { ...own, namesElements: true } : own;
    const known = found.get(model.id);
    const operations = { ...known?.operations, [operation]: profile };
    const retires = model.retires ? ({ on: model.retires, source: "reported" } as const) : known?.retires;
    found.set(model.id, { id: model.id, name: model.name, ...(retires ? { retires } : {}), operations });
  }
  return [...found.values()];
}

/** Every product of an operation. */
export function productsOf(operation: Product["operation"]): readonly Product[] {
  return products.filter((product) => product.operation === operation);
}

/** The product a request is for. Throws a {@link VendorError} for one that Kling has not. */
export function productOf(request: Pick<VendorRequest, "model" | "operation">): Product {
  return productFor(products, request);
}
