import type { Model, ModelOperation } from "../model/catalog.ts";
import type { OperationId } from "../model/operations.ts";
import type { VendorRequest } from "./contract.ts";
import { VendorError } from "./errors.ts";

/** The least a vendor's product says: which model does which operation. */
interface ProductOfModel<M> {
  model: M;
  operation: OperationId;
  profile: ModelOperation;
}

/** The models of a vendor's products, each with all it does, in the order they first come. */
export function modelsOf(products: readonly ProductOfModel<Omit<Model, "operations">>[]): Model[] {
  const found = new Map<string, Model>();
  for (const { model, operation, profile } of products) {
    const operations = { ...found.get(model.id)?.operations, [operation]: profile };
    found.set(model.id, { ...found.get(model.id), ...model, operations });
  }
  return [...found.values()];
}

/** The product a request is for. Throws a {@link VendorError} for one that there is not. */
export function productFor<P extends { model: { id: string }; operation: OperationId }>(
  products: readonly P[],
  { model, operation }: Pick<VendorRequest, "model" | "operation">,
): P {
  const product = products.find((each) => each.model.id === model && each.operation === operation);
  if (product) return product;
  const known = products.some((each) => each.model.id === model);
  throw known
    ? new VendorError({ reason: "invalid", sent: "no", code: operation, field: "operation" })
    : new VendorError({ reason: "notFound", sent: "no", field: "model" });
}
