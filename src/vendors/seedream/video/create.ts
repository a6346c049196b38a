import { z } from "zod";
import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { jsonOf } from "../../wire/json.ts";
import { authHeaders } from "../auth.ts";
import { errorOfResponse, unreadable } from "../errors.ts";
import { modelIdAt } from "../region.ts";
import { videoBody } from "./body.ts";
import { handleOf } from "./handle.ts";
import { planVideo } from "./plan.ts";
import { videoFields, videoWarnings } from "./request.ts";
import { callOf, tasksUrl } from "./task.ts";

/** Longest wait for the task's id: a body of 64 MB on a slow line takes its time. */
const createDeadlineMs = 5 * 60_000;

const createdSchema = z.object({ id: z.string().min(1) });

/** Makes a task (contract §3.1). What comes of it is for `status`. */
export async function* createVideo(
  request: VendorRequest,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const plan = planVideo(request);
  for (const warning of videoWarnings(plan, request)) yield { type: "warning", ...warning };
  const model = request.modelOverride ?? modelIdAt(plan.profile.ids, context.baseUrl);
  const body = await videoBody(videoFields(plan, model), plan, request);
  let task: string;
  try {
    task = await create(plan.step, body, context);
  } catch (fault) {
    throw errorOfFault(fault);
  }
  yield { type: "accepted", operation: handleOf(task, plan) };
}

/** The id is read inside the journalled step: without one, nobody knows what was made. */
function create(step: string, body: Uint8Array, context: VendorContext): Promise<string> {
  return context.spend(step, async (http) => {
    const response = await http.send({
      url: tasksUrl(context),
      headers: { ...authHeaders(context.credentials), "content-type": "application/json" },
      bytes: body,
      signal: context.signal,
      deadlineMs: createDeadlineMs,
    });
    const call = callOf(response, context);
    if (response.status < 200 || response.status >= 300) throw await errorOfResponse(response, call);
    const text = await response.text(1024 * 1024);
    const id = idIn(text);
    if (id === undefined) throw unreadable(call, "unreadable");
    return id;
  });
}

function idIn(text: string): string | undefined {
  return createdSchema.safeParse(jsonOf(text)).data?.id;
}
