import type { Product } from "../product.ts";
import { expandProduct } from "./expand.ts";
import { generationProducts } from "./generation.ts";
import { multiImageProduct } from "./multi-image.ts";
import { omniImageProducts } from "./omni.ts";
import { tryOnProducts } from "./try-on.ts";

export const imageProducts: readonly Product[] = [
  ...generationProducts,
  ...omniImageProducts,
  multiImageProduct,
  expandProduct,
  ...tryOnProducts,
];
