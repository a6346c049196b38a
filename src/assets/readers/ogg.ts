import type { MediaFacts } from "../media.ts";
import { type Reader, readUpTo } from "../reader.ts";

/** The longest page there can be: its header, 255 segment lengths, and as many segments of 255 bytes. */
const maxPage = 27 + 255 + 255 * 255;
const endOfStream = 4;

/** Ogg: the last page says that it is the last, and the file ends with it. */
export function* readOgg(size: number): Reader<MediaFacts> {
  const from = Math.max(0, size - maxPage);
  const tail = yield* readUpTo(from, maxPage);
  for (let at = tail.lastIndexOf("OggS"); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf("OggS", at - 1)) {
    if (endOf(tail, at) === tail.length) return { whole: ((tail[at + 5] ?? 0) & endOfStream) !== 0 };
  }
  return { whole: false };
}

/** Where the page at `at` ends, by its segment lengths. */
function endOf(bytes: Buffer, at: number): number {
  const segments = bytes[at + 26] ?? 0;
  const lengths = bytes.subarray(at + 27, at + 27 + segments);
  return lengths.reduce((sum, length) => sum + length, at + 27 + segments);
}
