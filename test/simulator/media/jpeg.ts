import { type Band, CELL, type Rgb, type Size } from "./scene.ts";

/**
 * Baseline JPEG whose blocks are all flat: 16 by 16 pixel units (4:2:0), a DC difference and an end-of-block
 * for each block, no AC coefficient. A unit without change is four bytes, so pictures stay small.
 */
export function encodeJpeg(size: Size, bands: Band[]): Buffer {
  const columns = Math.ceil(size.width / CELL);
  const writer = bitWriter(columns * Math.ceil(size.height / CELL) * 5 + 4096);
  const last = [0, 0, 0];
  for (const band of bands)
    for (let row = 0; row < band.rows; row += 1)
      for (const run of band.runs) {
        const dc = quantised(run.colour ?? [255, 255, 255]);
        for (let cell = 0; cell < run.cells; cell += 1)
          for (let component = 0; component < 3; component += 1) {
            const table = component === 0 ? LUMA : CHROMA;
            const value = dc[component] ?? 0;
            writeBlock(writer, table, value - (last[component] ?? 0));
            last[component] = value;
            for (let more = 1; more < table.blocks; more += 1) writeBlock(writer, table, 0);
          }
      }
  return Buffer.concat([head(size), writer.finish(), Buffer.from([0xff, 0xd9])]);
}

type Code = { code: number; bits: number };

/** How many codes each length (1 to 16 bits) has: the standard DC tables, and AC tables of one code. */
type Table = { blocks: number; dcCounts: number[] };

const LUMA: Table = { blocks: 4, dcCounts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] };
const CHROMA: Table = { blocks: 1, dcCounts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0] };
const AC_COUNTS = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const END_OF_BLOCK: Code = { code: 0, bits: 2 };

/** Canonical Huffman codes for symbols 0, 1, 2, … from the counts of code lengths (ITU-T T.81, annex C). */
function canonical(counts: number[]): Code[] {
  const codes: Code[] = [];
  let code = 0;
  counts.forEach((count, index) => {
    for (let each = 0; each < count; each += 1) {
      codes.push({ code, bits: index + 1 });
      code += 1;
    }
    code <<= 1;
  });
  return codes;
}

const DC_CODES = new Map([LUMA, CHROMA].map((table) => [table, canonical(table.dcCounts)]));

function writeBlock(writer: BitWriter, table: Table, difference: number): void {
  const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
  const code = DC_CODES.get(table)?.[category];
  if (code === undefined) throw new RangeError("DC difference out of range");
  writer.put(code.code, code.bits);
  if (category > 0) writer.put(difference > 0 ? difference : difference + 2 ** category - 1, category);
  writer.put(END_OF_BLOCK.code, END_OF_BLOCK.bits);
}

/** DC terms of a flat block in Y, Cb, Cr. With a quantiser of 8 a flat block's DC is its level less 128. */
function quantised([red, green, blue]: Rgb): [number, number, number] {
  return [
    Math.round(0.299 * red + 0.587 * green + 0.114 * blue) - 128,
    Math.round(-0.1687 * red - 0.3313 * green + 0.5 * blue),
    Math.round(0.5 * red - 0.4187 * green - 0.0813 * blue),
  ];
}

type BitWriter = { put(value: number, bits: number): void; finish(): Buffer };

function bitWriter(expected: number): BitWriter {
  let out = Buffer.alloc(expected);
  let length = 0;
  let pending = 0;
  let filled = 0;
  const push = (byte: number) => {
    if (length + 2 > out.length) out = Buffer.concat([out, Buffer.alloc(out.length)]);
    out[length++] = byte;
    // A zero after 0xFF tells entropy-coded data from a marker.
    if (byte === 0xff) out[length++] = 0;
  };
  return {
    put: (value, bits) => {
      pending = (pending << bits) | value;
      filled += bits;
      while (filled >= 8) {
        filled -= 8;
        push((pending >> filled) & 0xff);
      }
      pending &= (1 << filled) - 1;
    },
    finish: () => {
      if (filled > 0) push(((pending << (8 - filled)) | ((1 << (8 - filled)) - 1)) & 0xff);
      return out.subarray(0, length);
    },
  };
}

function head(size: Size): Buffer {
  const components = [1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...short(size.height), ...short(size.width), 3, ...components]),
    ...[LUMA, CHROMA].flatMap((table, id) => [
      segment(0xc4, [
        id,
        ...table.dcCounts,
        ...Array.from({ length: symbols(table.dcCounts) }, (_, symbol) => symbol),
      ]),
      segment(0xc4, [0x10 | id, ...AC_COUNTS, 0]),
    ]),
    segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ]);
}

function symbols(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function segment(marker: number, data: number[]): Buffer {
  return Buffer.from([0xff, marker, ...short(data.length + 2), ...data]);
}

function short(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
