import { readEvents } from "../../../net/sse.ts";
import type { HttpResponse } from "../../../net/types.ts";
import type { ChatAsk, ChatEvent, VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { type BodyObject, type BodyValue, DataUriPart } from "../../wire/body.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { blocked, errorOfAnswer, requestIdOf, unreadable } from "../errors.ts";
import { capabilityModel } from "../names.ts";
import { readBody, readError } from "../wire/answer.ts";
import { open, type Sending } from "../wire/call.ts";
import { type ChatFrame, readFrame } from "./frame.ts";
import { ThoughtFilter } from "./think.ts";

/** The first byte of an answer may take this long (contract §3). */
const deadlineMs = 300_000;
/** Longest silence in the middle of one; thinking is told too, or its place held by comments. */
const idleMs = 120_000;

/** Asks a language model and tells its answer as it comes, without its thoughts; with pictures, one that sees (contract §3.1, §3.2). */
export async function* chat(ask: ChatAsk, context: VendorContext): AsyncGenerator<ChatEvent> {
  const pictures = ask.pictures ?? [];
  const model = capabilityModel(pictures.length > 0 ? "vision" : "chat", context);
  const sending: Sending = {
    route: "compatible",
    path: "/chat/completions",
    json: bodyOf(ask, model),
    headers: { accept: "text/event-stream, application/json" },
    deadlineMs,
    idleMs,
  };
  const response = await open(context, "chat", sending);
  const filter = new ThoughtFilter();
  const heard = { isAny: false, isOver: false, tokens: 0 };
  try {
    for await (const frame of frames(response, sending, context, heard)) {
      heard.tokens = frame.tokens ?? heard.tokens;
      if (frame.isBlocked) throw blocked(frame.text, requestIdOf(response, undefined));
      if (frame.finish === "content_filter") throw blocked("", requestIdOf(response, undefined));
      heard.isOver ||= frame.finish !== undefined;
      const text = filter.push(frame.text);
      if (text === "") continue;
      heard.isAny = true;
      yield { type: "text", text };
    }
  } catch (error) {
    throw errorOfFault(error);
  }
  const rest = filter.end();
  if (rest.trim() !== "") yield { type: "text", text: rest };
  if (!heard.isAny && rest.trim() === "") throw unreadable(response);
  if (!heard.isOver) {
    throw new VendorError({ reason: "ambiguous", sent: "unknown", code: "truncated", next: "brokeOff" });
  }
  if (heard.tokens > 0) yield { type: "usage", usage: { units: { tokens: heard.tokens } } };
}

function bodyOf({ instructions, text, pictures = [] }: ChatAsk, model: string): BodyObject {
  const images = pictures.map(
    (picture): BodyValue => ({
      type: "image_url",
      image_url: { url: new DataUriPart(picture) },
    }),
  );
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      ...(instructions === "" ? [] : [{ role: "system", content: instructions }]),
      { role: "user", content: images.length > 0 ? [...images, { type: "text", text }] : text },
    ],
  };
}

/**
 * The frames of an answer, streamed or in one piece: a gateway may not stream. The end mark may be missing, a frame may hold an error
 * instead of choices (contract §3.2).
 */
async function* frames(
  response: HttpResponse,
  sending: Sending,
  context: VendorContext,
  heard: { isAny: boolean; isOver: boolean },
): AsyncGenerator<ChatFrame> {
  for await (const data of texts(response)) {
    if (data === "[DONE]") {
      heard.isOver = true;
      return;
    }
    const body = readBody(data);
    if (readError(body.json)) {
      const { facts } = errorOfAnswer(response, body, sending, context);
      throw new VendorError(heard.isAny ? { ...facts, sent: "unknown", retryable: false } : facts);
    }
    const frame = readFrame(body.json);
    if (!frame) throw unreadable(response);
    yield frame;
  }
}

async function* texts(response: HttpResponse): AsyncGenerator<string> {
  if (!/event-stream/i.test(response.headers["content-type"] ?? "")) {
    const text = await response.text();
    if (!/^\s*(data|id|event)?:/.test(text)) return yield text;
    yield* [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => (data ?? "").trim());
    return;
  }
  for await (const { data } of readEvents(response.body)) if (data.trim() !== "") yield data.trim();
}
