import { crc32, deflateSync } from "node:zlib";
import { type Band, CELL, type Size } from "./scene.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const FILTER_UP = 2;

/**
 * A PNG of 8 bits a channel: RGB, or RGBA when any cell is transparent. Rows that repeat the row above are
 * filtered to zeros, so 4096 by 4096 pixels take some tens of milliseconds and few bytes.
 */
export function encodePng(size: Size, bands: Band[]): Buffer {
  const alpha = bands.some((band) => band.runs.some((run) => run.colour === null));
  const channels = alpha ? 4 : 3;
  const stride = size.width * channels + 1;
  const raw = Buffer.alloc(stride * size.height);
  let y = 0;
  for (const band of bands) {
    const end = Math.min(size.height, y + band.rows * CELL);
    if (end > y) writeRow(raw.subarray(y * stride + 1, (y + 1) * stride), band, channels);
    for (let repeat = y + 1; repeat < end; repeat += 1) raw[repeat * stride] = FILTER_UP;
    y = end;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function writeRow(row: Buffer, band: Band, channels: number): void {
  let at = 0;
  for (const run of band.runs) {
    const end = Math.min(row.length, at + run.cells * CELL * channels);
    if (run.colour !== null && end > at)
      row.fill(Buffer.from(channels === 4 ? [...run.colour, 255] : [...run.colour]), at, end);
    at = end;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
