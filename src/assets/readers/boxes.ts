import { type Reader, readUpTo } from "../reader.ts";

/** A box of an ISO media file: payload from `start` to `end`, in bytes of the file. */
export interface Box {
  type: string;
  start: number;
  end: number;
}

/**
 * The boxes that lie one after another from `start` to `end`, headers only. `exact` is false when the last one claims more than
 * there is, or bytes are left over.
 */
export function* readBoxes(start: number, end: number): Reader<{ boxes: Box[]; exact: boolean }> {
  const boxes: Box[] = [];
  let position = start;
  while (position + 8 <= end) {
    const header = yield* readUpTo(position, 16);
    if (header.length < 8) return { boxes, exact: false };
    const size32 = header.readUInt32BE(0);
    const large = size32 === 1;
    if (large && header.length < 16) return { boxes, exact: false };
    const length = large ? Number(header.readBigUInt64BE(8)) : size32 === 0 ? end - position : size32;
    const payload = position + (large ? 16 : 8);
    const next = position + length;
    if (next < payload) return { boxes, exact: false };
    boxes.push({ type: header.toString("latin1", 4, 8), start: payload, end: Math.min(next, end) });
    position = next;
  }
  return { boxes, exact: position === end };
}

/** The first box of a type inside another; `skip` bytes of the outer payload come before its first box. */
export function* findBox(outer: Box, type: string, skip = 0): Reader<Box | undefined> {
  const { boxes } = yield* readBoxes(outer.start + skip, outer.end);
  return boxes.find((box) => box.type === type);
}

/** Follows a path of types down from a box. */
export function* findPath(outer: Box, ...types: string[]): Reader<Box | undefined> {
  let box: Box | undefined = outer;
  for (const type of types) box = box && (yield* findBox(box, type));
  return box;
}

/** The first bytes of a box's payload, at most `length` and never past its end. */
export function* readPayload(box: Box, length: number): Reader<Buffer> {
  return yield* readUpTo(box.start, Math.min(length, box.end - box.start));
}
