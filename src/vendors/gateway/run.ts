import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { productOf } from "./products.ts";

/** Asks for what a request says, with the options its model has; a schema of another model's may have left others. */
export async function* run(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const product = productOf(request);
  const { shape } = product.profile.options;
  const entries = Object.entries(request.options);
  for (const [option] of entries) {
    if (!(option in shape)) yield { type: "warning", code: "optionDropped", args: { option } };
  }
  const options = Object.fromEntries(entries.filter(([key]) => key in shape));
  yield* product.start({ ...request, options }, context);
}
