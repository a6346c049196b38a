import type { ModelOperation } from "../../model/catalog.ts";
import type { OperationId } from "../../model/operations.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";

/** One model doing one operation: what it offers, and how it is asked. */
export interface Product {
  /** Id and name in the catalog. */
  model: { id: string; name: string; preview?: true };
  operation: OperationId;
  profile: ModelOperation;
  start(request: VendorRequest, context: VendorContext): AsyncIterable<VendorEvent>;
}
