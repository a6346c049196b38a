import { invalid } from "../codes.ts";
import type { Product } from "../product.ts";
import { EDITS, IMAGES } from "./images.ts";
import { OLDER } from "./older.ts";
import { PEOPLE, VIDEOS } from "./videos.ts";

/** Every product whose fields are known (contract volcengine-visual §6). */
export const PRODUCTS: readonly Product[] = [...IMAGES, ...EDITS, ...OLDER, ...VIDEOS, ...PEOPLE];

/** The product of a `req_key`. Throws a Refusal. */
export function productOf(reqKey: string): Product {
  const found = PRODUCTS.find(({ key }) => (typeof key === "string" ? key === reqKey : key.test(reqKey)));
  if (found === undefined) throw unsupported(reqKey);
  return found;
}

export function unsupported(reqKey: string) {
  return invalid(`req_key ${reqKey} not supported`);
}
