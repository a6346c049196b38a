import assert from "node:assert/strict";
import { clock } from "../../../src/webview/shared/clock.ts";

describe("a moment in words", () => {
  for (const [seconds, decimals, words] of [
    [4.2, 1, "0:04.2"],
    [59.96, 1, "1:00.0"],
    [125, 0, "2:05"],
    [59.6, 0, "1:00"],
    [0.04, 2, "0:00.04"],
  ] as const) {
    it(`${seconds} s with ${decimals} decimals is ${words}`, () =>
      assert.equal(clock(seconds, decimals), words));
  }
});
