import type { Json } from "../../../model/json.ts";
import type { CancelResult, VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { withdraw } from "../wire/call.ts";
import { operationOf } from "./operation.ts";
import { getTask, type Task, tasksPath } from "./task.ts";

/**
 * Cancels a task that still waits; one that runs goes on and is billed (contract §7). What does not go through is looked at again,
 * for the truth.
 */
export async function cancelTask(value: Json, context: VendorContext): Promise<CancelResult> {
  const { task } = operationOf(value);
  const path = `${tasksPath}${encodeURIComponent(task)}/cancel`;
  try {
    await withdraw(context, { route: "native", path });
    return { result: "cancelled" };
  } catch (error) {
    if (!(error instanceof VendorError) || context.signal.aborted) throw error;
    if (error.reason === "credentials") throw error;
  }
  return meaning((await getTask(task, context)).task);
}

/** Still waiting after a refusal, or a status nobody knows, promises nothing. */
function meaning({ status }: Task): CancelResult {
  if (status === "CANCELED") return { result: "cancelled" };
  const known = status === "RUNNING" || status === "SUCCEEDED" || status === "FAILED";
  return { result: known ? "tooLate" : "cannot" };
}
