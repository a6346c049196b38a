import assert from "node:assert/strict";
import fc from "fast-check";
import { difference } from "../../../src/studio/difference.ts";

describe("the difference between two prompts", () => {
  it("is by words, what was removed before what was added", () => {
    assert.deepEqual(difference("a red fox", "a small brown fox"), [
      { kind: "same", text: "a " },
      { kind: "removed", text: "red " },
      { kind: "added", text: "small brown " },
      { kind: "same", text: "fox" },
    ]);
  });

  it("is read in Chinese, too", () => {
    const views = difference("清晨的港口", "清晨宁静的港口");
    assert.ok(views.some(({ kind, text }) => kind === "added" && text.includes("宁静")));
    assert.ok(!views.some(({ kind }) => kind === "removed"));
  });

  it("gives back both texts, whatever they are", () => {
    const words = fc
      .array(fc.constantFrom("fox", "red", " ", ", ", "狐狸", "\u{1f98a}", "\n"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const views = difference(before, after);
        const text = (left: string) =>
          views
            .filter(({ kind }) => kind !== left)
            .map((view) => view.text)
            .join("");
        assert.equal(text("added"), before);
        assert.equal(text("removed"), after);
      }),
    );
  });

  it("shows very long texts whole", () => {
    const [before, after] = ["fox ".repeat(1200), "owl ".repeat(1200)];
    assert.deepEqual(difference(before, after), [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]);
  });
});
