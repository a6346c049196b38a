import { type Base64Sink, Base64Store, splitBase64 } from "../../../net/base64.ts";
import { downloadCaps } from "../../../net/limits.ts";
import { NetError } from "../../../net/types.ts";

/** A body without the pictures inside it, and the pictures. */
export interface WithoutPictures {
  body: AsyncIterable<Uint8Array>;
  /** The bytes of the picture an item holds as `b64_json`, once they have come; undefined for an item without. */
  bytesOf(item: unknown): AsyncIterable<Uint8Array> | undefined;
}

/** Takes base64 pictures out of a body and decodes them as they arrive; {@link NetError} `tooLarge` for one beyond the cap of a download. */
export function withoutPictures(body: AsyncIterable<Uint8Array>): WithoutPictures {
  const store = new Base64Store();
  const received = new Map<number, number>();
  const sink: Base64Sink = {
    write(index, bytes) {
      const total = (received.get(index) ?? 0) + bytes.byteLength;
      if (total > downloadCaps.image) throw new NetError("tooLarge", "unknown");
      received.set(index, total);
      store.write(index, bytes);
    },
  };
  return {
    body: splitBase64(body, ["b64_json"], sink),
    bytesOf(item) {
      const marker: unknown =
        typeof item === "object" && item !== null ? Reflect.get(item, "b64_json") : undefined;
      return typeof marker === "string" ? store.take(marker) : undefined;
    },
  };
}
