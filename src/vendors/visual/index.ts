import type { Vendor } from "../contract.ts";
import { adoption } from "./adoption.ts";
import { operationOf } from "./operation.ts";
import { models } from "./products.ts";
import { run } from "./run.ts";
import { cancel, status } from "./status.ts";
import { verify } from "./verify.ts";

/**
 * Volcengine Visual: many algorithms behind one address, each called at once or as a task. It has no list of tasks, so a call whose
 * answer was lost cannot be found again.
 */
export const visual: Vendor = {
  id: "visual",
  models,
  poll: { firstMs: 2_000, everyMs: 3_000, maxMs: 10_000 },
  start: run,
  status,
  cancel,
  cancelling: { reaches: "any", billed: "maybe" },
  taskId: (value) => {
    const operation = operationOf(value);
    return operation.step === "task" ? operation.id : undefined;
  },
  adoption,
  verify,
};
