import type { Json } from "../../../model/json.ts";
import type { OutputFacts, VendorContext, VendorEvent } from "../../contract.ts";
import { VendorError, type VendorErrorFacts } from "../../errors.ts";
import { type ArkError, errorInside, readArkError, requestIdOf, unreadable } from "../errors.ts";
import { linkTo } from "../links.ts";
import { regionOf } from "../region.ts";
import { readHandle, type VideoHandle } from "./handle.ts";
import { getTask, type Look, type Task } from "./task.ts";
import { videoUsage } from "./usage.ts";

/** Records of tasks, and drafts with them, can be read this long (contract §3.3, §3.4). */
const recordLifeMs = 7 * 24 * 60 * 60 * 1000;

/**
 * One look at a task (contract §3.4). A status nobody documents means that it goes on; a success without its link is looked at
 * again before anything is said of it.
 */
export async function* videoStatus(operation: Json, context: VendorContext): AsyncGenerator<VendorEvent> {
  const handle = readHandle(operation);
  const look = await asked(handle, context);
  const { value: task, call } = look;
  switch (task.status) {
    case undefined:
      throw unreadable(call, "unreadable");
    case "succeeded":
      if (!task.content?.video_url) throw unreadable(call, "empty");
      yield { type: "usage", usage: videoUsage(task, handle, regionOf(context.baseUrl)) };
      yield* outputs(look, handle, context);
      yield { type: "done" };
      return;
    case "failed":
      yield { type: "failed", error: errorInside(failureOf(task), call) };
      return;
    case "cancelled":
    case "expired":
      yield { type: "failed", error: new VendorError(ended(task.status, call.headers)) };
      return;
    default:
      yield { type: "progress", phase: task.status === "queued" ? "queued" : "running" };
  }
}

async function asked(handle: VideoHandle, context: VendorContext): Promise<Look<Task>> {
  try {
    return await getTask(handle.task, context);
  } catch (error) {
    if (!(error instanceof VendorError) || error.reason !== "notFound") throw error;
    throw new VendorError({ ...error.facts, next: "taskGone" }, { cause: error });
  }
}

function* outputs(
  { value: task, call }: Look<Task>,
  handle: VideoHandle,
  context: VendorContext,
): Generator<VendorEvent> {
  const since = task.updated_at === undefined ? context.clock.now() : task.updated_at * 1000;
  const facts = factsOf(task, requestIdOf(call.headers));
  const { video_url: video, last_frame_url: frame } = task.content ?? {};
  if (video) {
    const made = (task.created_at ?? since / 1000) * 1000;
    const followUp = {
      step: "final",
      options: { draft: false, draftTask: handle.task },
      until: made + recordLifeMs,
    } as const;
    yield {
      type: "output",
      index: 0,
      source: linkTo(video, since),
      facts: handle.step === "draft" ? { ...facts, followUp } : facts,
    };
  }
  if (frame) {
    const source = linkTo(frame, since);
    yield { type: "output", index: 1, source, facts: { ...facts, kind: "image", part: "lastFrame" } };
  }
}

function factsOf({ seed, model }: Task, requestId: string | undefined): OutputFacts {
  return {
    ...(seed === undefined || seed < 0 ? {} : { seed }),
    ...(model === undefined ? {} : { model }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Why a task failed, in either of the places it is told. */
function failureOf({ error, failure_reason: reason }: Task): ArkError {
  if (typeof reason === "string" && !error) return { message: reason };
  return readArkError(error ?? reason) ?? {};
}

/** A task that ended without being run; it is not billed (contract §4, Retry and money). */
function ended(
  status: "cancelled" | "expired",
  headers: Readonly<Record<string, string>> | undefined,
): VendorErrorFacts {
  const requestId = requestIdOf(headers);
  return {
    reason: "unavailable",
    sent: "refused",
    retryable: false,
    code: status,
    ...(requestId ? { requestId } : {}),
    next: status === "cancelled" ? "taskCancelled" : "taskExpired",
  };
}
