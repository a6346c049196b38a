import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, sha256File } from "../../../src/assets/hash.ts";
import { MediaError, type Probe } from "../../../src/assets/media.ts";
import { probeBytes, probeFile } from "../../../src/assets/probe.ts";
import { mediaBytes, mediaFiles, mediaFolder } from "./fixtures.ts";

const picture = { width: 48, height: 32 };
const tone = { seconds: 1 };
const sound = { kind: "audio" } as const;

/** What each fixture is, told by the tool that made it (ffprobe, identify). */
const expected: Record<string, Partial<Probe>> = {
  "alpha.png": { type: "image/png", extension: "png", kind: "image", ...picture, animated: false },
  "alpha.webp": { type: "image/webp", extension: "webp", ...picture, transparent: true },
  "animated.gif": { type: "image/gif", extension: "gif", ...picture, animated: true },
  "animated.png": { type: "image/png", ...picture, animated: true, transparent: false },
  "animated.webp": { type: "image/webp", ...picture, animated: true },
  "bare.mp3": { type: "audio/mpeg", extension: "mp3", ...sound },
  "deep.png": { type: "image/png", ...picture },
  "fragmented.mp4": { type: "video/mp4", ...picture, codecs: ["avc1", "mp4a"] },
  "h264.mp4": {
    type: "video/mp4",
    extension: "mp4",
    kind: "video",
    ...picture,
    ...tone,
    codecs: ["avc1", "mp4a"],
  },
  "hevc.mp4": { type: "video/mp4", width: 64, height: 64, seconds: 0.5, codecs: ["hvc1"], bitDepth: 8 },
  "interlaced.png": { type: "image/png", ...picture },
  "interlaced-odd.png": { type: "image/png", width: 5, height: 3 },
  "key-rgb.png": { type: "image/png", width: 8, height: 8 },
  "key.png": { type: "image/png", width: 8, height: 8 },
  "last-pixel.png": { type: "image/png", ...picture },
  "lossless.webp": { type: "image/webp", ...picture, transparent: false, animated: false },
  "lossy.webp": { type: "image/webp", ...picture, transparent: false, animated: false },
  "opaque-alpha.png": { type: "image/png", ...picture },
  "palette-unused.png": { type: "image/png", width: 8, height: 8 },
  "palette.png": { type: "image/png", width: 8, height: 8 },
  "plain.aac": { type: "audio/aac", extension: "aac", ...sound },
  "plain.avif": { type: "image/avif", extension: "avif", ...picture },
  "plain.bmp": { type: "image/bmp", extension: "bmp", ...picture },
  "plain.flac": { type: "audio/flac", extension: "flac", ...sound, ...tone },
  "plain.heic": { type: "image/heic", extension: "heic", ...picture },
  "plain.jpg": { type: "image/jpeg", extension: "jpg", ...picture, transparent: false },
  "plain.m4a": { type: "audio/mp4", extension: "m4a", ...sound, ...tone, codecs: ["mp4a"] },
  "plain.mov": { type: "video/quicktime", extension: "mov", ...picture, ...tone, codecs: ["avc1", "mp4a"] },
  "plain.mp3": { type: "audio/mpeg", extension: "mp3", ...sound },
  "plain.ogg": { type: "audio/ogg", extension: "ogg", ...sound },
  "plain.png": { type: "image/png", ...picture, transparent: false },
  "plain.tiff": { type: "image/tiff", extension: "tiff", ...picture },
  "plain.wav": { type: "audio/wav", extension: "wav", ...sound, ...tone },
  "plain.webm": { type: "video/webm", extension: "webm", kind: "video" },
  "progressive.jpg": { type: "image/jpeg", ...picture },
  "rotated.mp4": { type: "video/mp4", width: 32, height: 48 },
  "still.gif": { type: "image/gif", ...picture, animated: false },
  "streamed.wav": { type: "audio/wav", ...tone },
  "turned.heic": { type: "image/heic", width: 32, height: 48 },
  "turned.jpg": { type: "image/jpeg", width: 32, height: 48 },
};

/** Formats with an end that can be missing: a piece cut off their end must show. */
const endless = /\.(tiff|webm)$|^streamed/;

function failsWith(code: string, found?: string) {
  return (error: unknown) => error instanceof MediaError && error.code === code && error.found === found;
}

describe("probe", () => {
  it("knows every fixture", () => {
    assert.deepEqual(Object.keys(expected).sort(), mediaFiles.sort());
  });

  for (const [name, facts] of Object.entries(expected)) {
    it(`reads ${name}, whole, alike from file and from memory`, async () => {
      const bytes = mediaBytes(name);
      const probe = probeBytes(bytes);
      assert.deepEqual({ ...probe, ...facts, whole: true, bytes: bytes.length }, probe);
      assert.deepEqual(await probeFile(fileURLToPath(new URL(name, mediaFolder))), probe);
    });

    if (endless.test(name)) continue;
    it(`sees that ${name} is cut short`, () => {
      const bytes = mediaBytes(name);
      assert.equal(probeBytes(bytes.subarray(0, bytes.length - 20)).whole, false);
    });
  }

  for (const name of ["plain.ogg", "plain.flac", "plain.mp3", "bare.mp3", "plain.aac"]) {
    it(`sees wherever ${name} is cut, but between two frames of one that does not count them`, () => {
      const bytes = mediaBytes(name);
      const counts = !/bare|aac/.test(name);
      let missed = 0;
      for (let length = 600; length < bytes.length; length += 7) {
        if (probeBytes(bytes.subarray(0, length)).whole) missed++;
      }
      assert.ok(missed <= (counts ? 0 : 5), `${missed} of ${bytes.length}`);
    });
  }

  it("sees that an Ogg ends with a page that is not its last", () => {
    const bytes = mediaBytes("plain.ogg");
    assert.equal(probeBytes(bytes.subarray(0, bytes.lastIndexOf("OggS"))).whole, false);
  });

  it("takes an MP3 as it is where its frames cannot be followed, and one with a tag at its end as whole", () => {
    const bytes = mediaBytes("plain.mp3");
    const tag = Buffer.alloc(128);
    tag.write("TAG", 0, "latin1");
    assert.equal(probeBytes(Buffer.concat([bytes, tag])).whole, true);
    const free = Buffer.from(mediaBytes("bare.mp3"));
    for (let at = 0; at + 2 < free.length; at++) {
      if (free[at] === 0xff && ((free[at + 1] ?? 0) & 0xe6) === 0xe2 && at > 0) free[at + 1] = 0;
    }
    assert.equal(probeBytes(free.subarray(0, free.length - 20)).whole, true);
  });

  it("takes a FLAC whose length nobody knows as whole when its last frame is", () => {
    const bytes = Buffer.from(mediaBytes("plain.flac"));
    bytes.writeUInt8((bytes[21] ?? 0) & 0xf0, 21);
    bytes.writeUInt32BE(0, 22);
    assert.equal(probeBytes(bytes).whole, true);
    assert.equal(probeBytes(bytes.subarray(0, bytes.length - 1)).whole, false);
  });

  it("lets a JPEG go on after its end mark, and is not fooled by one inside a preview", () => {
    const bytes = mediaBytes("plain.jpg");
    assert.equal(probeBytes(Buffer.concat([bytes, Buffer.alloc(200_000, 7)])).whole, true);
    const preview = Buffer.from("ffe10008ffd8ffd90000", "hex");
    const cut = bytes.subarray(0, bytes.length - 2);
    assert.equal(probeBytes(Buffer.concat([cut.subarray(0, 2), preview, cut.subarray(2)])).whole, false);
  });

  it("calls an MP4 with nothing to see a sound, whatever its brand", () => {
    const bytes = Buffer.from(mediaBytes("plain.m4a"));
    bytes.write("isom", 8);
    const { kind, type, extension } = probeBytes(bytes);
    assert.deepEqual({ kind, type, extension }, { kind: "audio", type: "audio/mp4", extension: "m4a" });
  });

  it("tells 10 bits of a colour from 8 in HEVC", () => {
    const bytes = Buffer.from(mediaBytes("hevc.mp4"));
    const record = bytes.indexOf("hvcC") + 4;
    bytes.writeUInt8(0xfa, record + 17);
    assert.equal(probeBytes(bytes).bitDepth, 10);
  });

  it("takes a box shorter than its own header for a broken end", () => {
    const bytes = Buffer.concat([mediaBytes("h264.mp4"), Buffer.from("0000000466726565", "hex")]);
    const { whole, seconds } = probeBytes(bytes);
    assert.deepEqual({ whole, seconds }, { whole: false, seconds: 1 });
  });

  it("tells what refused bytes look like", () => {
    const cases: [string, string | undefined][] = [
      ["<!doctype html><title>503</title>", "text/html"],
      ['{"error":"x"}', "application/json"],
      ["plain words", "text/plain"],
      ["%PDF-1.7", "application/pdf"],
      ["", undefined],
      ["\0\x01\x02", undefined],
      ["BM is how this sentence begins", "text/plain"],
    ];
    for (const [text, found] of cases) {
      assert.throws(() => probeBytes(Buffer.from(text)), failsWith("notMedia", found), text);
    }
  });

  it("reads a file too large for memory by its headers", async () => {
    const folder = await mkdtemp(join(tmpdir(), "easel-probe-"));
    try {
      const path = join(folder, "large.mp4");
      const bytes = mediaBytes("h264.mp4");
      const large = Buffer.alloc(16);
      large.writeUInt32BE(1, 0);
      large.write("free", 4);
      large.writeBigUInt64BE(5n * 2n ** 30n, 8);
      await writeFile(path, Buffer.concat([bytes, large]));
      await truncate(path, bytes.length + 5 * 2 ** 30);
      const before = process.memoryUsage().rss;
      const probe = await probeFile(path);
      assert.deepEqual([probe.whole, probe.seconds, probe.bytes], [true, 1, bytes.length + 5 * 2 ** 30]);
      assert.ok(process.memoryUsage().rss - before < 64 * 2 ** 20);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("hashes a file as its bytes", async () => {
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert.equal(sha256(new Uint8Array(0)), empty);
    const path = fileURLToPath(new URL("plain.wav", mediaFolder));
    assert.equal(await sha256File(path), sha256(mediaBytes("plain.wav")));
  });
});
