import { Readable } from "node:stream";
import { createInflate } from "node:zlib";
import { MediaError } from "./media.ts";
import { pngPasses, pngUnfilter } from "./png-rows.ts";

const maxPixels = 100_000_000;
const maxWidth = 1 << 17;

/** Samples per pixel by colour type. */
const sampleCounts: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Png {
  width: number;
  height: number;
  depth: number;
  samples: number;
  interlaced: boolean;
  data: Uint8Array[];
  /** Whether a pixel of a row is not opaque; undefined when the file has no transparency at all. */
  test: ((row: Uint8Array, pixel: number) => boolean) | undefined;
}

/**
 * Whether a PNG has at least one pixel that is not fully opaque. Decodes row by row, so memory does not grow with the picture,
 * and stops at the first such pixel. Throws {@link MediaError}; `tooLarge` above a hundred million pixels.
 */
export async function hasTransparentPixel(bytes: Uint8Array): Promise<boolean> {
  const png = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const { test } = png;
  if (!test) return false;
  for await (const { row, pixels } of rows(png)) {
    for (let pixel = 0; pixel < pixels; pixel++) if (test(row, pixel)) return true;
  }
  return false;
}

function parse(bytes: Buffer): Png {
  if (bytes.length < 33 || bytes.toString("latin1", 1, 4) !== "PNG") throw new MediaError("notMedia");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth = 0, colour = 0, , , interlace = 0] = bytes.subarray(24, 29);
  const samples = sampleCounts[colour];
  if (!samples || !width || !height || ![1, 2, 4, 8, 16].includes(depth)) {
    throw new MediaError("notMedia", "image/png");
  }
  if (width * height > maxPixels || width > maxWidth) throw new MediaError("tooLarge", "image/png");
  const data: Buffer[] = [];
  let transparency: Buffer | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const payload = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (type === "tRNS") transparency = payload;
    if (type === "IDAT") data.push(payload);
    if (type === "IEND") break;
    at += 12 + bytes.readUInt32BE(at);
  }
  const test = transparencyTest(colour, depth, samples, transparency);
  return { width, height, depth, samples, interlaced: interlace === 1, data, test };
}

function transparencyTest(
  colour: number,
  depth: number,
  samples: number,
  transparency?: Buffer,
): Png["test"] {
  if (colour === 4 || colour === 6) {
    const opaque = 2 ** depth - 1;
    return (row, pixel) => sample(row, (pixel + 1) * samples - 1, depth) !== opaque;
  }
  if (!transparency) return undefined;
  if (colour === 3) return (row, pixel) => (transparency[sample(row, pixel, depth)] ?? 255) < 255;
  if (transparency.length < samples * 2) throw new MediaError("notMedia", "image/png");
  const key = Array.from({ length: samples }, (_, index) => transparency.readUInt16BE(index * 2));
  return (row, pixel) => key.every((value, index) => sample(row, pixel * samples + index, depth) === value);
}

/** The sample at an index of an unfiltered row. */
function sample(row: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return row[index] ?? 0;
  if (depth === 16) return (row[index * 2] ?? 0) * 256 + (row[index * 2 + 1] ?? 0);
  const bit = index * depth;
  return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

async function* rows(png: Png): AsyncGenerator<{ row: Uint8Array; pixels: number }> {
  const bitsPerPixel = png.depth * png.samples;
  const stride = Math.max(1, bitsPerPixel >> 3);
  const chunks = inflated(png.data)[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  try {
    for (const pass of pngPasses(png.width, png.height, png.interlaced)) {
      const length = Math.ceil((pass.width * bitsPerPixel) / 8);
      let above = new Uint8Array(length);
      for (let y = 0; y < pass.height; y++) {
        const line = new Uint8Array(length + 1);
        for (let filled = 0; filled < line.length; ) {
          if (chunk.length === 0) {
            const next = await chunks.next();
            if (next.done) throw new MediaError("truncated", "image/png");
            chunk = next.value;
          }
          const part = chunk.subarray(0, line.length - filled);
          line.set(part, filled);
          filled += part.length;
          chunk = chunk.subarray(part.length);
        }
        above = pngUnfilter(line, above, stride);
        yield { row: above, pixels: pass.width };
      }
    }
  } finally {
    await chunks.return?.();
  }
}

async function* inflated(data: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  const inflate = Readable.from(data).pipe(createInflate());
  try {
    for await (const chunk of inflate) yield chunk as Uint8Array;
  } catch (cause) {
    const ended = (cause as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    throw new MediaError(ended ? "truncated" : "notMedia", "image/png", { cause });
  }
}
