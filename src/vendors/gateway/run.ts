import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { splitOptions } from "../wire/split.ts";
import { productOf } from "./products.ts";

/** Asks for what a request says, with the options its model has. */
export async function* run(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const product = productOf(request);
  const { options, dropped } = splitOptions(request.options, product.profile.options.shape);
  for (const option of dropped) yield { type: "warning", code: "optionDropped", args: { option } };
  yield* product.start({ ...request, options }, context);
}
