import { open } from "node:fs/promises";
import { MediaError } from "./media.ts";

/** A piece of a file: position and length in bytes. */
interface Range {
  position: number;
  length: number;
}

/**
 * A format's reader asks for pieces of a file and is given them, fewer bytes at the file's end. So one reader serves bytes in
 * memory and files too large for memory, and the limits on what it may ask for stand in one place.
 */
export type Reader<T> = Generator<Range, T, Uint8Array>;

const maxPiece = 1 << 20;
const maxPieces = 200_000;
const windowSize = 1 << 16;

/** The bytes from `position` on, fewer if the file ends before. */
export function* readUpTo(position: number, length: number): Reader<Buffer> {
  const bytes = yield { position, length };
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Exactly `length` bytes from `position`, or {@link MediaError} `truncated`. */
export function* readExactly(position: number, length: number): Reader<Buffer> {
  const bytes = yield* readUpTo(position, length);
  if (bytes.length < length) throw new MediaError("truncated");
  return bytes;
}

/** Runs a reader over bytes in memory. */
export function readBytes<T>(bytes: Uint8Array, reader: Reader<T>): T {
  const ask = asking(bytes.length);
  let step = reader.next();
  while (!step.done) {
    const { position, length } = ask(step.value);
    step = reader.next(bytes.subarray(position, position + length));
  }
  return step.value;
}

/** Runs a reader over a file, `size` bytes long, with at most one mebibyte of it in memory. */
export async function readFile<T>(path: string, makeReader: (size: number) => Reader<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const ask = asking(size);
    const reader = makeReader(size);
    let window: Range & { bytes: Buffer } = { position: 0, length: 0, bytes: Buffer.alloc(0) };
    let step = reader.next();
    while (!step.done) {
      const { position, length } = ask(step.value);
      if (position < window.position || position + length > window.position + window.length) {
        const wanted = Math.max(length, Math.min(windowSize, size - position));
        // A fresh buffer each time: a reader may still hold a piece of the last one.
        const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, position);
        window = { position, length: wanted, bytes: buffer.subarray(0, bytesRead) };
      }
      step = reader.next(
        window.bytes.subarray(position - window.position, position - window.position + length),
      );
    }
    return step.value;
  } finally {
    await file.close();
  }
}

/** Clamps each piece to the file and counts them: a file that needs more than this many is made to stall. */
function asking(size: number): (range: Range) => Range {
  let pieces = 0;
  return ({ position, length }) => {
    if (++pieces > maxPieces || length > maxPiece) throw new MediaError("tooLarge");
    const start = Math.min(Math.max(position, 0), size);
    return { position: start, length: Math.min(Math.max(length, 0), size - start) };
  };
}
