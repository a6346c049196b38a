import { z } from "zod";
import type { VendorContext } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { unreadable } from "../errors.ts";
import { call } from "../wire/call.ts";
import { headOf } from "./task.ts";

/** Longest wait for a task's id: pictures of many megabytes go up with it. */
const submitDeadlineMs = 5 * 60_000;

const submittedSchema = z.object({ task_id: z.string().min(1) });

/** Makes a task, once, and answers its id (contract §5, §6). Without an id nobody knows what was made. */
export async function submitTask(path: string, json: BodyObject, context: VendorContext): Promise<string> {
  const answer = await call(context, "task", {
    route: "native",
    path,
    json,
    headers: { "x-dashscope-async": "enable" },
    deadlineMs: submitDeadlineMs,
  });
  const id = submittedSchema.safeParse(answer.body.output).data?.task_id;
  if (id === undefined) throw unreadable(headOf(answer));
  return id;
}
