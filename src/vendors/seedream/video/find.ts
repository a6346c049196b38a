import type { FoundTask, VendorContext, VendorRequest } from "../../contract.ts";
import { modelIdAt } from "../region.ts";
import { handleOf } from "./handle.ts";
import { planVideo } from "./plan.ts";
import { videoFields } from "./request.ts";
import { listTasks, type Task } from "./task.ts";

/** How much earlier than the call, by the vendor's clock, a task may seem to be made; its times are whole seconds. */
const earlyMs = 10_000;
/** How long after the call began its task may be made: no longer than the call may take. */
const lateMs = 6 * 60_000;

/**
 * Tasks that a call made at `since` may have brought (contract §4, Retry and money): those of its model made in its time, as far as
 * what they echo is what was asked for. Where the vendor's clock differs, its own `Date` says by how much.
 */
export async function findVideo(
  request: VendorRequest,
  since: number,
  context: VendorContext,
): Promise<FoundTask[]> {
  const plan = planVideo(request);
  const model = request.modelOverride ?? modelIdAt(plan.profile.ids, context.baseUrl);
  const { value: tasks, call } = await listTasks(model, context);
  const skew = skewOf(call.headers?.date, call.now);
  const asked = {
    ...videoFields(plan, model),
    draft_task_id: plan.step === "final" ? plan.options.draftTask : undefined,
  };
  return tasks.flatMap((task) => {
    if (task.id === undefined || task.created_at === undefined) return [];
    const created = task.created_at * 1000 - skew;
    const inTime = created >= since - earlyMs && created <= since + lateMs;
    if (!inTime || !echoes(task, asked)) return [];
    return [{ operation: handleOf(task.id, plan), created }];
  });
}

/** How far the vendor's clock is ahead, in milliseconds; 0 within the second that its header rounds to. */
function skewOf(date: string | undefined, now: number): number {
  const told = Date.parse(date ?? "");
  const skew = Number.isNaN(told) ? 0 : told - now;
  return Math.abs(skew) < 2000 ? 0 : skew;
}

const echoed = [
  "seed",
  "resolution",
  "ratio",
  "duration",
  "frames",
  "service_tier",
  "generate_audio",
  "draft",
  "draft_task_id",
] as const;

/** Whether nothing that a task tells of itself differs from what was asked. What the vendor chose itself tells nothing. */
function echoes(task: Task, asked: Record<string, unknown>): boolean {
  return echoed.every((name) => {
    const [wanted, told] = [asked[name], task[name]];
    if (name === "draft" && told === true && wanted !== true) return false;
    return (
      wanted === undefined || told === undefined || wanted === "adaptive" || wanted === -1 || wanted === told
    );
  });
}
