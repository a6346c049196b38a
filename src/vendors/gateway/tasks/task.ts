import { z } from "zod";
import type { VendorContext } from "../../contract.ts";
import { unreadable } from "../errors.ts";
import { type Answer, read } from "../wire/call.ts";

export const tasksPath = "/api/v1/tasks/";

/** `SUSPENDED` is a constant of a client only; what else may come counts as going on (contract §7). */
export type TaskStatus = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED" | "UNKNOWN";

const text = z.string().min(1).optional().catch(undefined);
const number = z.coerce.number().optional().catch(undefined);

const taskSchema = z.object({
  task_id: text,
  task_status: z.string().min(1),
  code: text,
  message: text,
  error_message: text,
  orig_prompt: text,
  results: z.array(z.object({ orig_prompt: text }).catch({ orig_prompt: undefined })).catch([]),
});

/** What an answer used, by any generation of models: seconds, `SR` as 720 or "720P", pictures (contract §6, §7). */
const usageSchema = z.object({
  image_count: number,
  duration: number,
  video_duration: number,
  output_video_duration: number,
  SR: z
    .union([z.number(), z.string()])
    .transform((value) => Number.parseInt(String(value), 10))
    .optional()
    .catch(undefined),
  audio: z.boolean().optional().catch(undefined),
});
export type TaskUsage = z.infer<typeof usageSchema>;

export interface Task {
  status: TaskStatus | "other";
  code?: string;
  message?: string;
  /** The prompt as it was asked, where the vendor repeats it. */
  prompt?: string;
  output: Record<string, unknown>;
  usage: TaskUsage;
}

const statuses: readonly string[] = ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED", "UNKNOWN"];

/** A task out of the body of a submit or a look; undefined if it is none. */
function readTask({ body }: Answer): Task | undefined {
  const output = taskSchema.safeParse(body.output).data;
  if (!output) return undefined;
  const prompt = output.orig_prompt ?? output.results.find(({ orig_prompt }) => orig_prompt)?.orig_prompt;
  const message = output.message ?? output.error_message;
  return {
    status: statuses.includes(output.task_status) ? (output.task_status as TaskStatus) : "other",
    ...(output.code ? { code: output.code } : {}),
    ...(message ? { message } : {}),
    ...(prompt ? { prompt } : {}),
    output: body.output as Record<string, unknown>,
    usage: readUsage(body.usage),
  };
}

/** What was used, out of an answer; empty where nothing is said. */
export function readUsage(usage: unknown): TaskUsage {
  return usageSchema.safeParse(usage ?? {}).data ?? {};
}

/** One look at a task (contract §7). The header of asynchronous calls is for submits only. */
export async function getTask(id: string, context: VendorContext): Promise<{ task: Task; answer: Answer }> {
  const answer = await read(context, { route: "native", path: tasksPath + encodeURIComponent(id) });
  const task = readTask(answer);
  if (!task) throw unreadable(headOf(answer));
  return { task, answer };
}

/** What an error needs of a good answer that cannot be used. */
export function headOf({ requestId }: Answer): { status: number; headers: Record<string, string> } {
  return { status: 200, headers: requestId ? { "x-request-id": requestId } : {} };
}
