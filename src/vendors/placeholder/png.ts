import { crc32, createDeflate } from "node:zlib";
import { markWords } from "./mark.ts";

/** Rows compressed at once: long enough to be quick, short enough to let others have a turn. Bytes. */
const batchBytes = 1 << 17;

/** An 8-bit RGB PNG from its rows, as a stream: neither the rows nor the file are ever held whole. Stops when `signal` is aborted. */
export async function* encodePng(
  width: number,
  height: number,
  rows: Iterable<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  yield chunk("IHDR", header(width, height));
  yield chunk("tEXt", text("Software", markWords.software));
  yield chunk("tEXt", text("Comment", markWords.description));
  const deflate = createDeflate({ level: 5 });
  const packed: Buffer[] = [];
  deflate.on("data", (data: Buffer) => packed.push(data));
  try {
    for (const batch of batches(filtered(rows, width * 3))) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        deflate.write(batch, (error) => (error ? reject(error) : resolve()));
      });
      for (const data of packed.splice(0)) yield chunk("IDAT", data);
    }
    await new Promise<void>((resolve) => {
      deflate.once("end", resolve);
      deflate.end();
    });
    for (const data of packed.splice(0)) yield chunk("IDAT", data);
  } finally {
    deflate.destroy();
  }
  yield chunk("IEND", Buffer.alloc(0));
}

function header(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes[8] = 8;
  bytes[9] = 2;
  return bytes;
}

function text(keyword: string, value: string): Buffer {
  return Buffer.from(`${keyword}\0${value}`, "latin1");
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

/** Each row less the one above (filter 2), which makes flat forms and gentle gradients all but vanish. */
function* filtered(rows: Iterable<Uint8Array>, length: number): Generator<Buffer<ArrayBuffer>, void> {
  let above = new Uint8Array(length);
  for (const row of rows) {
    const line = Buffer.alloc(length + 1);
    line[0] = 2;
    for (let at = 0; at < length; at++) line[at + 1] = (row[at] ?? 0) - (above[at] ?? 0);
    above = new Uint8Array(row);
    yield line;
  }
}

function* batches(lines: Iterable<Buffer<ArrayBuffer>>): Generator<Buffer, void> {
  let held: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    held.push(line);
    size += line.length;
    if (size >= batchBytes) {
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size) yield Buffer.concat(held);
}
