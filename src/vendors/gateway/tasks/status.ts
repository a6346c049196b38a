import type { Json } from "../../../model/json.ts";
import type { VendorContext, VendorEvent } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import type { GatewayNextStep } from "../error-rules.ts";
import { errorOfTask } from "../errors.ts";
import { imageUsage } from "../images/prices.ts";
import { regionOf } from "../region.ts";
import { deliverTranscript } from "../transcript/files.ts";
import { videoUsage } from "../video/prices.ts";
import { deliver, shown } from "./deliver.ts";
import { operationOf, type TaskOperation } from "./operation.ts";
import { isOther } from "./prompt.ts";
import { getTask, type Task } from "./task.ts";

/** When to look: often at first, then every 15 s, as the vendor advises for videos; an account has 20 looks a second (contract §6, §7). */
export const taskPoll = { firstMs: 3_000, everyMs: 5_000, maxMs: 15_000 } as const;

/** Before a task that is not known is asked for once more. */
const againMs = 2_000;

/** One look at a task (contract §7). A status nobody documents means that it goes on. */
export async function* taskStatus(value: Json, context: VendorContext): AsyncGenerator<VendorEvent> {
  const operation = operationOf(value);
  const { task, answer } = await known(operation, context);
  if (operation.found && (await isForeign(task, context))) {
    const facts = { reason: "notFound", sent: "unknown", retryable: false } as const;
    yield { type: "failed", error: taskError({ ...facts, next: "foreignTask" }, answer.requestId) };
    return;
  }
  switch (task.status) {
    case "SUCCEEDED": {
      if (operation.kind === "transcript") {
        yield* deliverTranscript(operation.format ?? "text", answer, context);
        return;
      }
      const usageOf = (results: number) => usage(operation, task, results, context);
      yield* deliver({ answer, isTask: true, seed: operation.seed, usageOf }, context);
      return;
    }
    case "FAILED":
      yield* shown(answer);
      yield { type: "failed", error: errorOfTask(task, answer.requestId) };
      return;
    case "CANCELED": {
      const facts = { reason: "unavailable", sent: "refused", retryable: false } as const;
      yield { type: "failed", error: taskError({ ...facts, next: "taskCancelled" }, answer.requestId) };
      return;
    }
    default:
      yield { type: "progress", phase: task.status === "PENDING" ? "queued" : "running" };
  }
}

/** Whether a task was made for somebody else, as far as it can be told. */
async function isForeign({ prompt }: Task, { request }: VendorContext): Promise<boolean> {
  if (prompt === undefined || !request) return false;
  try {
    return isOther((await request()).prompt, prompt);
  } catch (error) {
    // Inputs that are gone by now say nothing about the task.
    if (error instanceof VendorError) return false;
    throw error;
  }
}

/** `UNKNOWN` means a day old or never there; twice in a row is final, once may be a slip between the vendor's machines. */
async function known({ task }: TaskOperation, context: VendorContext) {
  const first = await getTask(task, context);
  if (first.task.status !== "UNKNOWN") return first;
  await context.clock.sleep(againMs, context.signal);
  const second = await getTask(task, context);
  if (second.task.status !== "UNKNOWN") return second;
  const facts = { reason: "expired", sent: "unknown", status: 200, code: "UNKNOWN" } as const;
  throw taskError({ ...facts, next: "taskUnknown" }, second.answer.requestId);
}

function usage(operation: TaskOperation, task: Task, results: number, context: VendorContext) {
  const region = regionOf(context.baseUrl);
  return operation.kind === "image"
    ? imageUsage(operation.model, task.usage.image_count ?? results, region)
    : videoUsage(operation, task.usage, region);
}

function taskError(
  facts: Omit<VendorError["facts"], "next"> & { next: GatewayNextStep | "taskCancelled" },
  requestId: string | undefined,
): VendorError {
  return new VendorError({ ...facts, ...(requestId ? { requestId } : {}) });
}
