import type { Json } from "../../model/json.ts";
import type { OperationId } from "../../model/operations.ts";
import { operations } from "../../model/operations.ts";
import { optionDefaults } from "../../model/options.ts";
import { lookOnce } from "../adoption.ts";
import type { Adoption, ForeignTask } from "../contract.ts";
import { VendorError } from "../errors.ts";
import type { TaskOperation } from "./operation.ts";
import { keyOf } from "./product.ts";
import { productFor } from "./products.ts";
import { status } from "./status.ts";

/** A task is found only with the algorithm it was made by (contract §4), which the model and what was asked for tell. */
export const adoption: Adoption = {
  needs: "model",
  isTask: (operation, model) => handleOf({ id: "-", operation, model }) !== undefined,
  async find(task, context) {
    const handle = handleOf(task);
    if (!handle) throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
    await lookOnce(status(handle, context));
    return { operation: task.operation, model: task.model, handle };
  },
};

function handleOf({ id, operation, model }: ForeignTask): { [name: string]: Json } | undefined {
  const product = productFor({ operation, model });
  if (!("pair" in product.call)) return undefined;
  const key = keyOf(product, optionDefaults(product.profile.options));
  return { step: "task", pair: product.call.pair, key, id, kind: kindOf(operation) };
}

function kindOf(operation: OperationId): TaskOperation["kind"] {
  return operations[operation].output === "image" ? "image" : "video";
}
