import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { netError } from "./faults.ts";
import { type Clock, NetError } from "./types.ts";

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
};

/** The body without its content encoding. Nobody asked for one, but gateways and object stores send them all the same. An unknown one stays. */
export function decoded(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return body;
  const create = decoders[name];
  return create ? decodedBy(body, create()) : body;
}

async function* decodedBy(body: AsyncIterable<Uint8Array>, decoder: Transform): AsyncGenerator<Uint8Array> {
  // A failure of either reaches the reader through the decoder, which `pipeline` destroys with it.
  pipeline(Readable.from(body), decoder, () => undefined);
  try {
    yield* decoder;
  } catch (error) {
    throw netError(error, true);
  }
}

/** Calls `onSilence` when the body brings nothing for `idleMs`, and `onEnd` when it has ended in whatever way. */
export async function* watched(
  body: AsyncIterable<Uint8Array>,
  clock: Clock,
  idleMs: number | undefined,
  onSilence: () => void,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  let last = clock.now();
  const over = new AbortController();
  const watch = async (idle: number): Promise<void> => {
    for (let left = idle; left > 0; left = last + idle - clock.now()) await clock.sleep(left, over.signal);
    onSilence();
  };
  if (idleMs !== undefined) watch(idleMs).catch(() => undefined);
  try {
    for await (const chunk of body) {
      last = clock.now();
      yield chunk;
      // The reader's own time is not the sender's silence.
      last = clock.now();
    }
  } finally {
    over.abort();
    onEnd();
  }
}

/** The body as UTF-8 text; {@link NetError} `tooLarge` beyond `maxBytes`. */
export async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new NetError("tooLarge", "unknown");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Most of an unwanted body that is worth reading to keep its connection. */
const maxDiscardBytes = 256 * 1024;

/** Reads the body to its end, or leaves it (and its connection) when it is long or broken. */
export async function discardBody(body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maxDiscardBytes) return;
    }
  } catch {
    // Nobody wanted it.
  }
}
