import assert from "node:assert/strict";
import { configured, withoutEditor } from "./text/editor.ts";

withoutEditor();
const { keepWaitingMs, writesRecipes } = await import("../../src/settings.ts");

describe("settings that say what is kept", () => {
  it("a number of days is that many days, and anything else keeps results until they are decided (P-13)", () => {
    for (const [value, ms] of [
      [3, 3 * 86_400_000],
      [0, undefined],
      [-1, undefined],
      ["3", undefined],
      [undefined, undefined],
    ] as const)
      assert.equal(
        configured({ "easel.staging.keepDays": value }, () => keepWaitingMs()),
        ms,
      );
  });

  it("recipes are written where they are turned on, and for nothing less (P-16)", () => {
    for (const [value, isOn] of [
      [true, true],
      [false, false],
      ["true", false],
      [1, false],
      [undefined, false],
    ])
      assert.equal(
        configured({ "easel.recipes": value }, () => writesRecipes(undefined)),
        isOn,
      );
  });
});
