import assert from "node:assert/strict";
import fc from "fast-check";
import { MediaError } from "../../../src/assets/media.ts";
import { probeBytes } from "../../../src/assets/probe.ts";
import { hasTransparentPixel } from "../../../src/assets/transparency.ts";
import { mediaBytes, mediaFiles } from "./fixtures.ts";

/** Sizes and counts that readers tend to trip over. */
const awkward = [0, 1, 7, 8, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff];

const word = fc.oneof(fc.constantFrom(...awkward), fc.nat(0xffff_ffff));
const change = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("byte", "big", "little", "cut", "double", "drop"),
  word,
});
type Change = { at: number; kind: string; word: number };

function changed(original: Buffer, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(original);
  for (const { at, kind, word: value } of changes) {
    if (bytes.length < 8) break;
    const position = at % (bytes.length - 4);
    if (kind === "byte") bytes[position] = value & 255;
    if (kind === "big") bytes.writeUInt32BE(value, position);
    if (kind === "little") bytes.writeUInt32LE(value, position);
    if (kind === "cut") bytes = bytes.subarray(0, position);
    if (kind === "double") bytes = Buffer.concat([bytes.subarray(0, position), bytes]);
    if (kind === "drop") bytes = Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + 4)]);
  }
  return bytes;
}

/** Where the format's own structure is: most changes should hit it, not the pixels. */
const nearTheHead = fc.array(
  fc.record({ at: fc.nat(400), kind: fc.constantFrom("byte", "big", "little", "drop"), word }),
  { minLength: 1, maxLength: 4 },
);
const anywhere = fc.array(change, { minLength: 1, maxLength: 4 });

function onlyMediaError(error: unknown): void {
  if (!(error instanceof MediaError)) throw error;
}

function plausible(bytes: Buffer): void {
  try {
    const probe = probeBytes(bytes);
    for (const value of [probe.width, probe.height, probe.seconds]) {
      assert.ok(value === undefined || (value > 0 && Number.isFinite(value)) || value === 0, String(value));
    }
  } catch (error) {
    onlyMediaError(error);
  }
}

describe("hostile media", function () {
  this.timeout(60_000);
  const seed = Number(process.env.EASEL_FUZZ_SEED ?? 20_261_122);
  before(() => console.log(`      seed ${seed} (set EASEL_FUZZ_SEED for others)`));

  for (const name of mediaFiles) {
    it(`${name}, changed, is read or refused`, () => {
      const original = mediaBytes(name);
      const property = fc.property(fc.oneof(nearTheHead, anywhere), (changes) =>
        plausible(changed(original, changes)),
      );
      fc.assert(property, { seed, numRuns: 300 });
    });
  }

  it("every cut of every file is read or refused", () => {
    for (const name of mediaFiles) {
      const bytes = mediaBytes(name);
      for (let end = 0; end < Math.min(bytes.length, 1500); end++) plausible(bytes.subarray(0, end));
    }
  });

  it("a changed PNG's pixels are looked at or refused", async () => {
    const names = mediaFiles.filter((name) => name.endsWith(".png"));
    const property = fc.asyncProperty(
      fc.constantFrom(...names),
      fc.oneof(nearTheHead, anywhere),
      async (name, changes) => {
        await hasTransparentPixel(changed(mediaBytes(name), changes)).catch(onlyMediaError);
      },
    );
    await fc.assert(property, { seed, numRuns: 500 });
  });

  it("files built to stall are refused or read in a moment", () => {
    const box = Buffer.from("0000000866726565", "hex");
    const gif = mediaBytes("still.gif").subarray(0, 13);
    const jpeg = Buffer.from("ffd8", "hex");
    const stalls: [string, Buffer][] = [
      ["a million boxes", Buffer.concat([mediaBytes("h264.mp4"), Buffer.alloc(8_000_000, box)])],
      [
        "a million GIF blocks",
        Buffer.concat([gif, Buffer.from([0x21, 0xfe]), Buffer.alloc(8_000_000, Buffer.from([1, 0x21]))]),
      ],
      [
        "a million empty PNG chunks",
        Buffer.concat([mediaBytes("plain.png").subarray(0, 33), Buffer.alloc(12_000_000)]),
      ],
      [
        "a million JPEG segments",
        Buffer.concat([jpeg, Buffer.alloc(4_000_000, Buffer.from("fffe0002", "hex"))]),
      ],
      ["a million fill bytes", Buffer.concat([jpeg, Buffer.alloc(4_000_000, 0xff)])],
      ["SVG openings", Buffer.alloc(4_000_000, "<svg ")],
      ["unclosed quotes", Buffer.concat([Buffer.from("<svg a='"), Buffer.alloc(4_000_000, `"'`)])],
      ["comments", Buffer.alloc(4_000_000, "<!---->")],
    ];
    for (const [name, bytes] of stalls) {
      // Processor time, not the clock's: other work on the machine must not count.
      const start = process.cpuUsage();
      plausible(bytes);
      const spent = process.cpuUsage(start).user / 1000;
      assert.ok(spent < 1500, `${name}: ${spent} ms`);
    }
  });
});
