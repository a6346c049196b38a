import type { Adoption, ForeignTask, VendorContext } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { hasApiKey } from "./auth/auth.ts";
import { type Place, taskById } from "./find.ts";
import { taskOperation } from "./operation.ts";
import type { Product } from "./product.ts";
import { productsOf } from "./products.ts";

/** A legacy task is looked up under the path it was made with, which what was asked for tells; a newer one among all (contract §2, §7). */
export const adoption: Adoption = {
  needs: "operation",
  isTask: () => true,
  async find({ id, operation }, context) {
    for (const { product, place } of placesOf(operation, context)) {
      if (!(await isThere(place, id, context))) continue;
      return { operation, model: product.model.id, handle: taskOperation(product, place, id) };
    }
    throw new VendorError({ reason: "notFound", sent: "unknown", next: "checkTaskId" });
  },
};

/** Where a task may be: each place once, with the first product that has it. */
function placesOf(
  operation: ForeignTask["operation"],
  context: VendorContext,
): { product: Product; place: Place }[] {
  const products = productsOf(operation);
  const newer = products.find((product) => product.newer);
  const legacy = new Map<string, Product>();
  for (const product of products) {
    if (product.legacy && !legacy.has(product.legacy.path)) legacy.set(product.legacy.path, product);
  }
  return [
    ...(newer?.newer && hasApiKey(context)
      ? [{ product: newer, place: { api: "newer", path: newer.newer.path } as const }]
      : []),
    ...[...legacy].map(([path, product]) => ({ product, place: { api: "legacy", path } as const })),
  ];
}

async function isThere(place: Place, id: string, context: VendorContext): Promise<boolean> {
  try {
    await taskById(place, id, context);
    return true;
  } catch (error) {
    if (error instanceof VendorError && error.reason === "notFound") return false;
    throw error;
  }
}
