import type { Json } from "../../model/json.ts";
import type { Usage, VendorContext, VendorEvent } from "../contract.ts";
import { unreadable } from "../wire/refusal.ts";
import { errorOfTask } from "./errors.ts";
import { taskById } from "./find.ts";
import { continueLipSync } from "./lip-sync-steps.ts";
import { operationOf, type TaskOperation } from "./operation.ts";
import { rounded } from "./prices.ts";
import type { Task } from "./wire/task.ts";

/** Files stay this long at the vendor (contract §2). */
const fileLifeMs = 30 * 24 * 60 * 60 * 1000;

/** One look at a task; of a lip sync whose faces are known, the second call. */
export async function* status(value: Json, context: VendorContext): AsyncGenerator<VendorEvent> {
  const operation = operationOf(value);
  if (operation.step === "identified") return yield* continueLipSync(operation, context);
  const { task, requestId } = await taskById(operation, operation.id, context);
  switch (task.phase) {
    case "queued":
    case "running":
      yield { type: "progress", phase: task.phase };
      return;
    case "failed":
      yield { type: "failed", error: errorOfTask(task.message, requestId) };
      return;
    case "done":
      // What is made is paid for: an answer that leads nowhere is looked at again, and does not end the job.
      if (task.outputs.every(({ url }) => url === "")) throw unreadable(200, requestId);
      yield* outputs(task, operation, context, requestId);
      yield { type: "usage", usage: usageOf(task, operation) };
      yield { type: "done" };
  }
}

function* outputs(
  task: Task,
  operation: TaskOperation,
  context: VendorContext,
  requestId: string | undefined,
): Generator<VendorEvent> {
  const expires = (task.updated || context.clock.now()) + fileLifeMs;
  // A sound asked for comes first, with the video it was made for behind it.
  const sounds = task.outputs.filter(({ kind }) => kind === "audio");
  const all = [...sounds, ...task.outputs.filter(({ kind }) => kind !== "audio")];
  for (const [index, each] of all.entries()) {
    const url = operation.wav && each.wav ? each.wav : each.url;
    if (url === "") {
      yield { type: "failed", index, error: unreadable(200, requestId) };
      continue;
    }
    const isBeside = sounds.length > 0 && each.kind === "video";
    const facts = {
      ...(requestId ? { requestId } : {}),
      ...(each.id ? { id: each.id } : {}),
      ...(isBeside ? { kind: "video" as const } : {}),
    };
    yield { type: "output", index, source: { kind: "link", url, expires }, facts };
  }
}

function usageOf(task: Task, operation: TaskOperation): Usage {
  const units = rounded((task.units ?? 0) + (operation.before ?? 0));
  return {
    units: units > 0 ? { [operation.unit]: units } : {},
    ...(task.money ? { money: task.money } : {}),
  };
}
