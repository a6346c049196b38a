import { setTimeout as delay } from "node:timers/promises";
import { type Answer, type EventStyle, json, type ServerEvent } from "../answer.ts";
import { encodePicture } from "../media/picture.ts";
import type { Services } from "../vendor.ts";
import { documented, type ErrorBody, innerError } from "./errors.ts";
import type { Plan, Slot } from "./plan.ts";

/** What a reply needs besides the plan. */
export type Reply = {
  plan: Plan;
  requestId: string;
  /** Unix seconds. */
  created: number;
  services: Services;
  vendor: string;
  signal: AbortSignal;
};

/** `data[i]` of the answer (contract ark §2.5). */
function item(reply: Reply, slot: Slot, index: number): Record<string, unknown> {
  const { plan, requestId } = reply;
  if ("failed" in slot) return { error: innerError(slot.failed, requestId) };
  const { picture, layer } = slot;
  return {
    ...where(reply, slot, index),
    size: `${picture.width}x${picture.height}`,
    ...(plan.model.detailed && { output_format: picture.format }),
    ...(plan.model.backgrounds?.includes("auto") && { background: plan.background }),
    ...layer,
  };
}

function where(reply: Reply, slot: Extract<Slot, { picture: unknown }>, index: number) {
  const { plan, requestId, services, vendor } = reply;
  const bytes = () => encodePicture(slot.picture);
  if (plan.inBase64) return { b64_json: bytes().toString("base64") };
  const { format } = slot.picture;
  const url = services.links.publish({
    vendor,
    folder: `ark-content-generation-v2-cn-beijing/${plan.model.family}`,
    name: `${requestId}_${index}.${format}`,
    type: `image/${format}`,
    bytes,
  });
  return { url };
}

/** How many pictures the plan brings: what is billed. */
export function successes(plan: Plan): number {
  return plan.slots.filter((slot) => "picture" in slot).length;
}

function usage(plan: Plan): Record<string, unknown> {
  const pixels = plan.slots.reduce(
    (sum, slot) => sum + ("picture" in slot ? slot.picture.width * slot.picture.height : 0),
    0,
  );
  const tokens = Math.round(pixels / 256);
  return {
    ...(plan.model.detailed && { input_images: plan.references }),
    generated_images: successes(plan),
    output_tokens: tokens,
    total_tokens: tokens,
    ...(plan.webSearch && { tool_usage: { web_search: 1 } }),
  };
}

const TOOLS = [{ type: "web_search" }];

/** The answer of a request without `stream`. Nothing made at all gives a top-level error with status 200. */
export function wholeReply(reply: Reply): Answer {
  const { plan, requestId, created } = reply;
  const nothing = successes(plan) === 0;
  const [first] = plan.slots;
  const error: ErrorBody | undefined =
    nothing && first !== undefined && "failed" in first ? innerError(first.failed, requestId) : undefined;
  return json(
    200,
    {
      model: plan.modelId,
      created,
      data: nothing ? [] : plan.slots.map((slot, index) => item(reply, slot, index)),
      usage: usage(plan),
      ...(plan.webSearch && { tools: TOOLS }),
      ...(error && { error }),
    },
    { "X-Request-Id": requestId },
  );
}

export type StreamOptions = EventStyle & {
  /** Real milliseconds before each picture. */
  imageMs: number;
  /** Leave out the last event, as has been seen for single images. */
  noCompleted: boolean;
  /** The whole request fails after the stream has begun. */
  broken: boolean;
};

/** The answer of a request with `stream`: one event a picture as it comes, `completed`, `[DONE]`. */
export function streamReply(reply: Reply, options: StreamOptions): Answer {
  return {
    status: 200,
    headers: { "X-Request-Id": reply.requestId },
    content: { kind: "events", events: events(reply, options), style: options },
  };
}

async function* events(reply: Reply, options: StreamOptions): AsyncIterable<ServerEvent> {
  const { plan, created, requestId } = reply;
  const event = (name: string, more: Record<string, unknown>): ServerEvent => {
    const type = `image_generation.${name}`;
    return { event: type, data: { type, model: plan.modelId, created, ...more } };
  };
  if (options.broken) {
    await delay(options.imageMs, undefined, { signal: reply.signal });
    yield { data: { error: innerError("InternalServiceError", requestId) } };
    return;
  }
  for (const [index, slot] of plan.slots.entries()) {
    await delay(options.imageMs, undefined, { signal: reply.signal });
    const name = "failed" in slot ? "partial_failed" : "partial_succeeded";
    yield event(name, { image_index: index, ...item(reply, slot, index) });
  }
  if (!options.noCompleted)
    yield event("completed", { usage: usage(plan), ...(plan.webSearch && { tools: TOOLS }) });
  yield { data: "[DONE]" };
}

/** What a single image that fails gives instead of an answer: the error itself, with its own status. */
export function soleFailure(plan: Plan): Error | undefined {
  const [only, another] = plan.slots;
  return only !== undefined && another === undefined && "failed" in only
    ? documented(only.failed)
    : undefined;
}
