import { z } from "zod";
import { readText } from "../../../net/body.ts";
import type { HttpResponse } from "../../../net/types.ts";
import type { VendorEvent } from "../../contract.ts";
import { jsonOf } from "../../wire/json.ts";
import { errorInside, readArkError, unreadable } from "../errors.ts";
import { type CallFacts, itemEvent, statedPixels } from "./answer.ts";
import { withoutPictures } from "./inline.ts";

/** A step of reading an answer: an event, the pixels the vendor states for its picture, or the call's own count of what was used. */
export interface AnswerPart {
  event?: Extract<VendorEvent, { type: "output" | "failed" }>;
  pixels?: number | undefined;
  usage?: unknown;
}

/** Of an answer without its pictures. */
const maxAnswerBytes = 4 * 1024 * 1024;

const answerSchema = z.object({
  model: z.string().optional().catch(undefined),
  data: z.array(z.unknown()).optional().catch(undefined),
  usage: z.unknown().optional(),
});

/**
 * Reads `{model, data[], usage, error?}` (contract §2.5). Each item is a picture or its own failure; an error at the top with no picture fails the
 * call.
 */
export async function* readJsonAnswer(response: HttpResponse, call: CallFacts): AsyncGenerator<AnswerPart> {
  const { body: rest, bytesOf } = withoutPictures(response.body);
  const body = jsonOf(await readText(rest, maxAnswerBytes));
  const answer = answerSchema.safeParse(body).data;
  if (!answer) throw unreadable(call, "unreadable");
  const items = answer.data ?? [];
  const error = typeof body === "object" && body !== null && "error" in body ? readArkError(body) : undefined;
  if (items.length === 0) throw error ? errorInside(error, call) : unreadable(call, "empty");
  const facts = { ...call, model: answer.model };
  for (const [index, item] of items.entries()) {
    yield { event: itemEvent(item, index, facts, bytesOf(item)), pixels: statedPixels(item) };
  }
  if (error) yield { event: { type: "failed", error: errorInside(error, call) } };
  yield { usage: answer.usage };
}
