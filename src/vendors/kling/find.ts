import type { VendorContext } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { unreadable } from "../wire/refusal.ts";
import { isTaskUnknown } from "./errors.ts";
import { read } from "./wire/call.ts";
import { readLegacyTask, readNewerTask, type Task } from "./wire/task.ts";

/** Where a task is looked up: a legacy one under its product's path, a newer one among all. */
export interface Place {
  api: "legacy" | "newer";
  path: string;
  /** True where the caller's own id is not looked up, only listed. */
  listed?: boolean;
}

/** The task with the vendor's id; throws `notFound` for one it does not know. */
export async function taskById(
  place: Place,
  id: string,
  context: VendorContext,
): Promise<{ task: Task; requestId?: string }> {
  const answer =
    place.api === "legacy"
      ? await read(context, `${place.path}/${encodeURIComponent(id)}`)
      : await read(context, "/tasks", { task_ids: id });
  const task =
    place.api === "legacy"
      ? readLegacyTask(answer.data)
      : readList(answer.data, readNewerTask).find((each) => each.id === id);
  if (task) return { task, ...(answer.requestId ? { requestId: answer.requestId } : {}) };
  if (place.api === "newer") {
    throw new VendorError({ reason: "notFound", sent: "unknown", status: 200 });
  }
  throw unreadable(200, answer.requestId);
}

/** The task a job made, by the job's id, which is its `external_task_id`; undefined if the vendor has none (contract §2). */
export async function taskOfJob(place: Place, context: VendorContext): Promise<Task | undefined> {
  const { jobId } = context;
  if (place.api === "newer") {
    const { data } = await read(context, "/tasks", { external_task_ids: jobId });
    return readList(data, readNewerTask).find(({ externalId }) => externalId === jobId);
  }
  if (place.listed) {
    const { data } = await read(context, place.path, { pageNum: "1", pageSize: "100" });
    return readList(data, readLegacyTask).find(({ externalId }) => externalId === jobId);
  }
  try {
    const { data, requestId } = await read(context, `${place.path}/${encodeURIComponent(jobId)}`);
    const task = readLegacyTask(data);
    if (!task) throw unreadable(200, requestId);
    return task;
  } catch (error) {
    if (isTaskUnknown(error)) return undefined;
    throw error;
  }
}

/** Throws for what is no list: that says nothing about which tasks there are. */
function readList(data: unknown, readOne: (item: unknown) => Task | undefined): Task[] {
  if (!Array.isArray(data)) throw unreadable(200);
  return data.flatMap((item) => readOne(item) ?? []);
}
