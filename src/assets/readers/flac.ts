import type { MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";

/** Where the last frame is looked for; frames of sound as vendors make it are some ten thousand bytes. */
const maxTail = 1 << 19;
/** How many headers are tried from the end: bytes within a frame look like one in a few millions. */
const maxHeaders = 4;

interface Frame {
  /** Number of its first sample, or of the frame where frames are all of one length. */
  number: number;
  isCounted: boolean;
  samples: number;
}

/** FLAC: sample rate and count stand in the first block; the last frame has its checksum at the file's end and reaches that count. */
export function* readFlac(size: number): Reader<MediaFacts> {
  const info = yield* readExactly(8, 18);
  const rate = info.readUIntBE(10, 3) >> 4;
  const samples = ((info[13] ?? 0) & 15) * 2 ** 32 + info.readUInt32BE(14);
  const blockSize = info.readUInt16BE(0);
  const end = yield* lastSample(size, blockSize);
  const whole = end !== undefined && (samples === 0 || end >= samples);
  return rate && samples ? { seconds: samples / rate, whole } : { whole };
}

/** How many samples there are up to the end of the last frame; undefined if the file does not end with a whole frame. */
function* lastSample(size: number, blockSize: number): Reader<number | undefined> {
  const tail = yield* readUpTo(Math.max(0, size - maxTail), maxTail);
  for (let at = tail.length - 2, tried = 0; at >= 0 && tried < maxHeaders; at--) {
    const frame = frameAt(tail, at);
    if (!frame) continue;
    tried++;
    if (crc16(tail.subarray(at)) !== 0) continue;
    const first = frame.isCounted ? frame.number * blockSize : frame.number;
    return first + frame.samples;
  }
  return undefined;
}

const sizesByCode = { 1: 192, 2: 576, 3: 1152, 4: 2304, 5: 4608 } as const;

/** A frame's header, if there is one at `at`: its checksum decides. */
function frameAt(bytes: Buffer, at: number): Frame | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xff || (second & 0xfe) !== 0xf8) return undefined;
  const [number, length] = codedNumber(bytes.subarray(at + 4, at + 11));
  const sizeCode = third >> 4;
  const rateCode = third & 15;
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0;
  const header = 4 + length + sizeBytes + rateBytes + 1;
  if (length === 0 || at + header > bytes.length || crc8(bytes.subarray(at, at + header)) !== 0)
    return undefined;
  const samples =
    sizeBytes > 0
      ? bytes.readUIntBE(at + 4 + length, sizeBytes) + 1
      : (sizesByCode[sizeCode as keyof typeof sizesByCode] ?? 256 * 2 ** (sizeCode - 8));
  return { number, isCounted: second === 0xf8, samples };
}

/** A number as UTF-8 codes characters, up to seven bytes, and how many bytes it takes; none if it is no such number. */
function codedNumber(bytes: Buffer): [number: number, length: number] {
  const [first = 0] = bytes;
  if (first < 0x80) return [first, 1];
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return [0, 0];
  let number = first & (0x7f >> length);
  for (const next of bytes.subarray(1, length)) number = number * 64 + (next & 0x3f);
  return [number, length];
}

/** Zero over bytes that end with their own checksum. */
function crc8(bytes: Buffer): number {
  return crc(bytes, 8, 0x07);
}

function crc16(bytes: Buffer): number {
  return crc(bytes, 16, 0x8005);
}

function crc(bytes: Buffer, width: 8 | 16, polynomial: number): number {
  const top = 2 ** (width - 1);
  const mask = 2 ** width - 1;
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) value = ((value << 1) ^ (value & top ? polynomial : 0)) & mask;
  }
  return value;
}
