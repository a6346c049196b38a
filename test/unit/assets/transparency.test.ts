import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { decode } from "fast-png";
import { MediaError } from "../../../src/assets/media.ts";
import { pngUnfilter } from "../../../src/assets/png-rows.ts";
import { hasTransparentPixel } from "../../../src/assets/transparency.ts";
import { mediaBytes } from "./fixtures.ts";

const cases: [name: string, transparent: boolean][] = [
  ["alpha.png", true],
  ["plain.png", false],
  ["opaque-alpha.png", false],
  ["last-pixel.png", true],
  ["interlaced.png", true],
  ["interlaced-odd.png", false],
  ["deep.png", true],
  ["palette.png", true],
  ["palette-unused.png", false],
  ["key.png", true],
  ["key-rgb.png", true],
];

function png(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.from(
    "89504e470d0a1a0a0000000d4948445200000000000000000806000000 00000000".replace(" ", ""),
    "hex",
  );
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const end = Buffer.from("0000000049454e44ae426082", "hex");
  return Buffer.concat([header, length, Buffer.from("IDAT"), data, Buffer.alloc(4), end]);
}

describe("hasTransparentPixel", () => {
  for (const [name, transparent] of cases) {
    it(`${name}: ${transparent}`, async () => {
      assert.equal(await hasTransparentPixel(mediaBytes(name)), transparent);
    });
  }

  it("finds the one pixel where another decoder sees it", () => {
    const { data, channels } = decode(mediaBytes("last-pixel.png"));
    const alphas = [...data].filter((_, index) => index % channels === channels - 1);
    assert.deepEqual([alphas.filter((alpha) => alpha < 255).length, (alphas.at(-1) ?? 255) < 255], [1, true]);
  });

  it("undoes every filter as another decoder does", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const line = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.array(byte, { minLength: 20, maxLength: 20 }));
    const property = fc.property(line, line, ([filter, first], [nextFilter, second]) => {
      const lines = [Buffer.from([filter, ...first]), Buffer.from([nextFilter, ...second])] as const;
      const { data } = decode(png(5, 2, deflateSync(Buffer.concat(lines))));
      const above = pngUnfilter(lines[0], new Uint8Array(20), 4);
      assert.deepEqual([...above, ...pngUnfilter(lines[1], above, 4)], [...data]);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("refuses more pixels than it would decode", async () => {
    const failure = hasTransparentPixel(png(100_000, 100_000, deflateSync(Buffer.alloc(8))));
    await assert.rejects(failure, (error) => error instanceof MediaError && error.code === "tooLarge");
  });

  it("says truncated when the data ends early, and ignores data past the picture", async () => {
    const row = Buffer.from([0, 1, 2, 3, 255]);
    const short = hasTransparentPixel(png(1, 2, deflateSync(row)));
    await assert.rejects(short, (error) => error instanceof MediaError && error.code === "truncated");
    assert.equal(await hasTransparentPixel(png(1, 1, deflateSync(Buffer.alloc(50_000_000, row)))), false);
  });
});
