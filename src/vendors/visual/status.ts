import type { Json } from "../../model/json.ts";
import type { CancelResult, VendorContext, VendorEvent } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { unreadable } from "../wire/refusal.ts";
import { endsTask, isBusinessCode } from "./errors.ts";
import { operationOf, pairs, type TaskOperation } from "./operation.ts";
import { outcomeOf, resultEvents } from "./result.ts";
import { continueWithSubject } from "./subjects.ts";
import { type Answer, ask, withdraw } from "./wire/call.ts";
import { readData } from "./wire/result.ts";

/** One look at a task (contract §5); where the people of a picture are known, the call that makes one speak. */
export async function* status(value: Json, context: VendorContext): AsyncGenerator<VendorEvent> {
  const operation = operationOf(value);
  if (operation.step === "subjects") return yield* continueWithSubject(operation.mask, context);
  let answer: Answer;
  try {
    answer = await look(operation, context);
  } catch (error) {
    if (!endsTask(error)) throw error;
    yield { type: "failed", error };
    return;
  }
  const requestId = answer.requestId ? { requestId: answer.requestId } : {};
  const data = readData(answer.data);
  if (!data) throw unreadable(200, answer.requestId);
  switch (data.status) {
    case "done":
      yield* resultEvents(outcomeOf(answer, operation.kind, context.clock.now()), {
        labelled: operation.result?.includes("aigc_meta") === true,
        seed: operation.seed,
      });
      return;
    case "not_found":
      throw new VendorError({ reason: "notFound", sent: "unknown", next: "visualTaskGone", ...requestId });
    case "expired":
      yield { type: "failed", error: ended("expired", "unknown", requestId) };
      return;
    case "failed":
      yield { type: "failed", error: ended("unavailable", "refused", requestId) };
      return;
    default:
      // What is not documented counts as running: the deadline ends it if it never changes.
      yield { type: "progress", phase: data.status === "in_queue" ? "queued" : "running" };
  }
}

function look({ pair, key, id, result }: TaskOperation, context: VendorContext): Promise<Answer> {
  const body = { req_key: key, task_id: id, ...(result === undefined ? {} : { req_json: result }) };
  return ask(context, pairs[pair].result, body);
}

function ended(
  reason: "expired" | "unavailable",
  sent: "refused" | "unknown",
  requestId: { requestId?: string },
): VendorError {
  return new VendorError({ reason, sent, retryable: false, ...requestId });
}

/** Takes a task back. What can be taken back is not documented: a refusal says that this one cannot, or is over (contract §3, §11). */
export async function cancel(value: Json, context: VendorContext): Promise<CancelResult> {
  const operation = operationOf(value);
  if (operation.step === "subjects") return { result: "cancelled" };
  try {
    await withdraw(context, "CVCancelTask", { req_key: operation.key, task_id: operation.id });
    return { result: "cancelled" };
  } catch (error) {
    if (!(error instanceof VendorError) || !isBusinessCode(error.facts.code)) throw error;
    if (error.facts.sent === "unknown" || error.reason === "rateLimit") throw error;
  }
  const answer = await look(operation, context);
  return { result: readData(answer.data)?.status === "done" ? "tooLate" : "cannot" };
}
