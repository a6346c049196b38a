import assert from "node:assert/strict";
import { probeBytes } from "../../../src/assets/probe.ts";
import { makeOne } from "./make.ts";

function samples(wav: Buffer): number[] {
  const start = wav.indexOf("data") + 8;
  return Array.from(
    { length: (wav.length - start) / 2 },
    (_, index) => wav.readInt16LE(start + index * 2) / 32_768,
  );
}

describe("placeholder sound", function () {
  this.timeout(60_000);

  for (const seconds of [1, 3, 10]) {
    it(`is a WAV of ${seconds} s that is heard, never clips, and begins and ends softly`, async () => {
      const wav = await makeOne({ seconds }, "chime", "sound");
      const probe = probeBytes(wav);
      assert.deepEqual([probe.type, probe.seconds, probe.whole], ["audio/wav", seconds, true]);
      const wave = samples(wav);
      const loudest = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      assert.ok(loudest > 0.1 && loudest < 0.93, String(loudest));
      assert.ok(Math.abs(wave[0] ?? 1) < 0.01 && Math.abs(wave.at(-1) ?? 1) < 0.01);
    });
  }

  it("plays another melody for another seed, the same for the same, and says what it is", async () => {
    const [one, again, other] = [
      await makeOne({ seed: 1 }, "p", "sound"),
      await makeOne({ seed: 1 }, "p", "sound"),
      await makeOne({ seed: 2 }, "p", "sound"),
    ];
    assert.ok(one.equals(again) && !one.equals(other));
    assert.ok(one.includes("Placeholder made by Easel"));
  });
});
