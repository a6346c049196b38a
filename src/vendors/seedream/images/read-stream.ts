import { z } from "zod";
import { readEvents } from "../../../net/sse.ts";
import type { HttpResponse } from "../../../net/types.ts";
import { jsonOf } from "../../wire/json.ts";
import { errorInside, readArkError, unreadable } from "../errors.ts";
import { type CallFacts, itemEvent, statedPixels } from "./answer.ts";
import { withoutPictures } from "./inline.ts";
import type { AnswerPart } from "./read-json.ts";

const eventSchema = z.object({
  type: z.string().optional().catch(undefined),
  model: z.string().optional().catch(undefined),
  image_index: z.int().min(0).optional().catch(undefined),
  usage: z.unknown().optional(),
});

/**
 * Reads server-sent events (contract §2.5): pictures and failures as they come, in any order of index. A closing event may be missing; unknown
 * events are left aside. After a failure of the service itself no more pictures come, so reading stops.
 */
export async function* readStreamAnswer(response: HttpResponse, call: CallFacts): AsyncGenerator<AnswerPart> {
  let next = 0;
  const { body: rest, bytesOf } = withoutPictures(response.body);
  for await (const { event: name, data } of readEvents(rest)) {
    if (data === "[DONE]") break;
    const body = jsonOf(data);
    const event = eventSchema.safeParse(body).data;
    if (!event) continue;
    const index = event.image_index ?? next;
    const type = event.type ?? name;
    if (type === "image_generation.partial_succeeded" || type === "image_generation.partial_failed") {
      next = index + 1;
      const part = itemEvent(body, index, { ...call, model: event.model }, bytesOf(body));
      yield { event: part, pixels: statedPixels(body) };
      if (part.type === "failed" && part.error.facts.code === "InternalServiceError") return;
    } else if (type === "image_generation.completed") {
      yield { usage: event.usage };
    } else if (typeof body === "object" && body !== null && "error" in body) {
      const error = errorInside(readArkError(body) ?? {}, call);
      if (next === 0) throw error;
      yield { event: { type: "failed", error } };
      return;
    }
  }
  if (next === 0) throw unreadable(call, "empty");
}
