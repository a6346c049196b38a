import { createParser, type EventSourceMessage } from "eventsource-parser";
import { NetError } from "./types.ts";

/** One server-sent event. `event` is `message` and `id` absent where the server named none. */
interface ServerSentEvent {
  event: string;
  data: string;
  id?: string;
}

/** Default cap of one event, in characters. Pictures inside events are taken out first, by `splitBase64`. */
const maxEventChars = 8 * 2 ** 20;

/**
 * The events of a body as they arrive; {@link NetError} `tooLarge` for one beyond the cap. A last event whose blank line is
 * missing is still told: the body came to its end properly, or reading it would have failed.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  maxChars = maxEventChars,
): AsyncGenerator<ServerSentEvent> {
  const ready: ServerSentEvent[] = [];
  let isTooLarge = false;
  const parser = createParser({
    maxBufferSize: maxChars,
    onEvent: (message) => ready.push(named(message)),
    onError: (error) => {
      isTooLarge ||= error.type === "max-buffer-size-exceeded";
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
    if (isTooLarge) throw new NetError("tooLarge", "unknown");
  }
  parser.feed(`${decoder.decode()}\n\n`);
  yield* ready.splice(0);
}

function named({ event = "message", data, id }: EventSourceMessage): ServerSentEvent {
  return id === undefined ? { event, data } : { event, data, id };
}
