import assert from "node:assert/strict";
import fc from "fast-check";
import { ThoughtFilter } from "../../../../src/vendors/gateway/chat/think.ts";

function filtered(pieces: readonly string[]): string {
  const filter = new ThoughtFilter();
  return pieces.map((piece) => filter.push(piece)).join("") + filter.end();
}

/** A text cut at every place in turn. */
const cuts = fc
  .tuple(fc.string({ unit: "grapheme" }), fc.array(fc.nat({ max: 60 }), { maxLength: 6 }))
  .map(([text, at]) => ({ text, at: [...at].sort((a, b) => a - b) }));

function pieces(text: string, at: readonly number[]): string[] {
  return [...at, text.length].map((end, index) => text.slice(at[index - 1] ?? 0, end));
}

describe("thoughts in an answer", () => {
  it("are taken out, wherever the pieces are cut", () => {
    fc.assert(
      fc.property(cuts, fc.string(), ({ text, at }, thought) => {
        const answer = `a${text}`;
        const clean = thought.replaceAll("</think>", "");
        const whole = `\n<think>${clean}</think>\n\n${answer}`;
        assert.equal(filtered(pieces(whole, at)), answer);
      }),
    );
  });

  it("leave an answer without them as it is, piece by piece", () => {
    fc.assert(
      fc.property(cuts, ({ text, at }) => {
        fc.pre(!text.trimStart().startsWith("<think>"));
        assert.equal(filtered(pieces(text, at)), text);
      }),
    );
    const filter = new ThoughtFilter();
    assert.equal(filter.push("Hello"), "Hello");
    assert.equal(filter.push(" <think>"), " <think>", "only in front");
  });

  it("that never end are no answer", () => {
    assert.equal(filtered(["<thi", "nk>", "hm, 2+2"]), "");
    assert.equal(filtered(["<thi"]), "<thi");
  });
});
