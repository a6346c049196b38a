import assert from "node:assert/strict";
import { codecNames, type Playability, playability } from "../../../src/studio/playability.ts";

type File = Parameters<typeof playability>[0];
const video = (codecs: string[] | undefined, bitDepth?: number): File => ({
  kind: "video",
  type: "video/mp4",
  ...(codecs ? { codecs } : {}),
  ...(bitDepth ? { bitDepth } : {}),
});

describe("what the editor can play", () => {
  const cases: [string, File, desktop: Playability, browser: Playability][] = [
    ["a picture", { kind: "image", type: "image/png" }, "plays", "plays"],
    ["H.264 without sound", video(["avc1"]), "plays", "plays"],
    ["H.264 with AAC", video(["avc1", "mp4a"]), "silent", "plays"],
    ["HEVC", video(["hvc1"]), "doubtful", "doubtful"],
    ["HEVC of 8 bits", video(["hev1", "mp4a"], 8), "doubtful", "doubtful"],
    ["HEVC of 10 bits", video(["hvc1", "mp4a"], 10), "deep", "deep"],
    ["a video of unknown codecs", video(undefined), "plays", "plays"],
    ["AAC alone", { kind: "audio", type: "audio/aac" }, "aac", "plays"],
    ["AAC in MP4", { kind: "audio", type: "audio/mp4", codecs: ["mp4a"] }, "aac", "plays"],
    ["MP3", { kind: "audio", type: "audio/mpeg" }, "plays", "plays"],
  ];
  for (const [name, file, desktop, browser] of cases) {
    it(name, () => {
      assert.deepEqual([playability(file, "desktop"), playability(file, "browser")], [desktop, browser]);
    });
  }

  it("names codecs as people know them", () => {
    assert.equal(codecNames({ codecs: ["avc1", "mp4a"] }), "H.264, AAC");
    assert.equal(codecNames({ codecs: ["hvc1", "xyz1"], bitDepth: 10 }), "HEVC 10-bit, xyz1");
    assert.equal(codecNames({}), "");
  });
});
