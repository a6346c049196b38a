import type { FoundTask, Vendor, VendorContext, VendorRequest } from "../contract.ts";
import { adoption } from "./adoption.ts";
import { taskOfJob } from "./find.ts";
import { library } from "./library/library.ts";
import { lipSyncPlace } from "./lip-sync-steps.ts";
import { operationOf, taskOperation } from "./operation.ts";
import { models, productOf } from "./products.ts";
import { regionOf } from "./region.ts";
import { placesOf, run } from "./run.ts";
import { status } from "./status.ts";
import { verify } from "./verify.ts";

/**
 * Kling: videos, pictures and sounds, all as tasks. It has no way to cancel one (contract §2): what was accepted runs on and
 * is billed.
 */
export const kling: Vendor = {
  id: "kling",
  models,
  poll: { firstMs: 3_000, everyMs: 5_000 },
  start: run,
  status,
  find,
  taskId: (value) => {
    const operation = operationOf(value);
    return operation.step === "task" ? operation.id : undefined;
  },
  verify,
  adoption,
  library,
  region: regionOf,
};

/** The job's task by the job's id, in every form its request can have gone out in; the first that has it. */
async function find(request: VendorRequest, _since: number, context: VendorContext): Promise<FoundTask[]> {
  const product = productOf(request);
  const places = product.operation === "lip-sync" ? [lipSyncPlace] : placesOf(request, context);
  for (const place of places) {
    const task = await taskOfJob(place, context);
    if (!task) continue;
    const operation = taskOperation(product, place, task.id, { format: request.options.format });
    return [{ operation, created: task.created }];
  }
  return [];
}
