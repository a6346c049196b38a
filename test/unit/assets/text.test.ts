import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MediaError } from "../../../src/assets/media.ts";
import { probeText } from "../../../src/assets/text.ts";

describe("a text as an asset", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-text-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function probed(content: string | Uint8Array) {
    const path = join(folder, "0.bin");
    await writeFile(path, content);
    return probeText(path);
  }

  const known: [name: string, content: string, extension: string, type: string][] = [
    ["plain text in any script", "你好，世界\nHello", "txt", "text/plain"],
    ["WebVTT", "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n", "vtt", "text/vtt"],
    ["SubRip", "1\r\n00:00:00,000 --> 00:00:01,000\r\nHi\r\n", "srt", "application/x-subrip"],
    ["WebVTT after a byte order mark", "\ufeffWEBVTT\n", "vtt", "text/vtt"],
    ["a word that begins like WebVTT", "WEBVTTs are files", "txt", "text/plain"],
  ];
  for (const [name, content, extension, type] of known) {
    it(`knows ${name}`, async () => {
      const probe = await probed(content);
      assert.deepEqual(
        { extension: probe.extension, type: probe.type, kind: probe.kind, whole: probe.whole },
        { extension, type, kind: "text", whole: true },
      );
    });
  }

  const refused: [name: string, content: string | Uint8Array][] = [
    ["nothing", ""],
    ["blanks only", " \n\t"],
    ["bytes that are not UTF-8", Uint8Array.of(0xff, 0xfe, 0x41, 0)],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ["text with controls in it", "a\0b"],
  ];
  for (const [name, content] of refused) {
    it(`refuses ${name}`, () =>
      assert.rejects(
        probed(content),
        (error: unknown) => error instanceof MediaError && error.code === "notMedia",
      ));
  }
});
