import type { Model } from "../../model/catalog.ts";
import type { VendorRequest } from "../contract.ts";
import { productFor as find, modelsOf } from "../products.ts";
import { editProducts } from "./images/edit.ts";
import { jimeng4Products } from "./images/jimeng4.ts";
import { otherImageProducts } from "./images/others.ts";
import { portraitProducts } from "./images/portrait.ts";
import { repaintProducts } from "./images/repaint.ts";
import { textProducts } from "./images/text.ts";
import type { Product } from "./product.ts";
import { clipProducts } from "./video/clips.ts";
import { peopleProducts } from "./video/people.ts";

const products: readonly Product[] = [
  ...jimeng4Products,
  ...textProducts,
  ...editProducts,
  ...portraitProducts,
  ...repaintProducts,
  ...otherImageProducts,
  ...clipProducts,
  ...peopleProducts,
];

/** Every model that Easel offers, each with all it does (contract §6). */
export const models: readonly Model[] = modelsOf(products);

/**
 * Algorithms of which no more is known than a name or some of the fields, so that no request can be written for them (contract §6):
 * they are not offered. For the docs.
 */
export const knownByNameOnly: readonly string[] = [
  "high_aes",
  "high_aes_t2i",
  "high_aes_ip_v20",
  "pippit_iv2v_cvtob",
  "pippit_iv2v_v20_cvtob",
  "pippit_iv2v_v20_cvtob_with_vinput",
  "pippit_iv2v_cvtob_master",
  "pippit_shortplay_cvtob_*",
  "img2img_*",
];

/** The product a request is for. Throws a {@link VendorError} for one that the vendor has not. */
export function productFor(request: Pick<VendorRequest, "model" | "operation">): Product {
  return find(products, request);
}
