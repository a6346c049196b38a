import { z } from "zod";
import type { HttpResponse } from "../../../net/types.ts";
import type { VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { jsonOf } from "../../wire/json.ts";
import { authHeaders } from "../auth.ts";
import { type ErrorContext, errorOfResponse, unreadable } from "../errors.ts";

const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/**
 * A task as the vendor tells it (contract §3.4). Pages differ on which fields are there, so each may be absent, and what has
 * another type counts as absent. Times in seconds since the epoch.
 */
export const taskSchema = z.object({
  id: text,
  model: text,
  status: text,
  content: z.object({ video_url: text, last_frame_url: text }).optional().catch(undefined),
  usage: z.object({ completion_tokens: number, total_tokens: number }).optional().catch(undefined),
  created_at: number,
  updated_at: number,
  seed: number,
  resolution: text,
  ratio: text,
  duration: number,
  frames: number,
  service_tier: text,
  generate_audio: z.boolean().optional().catch(undefined),
  draft: z.boolean().optional().catch(undefined),
  draft_task_id: text,
  /** Asynchronous failures; an item of a list may call it otherwise. */
  error: z.unknown().optional(),
  failure_reason: z.unknown().optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** An answer to a look, with what its errors need. */
export interface Look<T> {
  value: T;
  call: ErrorContext;
}

const tasksPath = "/contents/generations/tasks";
const maxAnswerBytes = 16 * 1024 * 1024;
const lookDeadlineMs = 60_000;

/** Address of the tasks, or of one of them. */
export function tasksUrl(context: VendorContext, id?: string): string {
  return context.baseUrl + tasksPath + (id === undefined ? "" : `/${encodeURIComponent(id)}`);
}

/** Asks for a task. Throws a {@link VendorError}; it says nothing about the task's own end, so `sent` is `unknown`. */
export function getTask(id: string, context: VendorContext): Promise<Look<Task>> {
  return look(tasksUrl(context, id), undefined, taskSchema, context);
}

const listSchema = z.object({ items: z.array(z.unknown()) });

/** The newest tasks made with a model: a model id, or an endpoint id (contract §3.5). What is no task is left out. */
export async function listTasks(model: string, context: VendorContext): Promise<Look<Task[]>> {
  const query = { page_num: 1, page_size: 500, "filter.model": model };
  const { value, call } = await look(tasksUrl(context), query, listSchema, context);
  return { value: value.items.flatMap((item) => taskSchema.safeParse(item).data ?? []), call };
}

async function look<T>(
  url: string,
  query: Record<string, string | number> | undefined,
  schema: z.ZodType<T>,
  context: VendorContext,
): Promise<Look<T>> {
  try {
    const response = await context.http.get({
      url,
      ...(query ? { query } : {}),
      headers: authHeaders(context.credentials),
      signal: context.signal,
      deadlineMs: lookDeadlineMs,
    });
    const call = callOf(response, context);
    if (response.status !== 200) throw await errorOfResponse(response, call);
    const value = schema.safeParse(jsonOf(await response.text(maxAnswerBytes))).data;
    if (value === undefined) throw unreadable(call, "unreadable");
    return { value, call };
  } catch (fault) {
    const error = errorOfFault(fault);
    throw error instanceof VendorError
      ? new VendorError({ ...error.facts, sent: "unknown" }, { cause: error })
      : error;
  }
}

/** What errors of an answer need to know of it. */
export function callOf(response: HttpResponse, context: VendorContext): ErrorContext {
  return {
    status: response.status,
    headers: response.headers,
    key: context.credentials.apiKey,
    now: context.clock.now(),
  };
}
