import { imageSize } from "image-size";
import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readUpTo } from "../reader.ts";

/** Enough for a bitmap's header and for the opening tag of an SVG; more only feeds the library's pattern matching. */
const headLength = 4096;

/** BMP: the header, and the length it declares. */
export function* readBmp(size: number): Reader<MediaFacts> {
  const head = yield* readUpTo(0, headLength);
  return { ...sized(head, "image/bmp"), transparent: false, whole: head.readUInt32LE(2) <= size };
}

/** SVG: width and height, or the view box. Whole if the text ends with the root's end tag. */
export function* readSvg(size: number): Reader<MediaFacts> {
  const head = yield* readUpTo(0, headLength);
  const tail = (yield* readUpTo(Math.max(0, size - 256), 256)).toString("latin1");
  return { ...sized(head, "image/svg+xml"), whole: /(<\/svg>|\/>)\s*$/.test(tail) };
}

function sized(head: Buffer, type: string): { width: number; height: number } {
  try {
    const { width, height } = imageSize(head);
    if (width > 0 && height > 0) return { width, height };
  } catch (cause) {
    throw new MediaError("notMedia", type, { cause });
  }
  throw new MediaError("notMedia", type);
}
