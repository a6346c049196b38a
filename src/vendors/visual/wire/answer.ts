import type { Json } from "../../../model/json.ts";
import { type Base64Sink, Base64Store, splitBase64 } from "../../../net/base64.ts";
import { readText } from "../../../net/body.ts";
import { downloadCaps } from "../../../net/limits.ts";
import { type HttpResponse, NetError } from "../../../net/types.ts";
import { exactJsonOf } from "../../wire/json.ts";

/** Of an answer without its pictures. */
const maxAnswerBytes = 4 * 1024 * 1024;
/** Of what is kept to be looked at. */
const maxKeptBytes = 64 * 1024;

/** An answer's JSON without the pictures in it, and the pictures. */
export interface Body {
  /** Undefined where it is no JSON. A task's id is a text of all its digits even where it came as a number (contract §4). */
  json: unknown;
  /** The bytes behind what stands in the place of a picture, once. */
  take(marker: string): AsyncIterable<Uint8Array> | undefined;
  /** The same to look at: each picture's place says how large it is. Undefined if it is too large. */
  toLookAt(): Json | undefined;
}

/** Reads an answer to its end. Pictures in base64 are decoded as they arrive and never held as text. */
export async function readBody(response: HttpResponse): Promise<Body> {
  const store = new Base64Store();
  const sizes = new Map<number, number>();
  const sink: Base64Sink = {
    write(index, bytes) {
      const size = (sizes.get(index) ?? 0) + bytes.byteLength;
      if (size > downloadCaps.image) throw new NetError("tooLarge", "unknown");
      sizes.set(index, size);
      store.write(index, bytes);
    },
  };
  const json = exactJsonOf(
    await readText(splitBase64(response.body, ["binary_data_base64"], sink), maxAnswerBytes),
  );
  return {
    json,
    take: (marker) => store.take(marker),
    toLookAt() {
      const text = JSON.stringify(json, (_name, value: unknown) => {
        const index = typeof value === "string" ? /^base64:(\d+)$/.exec(value)?.[1] : undefined;
        return index === undefined ? value : `<${sizes.get(Number(index)) ?? 0} bytes>`;
      });
      if (text === undefined || Buffer.byteLength(text) > maxKeptBytes) return undefined;
      return JSON.parse(text) as Json;
    },
  };
}
