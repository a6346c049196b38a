import type { InputRole } from "../../model/request.ts";
import type { VendorRequest } from "../contract.ts";
import type { BodyObject } from "../wire/body.ts";
import { splitOptions } from "../wire/split.ts";
import { type Ask, keyOf, type Product } from "./product.ts";

/** What a body is made of, and the options that the product has not: those of another may have been left. */
export function askOf(request: VendorRequest, product: Product): { ask: Ask; dropped: string[] } {
  const { options, dropped } = splitOptions(request.options, product.profile.options.shape);
  const files = (role: InputRole) => request.inputs.filter((input) => input.role === role);
  return { ask: { prompt: request.prompt, options, files }, dropped };
}

/** A body without what is said of the result. */
export function bodyOf(product: Product, ask: Ask): BodyObject {
  return { req_key: keyOf(product, ask.options), ...product.body(ask) };
}

/** The seed, where it was not left to chance. */
export function seedOf({ options: { seed } }: Ask): { seed?: number } {
  return typeof seed === "number" && seed >= 0 ? { seed } : {};
}
