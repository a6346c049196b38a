import assert from "node:assert/strict";
import { type Cue, writeTranscript } from "../../../../src/vendors/gateway/transcript/subtitles.ts";

const sentences: Cue[] = [
  { from: 0, to: 1_500, text: "Hello there. " },
  { from: 3_599_999.6, to: 3_661_005, text: "A < B & C" },
];

describe("transcripts", () => {
  it("are a sentence a line, or subtitles with their times", () => {
    assert.equal(writeTranscript(sentences, "text"), "Hello there.\nA < B & C\n");
    assert.equal(
      writeTranscript(sentences, "srt"),
      "1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n2\n01:00:00,000 --> 01:01:01,005\nA < B & C\n",
    );
    assert.equal(
      writeTranscript(sentences, "vtt"),
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n01:00:00.000 --> 01:01:01.005\nA &lt; B &amp; C\n",
    );
  });

  it("cut a sentence that is too long to read between its words, and lose none", () => {
    const words = Array.from({ length: 40 }, (_, at) => ({
      from: at * 400,
      to: at * 400 + 300,
      text: `${at === 0 ? "" : " "}word${at}`,
    }));
    const text = words.map((word) => word.text).join("");
    const written = writeTranscript([{ from: 0, to: 16_000, text, words }], "srt");
    const cues = written
      .trim()
      .split("\n\n")
      .map((block) => block.split("\n"));
    assert.ok(cues.length > 2);
    for (const [, , line = ""] of cues) assert.ok(line.length <= 84, line);
    assert.equal(cues.map(([, , line]) => line).join(" "), text);
    assert.match(cues[1]?.[1] ?? "", /^00:00:0[4-7],\d00 --> /);
  });

  it("leave out silence and keep a cue on lines that follow each other", () => {
    const cues: Cue[] = [
      { from: 0, to: 10, text: "  " },
      { from: 10, to: 20, text: "one\n\ntwo" },
    ];
    assert.equal(writeTranscript(cues, "srt"), "1\n00:00:00,010 --> 00:00:00,020\none two\n");
  });
});
