import type { MediaFacts } from "../media.ts";
import { type Reader, readUpTo } from "../reader.ts";

/** Read at once: frames are some hundred bytes each. */
const pieceLength = 1 << 16;
const headerLength = 7;

/** Bytes of a frame by its header at `at`, or undefined if there is no frame. */
type FrameLength = (bytes: Buffer, at: number) => number | undefined;

/** How far frames follow each other: `cut` in the middle of one, or until something else begins or the file ends. */
interface Walk {
  frames: number;
  isCut: boolean;
  isAtEnd: boolean;
}

/** ADTS: each frame says how long it is; a file that ends within one was cut. */
export function* readAac(size: number): Reader<MediaFacts> {
  const start = yield* afterTags();
  const { isCut } = yield* walk(start, size, aacLength);
  return { whole: !isCut };
}

/** MP3: as {@link readAac}; and where the first frame says how many there are, they have to be there. */
export function* readMp3(size: number): Reader<MediaFacts> {
  const start = yield* afterTags();
  if (start >= size) return { whole: false };
  const promised = framesPromised(yield* readUpTo(start, 64));
  const { frames, isCut, isAtEnd } = yield* walk(start, size, mp3Length);
  return { whole: !isCut && !(isAtEnd && frames < promised) };
}

/** Where sound begins after ID3 tags: each says its length in four bytes of seven bits. */
function* afterTags(): Reader<number> {
  for (let at = 0; ; ) {
    const head = yield* readUpTo(at, 10);
    if (head.length < 10 || head.toString("latin1", 0, 3) !== "ID3") return at;
    const length = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((head[index] ?? 0) & 127), 0);
    const hasFooter = ((head[5] ?? 0) & 0x10) !== 0;
    at += 10 + length + (hasFooter ? 10 : 0);
  }
}

function* walk(start: number, size: number, lengthOf: FrameLength): Reader<Walk> {
  let at = start;
  for (let frames = 0; ; ) {
    const piece = yield* readUpTo(at, pieceLength);
    let offset = 0;
    while (offset + headerLength <= piece.length) {
      const length = lengthOf(piece, offset);
      if (length === undefined) return { frames, isCut: false, isAtEnd: false };
      if (at + offset + length > size) return { frames, isCut: true, isAtEnd: true };
      offset += length;
      frames++;
    }
    at += offset;
    // A rest too short for a header is the beginning of a frame, or nothing.
    if (at + headerLength > size) return { frames, isCut: at < size, isAtEnd: true };
  }
}

function aacLength(bytes: Buffer, at: number): number | undefined {
  if ((bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) return undefined;
  const length = (bytes.readUInt32BE(at + 3) >> 13) & 0x1fff;
  return length >= headerLength ? length : undefined;
}

const bitRates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

/** Layer III of MPEG 1, 2 and 2.5. A free bit rate does not say how long a frame is. */
function mp3Length(bytes: Buffer, at: number): number | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return undefined;
  const version = (second >> 3) & 3;
  const rate = sampleRates[(third >> 2) & 3];
  const kilobits = bitRates[version === 3 ? "one" : "two"][third >> 4];
  if (version === 1 || !rate || !kilobits) return undefined;
  const slower = { 3: 1, 2: 2, 0: 4 }[version] ?? 1;
  const samples = version === 3 ? 144_000 : 72_000;
  return Math.floor((samples * kilobits) / (rate / slower)) + ((third >> 1) & 1);
}

/** Frames that a Xing header counts, itself not included; 0 without one. It stands behind the first frame's side information. */
function framesPromised(frame: Buffer): number {
  if (frame.length < 48) return 0;
  const isFirstVersion = ((frame[1] ?? 0) & 0x18) === 0x18;
  const isMono = (frame[3] ?? 0) >> 6 === 3;
  const at = 4 + (isFirstVersion ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  if (!["Xing", "Info"].includes(frame.toString("latin1", at, at + 4))) return 0;
  const hasFrames = (frame.readUInt32BE(at + 4) & 1) === 1;
  return hasFrames ? frame.readUInt32BE(at + 8) + 1 : 0;
}
