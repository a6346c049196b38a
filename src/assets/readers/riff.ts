import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";

const unknownLength = 0xffff_ffff;

interface Chunk {
  id: string;
  /** Where the payload begins, and its declared length in bytes. */
  start: number;
  length: number;
}

/** Finds the first chunk of each wanted id after the RIFF header, in file order; stops when all are found. */
function* riffChunks(size: number, wanted: readonly string[]): Reader<Map<string, Chunk>> {
  const found = new Map<string, Chunk>();
  for (let position = 12; position + 8 <= size && found.size < wanted.length; ) {
    const header = yield* readUpTo(position, 8);
    const chunk = {
      id: header.toString("latin1", 0, 4),
      start: position + 8,
      length: header.readUInt32LE(4),
    };
    if (wanted.includes(chunk.id) && !found.has(chunk.id)) found.set(chunk.id, chunk);
    position = chunk.start + chunk.length + (chunk.length % 2);
  }
  return found;
}

/** WebP: the first chunk has the size, the RIFF header the length. */
export function* readWebp(size: number): Reader<MediaFacts> {
  const header = yield* readExactly(0, 30);
  const whole = header.readUInt32LE(4) + 8 <= size;
  const facts = webpChunk(header.toString("latin1", 12, 16), header.subarray(20));
  if (!facts?.width || !facts.height) throw new MediaError("notMedia", "image/webp");
  return { ...facts, whole };
}

function webpChunk(id: string, payload: Buffer): Omit<MediaFacts, "whole"> | undefined {
  if (id === "VP8X") {
    const flags = payload[0] ?? 0;
    return {
      width: payload.readUIntLE(4, 3) + 1,
      height: payload.readUIntLE(7, 3) + 1,
      transparent: (flags & 0x10) !== 0,
      animated: (flags & 0x02) !== 0,
    };
  }
  if (id === "VP8L" && payload[0] === 0x2f) {
    const bits = payload.readUInt32LE(1);
    return {
      width: (bits & 0x3fff) + 1,
      height: ((bits >> 14) & 0x3fff) + 1,
      transparent: ((bits >> 28) & 1) === 1,
      animated: false,
    };
  }
  if (id === "VP8 " && payload.readUIntBE(3, 3) === 0x9d012a) {
    return {
      width: payload.readUInt16LE(6) & 0x3fff,
      height: payload.readUInt16LE(8) & 0x3fff,
      transparent: false,
      animated: false,
    };
  }
  return undefined;
}

/** WAV: length from the format's byte rate and the data chunk. A streamed file that says no length has all that is there. */
export function* readWav(size: number): Reader<MediaFacts> {
  const chunks = yield* riffChunks(size, ["fmt ", "data"]);
  const format = chunks.get("fmt ");
  const data = chunks.get("data");
  if (!format || !data) throw new MediaError("truncated", "audio/wav");
  const bytesPerSecond = (yield* readExactly(format.start, 12)).readUInt32LE(8);
  if (!bytesPerSecond) throw new MediaError("notMedia", "audio/wav");
  const present = size - data.start;
  const length = data.length === unknownLength ? present : data.length;
  return { seconds: Math.min(length, present) / bytesPerSecond, whole: length <= present };
}
