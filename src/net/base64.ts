import { Base64Decoder } from "./base64Decoder.ts";

/** Gets the decoded bytes of each value in turn; `index` counts the values from 0. The next bytes wait for a promise. */
export interface Base64Sink {
  write(index: number, bytes: Uint8Array): void | Promise<void>;
  end?(index: number): void | Promise<void>;
}

/** What stands in the text in place of value number `index`. */
const base64Marker = (index: number): string => `base64:${index}`;

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const bracket = 0x5b;
const newline = 0x0a;
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === newline;

/** Longest key that is remembered. */
const maxKeyBytes = 64;

/** `plain`: between strings. `string`: in one. `named`: after a string that may be a key. `value`: after a wanted key's colon. */
type State = "plain" | "string" | "named" | "value" | "base64";

/**
 * Passes JSON through (also inside server-sent events) and takes out the string values of `keys`, lists of strings too: each is decoded as it
 * arrives, its bytes go to `sink`, and a short marker takes its place. Nothing is ever held as one string.
 */
export async function* splitBase64(
  body: AsyncIterable<Uint8Array>,
  keys: readonly string[],
  sink: Base64Sink,
): AsyncGenerator<Uint8Array> {
  let state: State = "plain";
  let escaped = false;
  let isList = false;
  let name = "";
  let index = -1;
  let decoder = new Base64Decoder();
  for await (const part of body) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    let passed = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (state === "base64") {
        const end = endOfString(chunk, at, decoder.isEscaped);
        await writeAll(decoder.push(chunk.subarray(at, end)), index, sink);
        at = passed = end;
        if (end === chunk.length) break;
        await writeAll(decoder.end(), index, sink);
        await sink.end?.(index);
        state = isList ? "value" : "plain";
        continue;
      }
      const byte = chunk[at] as number;
      if (state === "string") {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) state = "named";
        else if (byte === newline) state = "plain";
        if (state === "string" && name.length <= maxKeyBytes) name += String.fromCharCode(byte);
      } else if (byte === quote) {
        if (state === "value") {
          index++;
          decoder = new Base64Decoder();
          yield chunk.subarray(passed, at + 1);
          yield Buffer.from(base64Marker(index));
          passed = at + 1;
          state = "base64";
        } else {
          state = "string";
          name = "";
        }
      } else if (state === "named" && byte === colon) {
        state = keys.includes(name) ? "value" : "plain";
        isList = false;
      } else if (state === "value" && (isList ? byte === comma : byte === bracket)) {
        isList = true;
      } else if (!isSpace(byte)) {
        state = "plain";
        isList = false;
      }
    }
    if (passed < chunk.length) yield chunk.subarray(passed);
  }
}

/** Where the string that is going on ends in this chunk: its closing quote, or the chunk's end. */
function endOfString(chunk: Buffer, from: number, isEscaped: boolean): number {
  for (let at = isEscaped ? from + 1 : from; at < chunk.length; ) {
    const end = chunk.indexOf(quote, at);
    if (end < 0) return chunk.length;
    let slashes = 0;
    while (end - slashes > at && chunk[end - slashes - 1] === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    at = end + 1;
  }
  return chunk.length;
}

async function writeAll(bytes: Uint8Array, index: number, sink: Base64Sink): Promise<void> {
  if (bytes.byteLength > 0) await sink.write(index, bytes);
}

/** A sink that keeps the bytes as they come and hands each value out once. */
export class Base64Store implements Base64Sink {
  readonly #chunks = new Map<number, Uint8Array[]>();

  write(index: number, bytes: Uint8Array): void {
    const chunks = this.#chunks.get(index);
    if (chunks) chunks.push(bytes);
    else this.#chunks.set(index, [bytes]);
  }

  /** The bytes behind a marker, let go as they are read; undefined when `value` is no marker of a value not yet taken. */
  take(value: string): AsyncIterable<Uint8Array> | undefined {
    const index = Number(/^base64:(\d+)$/.exec(value)?.[1] ?? Number.NaN);
    const chunks = this.#chunks.get(index);
    this.#chunks.delete(index);
    return chunks && drained(chunks);
  }
}

async function* drained(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  chunks.reverse();
  for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) yield chunk;
}
