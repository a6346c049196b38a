import type { Json } from "../../../model/json.ts";
import type { CancelResult, EraseResult, VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { authHeaders } from "../auth.ts";
import { readHandle } from "./handle.ts";
import { getTask, tasksUrl } from "./task.ts";

const deadlineMs = 30_000;

/**
 * Cancels a task that still waits (contract §3.5). The vendor's one call for it destroys the record of a task that has ended, so it
 * is made only right after a look that found the task queued; what does not go through is looked at again, for the truth.
 */
export async function cancelVideo(operation: Json, context: VendorContext): Promise<CancelResult> {
  const { task } = readHandle(operation);
  const { value } = await getTask(task, context);
  if (value.status !== "queued") return meaning(value.status);
  if (await withdrawn(task, context)) return { result: "cancelled" };
  return meaning((await getTask(task, context)).value.status);
}

/** The states in which a task has ended, and its one call deletes the record (contract §3.5). */
const ended = ["succeeded", "failed", "expired", "cancelled"];

/** Deletes the record of a task that has ended, and the clip with it; looks first, for a task that waits would be cancelled. */
export async function eraseVideo(operation: Json, context: VendorContext): Promise<EraseResult> {
  const { task } = readHandle(operation);
  try {
    const { value } = await getTask(task, context);
    if (!ended.includes(value.status ?? "")) return "running";
  } catch (error) {
    if (error instanceof VendorError && error.reason === "notFound") return "gone";
    throw error;
  }
  return (await withdrawn(task, context)) ? "erased" : "refused";
}

/** One call, never repeated: by the second, the task may have ended. False if it was refused or got lost. */
async function withdrawn(task: string, context: VendorContext): Promise<boolean> {
  try {
    const response = await context.http.withdraw({
      url: tasksUrl(context, task),
      headers: authHeaders(context.credentials),
      signal: context.signal,
      deadlineMs,
    });
    await response.discard();
    return response.status >= 200 && response.status < 300;
  } catch (fault) {
    const error = errorOfFault(fault);
    if (error instanceof VendorError && !context.signal.aborted) return false;
    throw error;
  }
}

/** A status that is not known, or still queued after a refusal, promises nothing. */
function meaning(status: string | undefined): CancelResult {
  if (status === "cancelled") return { result: "cancelled" };
  const known = ["running", "succeeded", "failed", "expired"].includes(status ?? "");
  return { result: known ? "tooLate" : "cannot" };
}
