import type { VendorContext } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { type BodyObject, encodeBody } from "../wire/body.ts";
import { unreadable } from "../wire/refusal.ts";
import { isDuplicate } from "./errors.ts";
import { type Place, taskOfJob } from "./find.ts";
import { send } from "./wire/call.ts";
import { readLegacyTask, readNewerTask } from "./wire/task.ts";

/**
 * Makes a task, once: the job's id goes with it, and the vendor refuses a second task of the same id without billing it (contract §2).
 * So after an answer that says nothing the task is looked up, and where there is none the call counts as refused and may go out again.
 * Answers the vendor's id of the task.
 */
export async function createTask(
  step: string,
  place: Place,
  body: BodyObject,
  context: VendorContext,
): Promise<string> {
  const bytes = await encodeBody(body);
  return context.spend(step, async (http) => {
    try {
      const { data, requestId } = await send(http, context, place.path, bytes);
      const task = place.api === "legacy" ? readLegacyTask(data) : readNewerTask(data);
      if (!task) throw unreadable(200, requestId);
      return task.id;
    } catch (error) {
      return await settled(error, place, context);
    }
  });
}

async function settled(error: unknown, place: Place, context: VendorContext): Promise<string> {
  if (!(error instanceof VendorError)) throw error;
  const isDoubtful = error.facts.sent === "unknown";
  if (!isDoubtful && !isDuplicate(error)) throw error;
  const unknown = new VendorError({ ...error.facts, reason: "ambiguous", sent: "unknown", retryable: false });
  const task = await taskOfJob(place, context).catch(() => {
    throw unknown;
  });
  if (task) return task.id;
  throw isDoubtful ? new VendorError({ ...error.facts, sent: "refused", retryable: true }) : unknown;
}
