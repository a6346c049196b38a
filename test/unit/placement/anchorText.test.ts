import assert from "node:assert/strict";
import fc from "fast-check";
import { describePlace, refind, shift } from "../../../src/placement/anchorText.ts";

const caret = (start: number) => ({ start, end: start });

/** A text with its place at `|`, or between `«` and `»`. */
function marked(source: string): { text: string; span: { start: number; end: number } } {
  const start = source.search(/[|«]/);
  const end = source[start] === "|" ? start : source.indexOf("»") - 1;
  return { text: source.replace(/[|«»]/g, ""), span: { start, end } };
}

/** The text after a change, with the place marked again. */
function afterChange(source: string, offset: number, length: number, insert: string): string {
  const { text, span } = marked(source);
  const leansOn =
    /^[ \t]*$/.test(text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start)) &&
    /^[^\n]*\S/.test(text.slice(span.end))
      ? "following"
      : "none";
  const moved = shift(span, { offset, length, text: insert }, leansOn);
  const changed = text.slice(0, offset) + insert + text.slice(offset + length);
  return (
    changed.slice(0, moved.start) +
    (moved.start === moved.end ? "|" : `«${changed.slice(moved.start, moved.end)}»`) +
    changed.slice(moved.end)
  );
}

describe("placement anchor", () => {
  const changes: [string, number, number, string, string][] = [
    ["a\n|b", 0, 0, "x\ny\n", "x\ny\na\n|b"],
    ["a|b", 2, 0, "x", "a|bx"],
    ["ab|cd", 0, 1, "", "b|cd"],
    ["ab|cd", 1, 2, "", "a|d"],
    ["ab|", 2, 0, "typed", "ab|typed"],
    ["ab|", 2, 0, "\n", "ab|\n"],
    ["a\n|", 2, 0, "line\n", "a\nline\n|"],
    ["|text", 0, 0, "\n", "\n|text"],
    ["|text", 0, 0, "one\ntwo\n", "one\ntwo\n|text"],
    ["a«bc»d", 0, 0, "x", "xa«bc»d"],
    ["a«bc»d", 2, 0, "x", "a«bxc»d"],
    ["a«bc»d", 1, 2, "", "a|d"],
    ["a«bc»d", 3, 0, "x", "a«bc»xd"],
    ["a«bc»d", 1, 0, "x", "ax«bc»d"],
    ["ab«cd»ef", 1, 2, "", "a«d»ef"],
  ];
  for (const [source, offset, length, insert, expected] of changes) {
    it(`${JSON.stringify(source)} with ${length} at ${offset} replaced by ${JSON.stringify(insert)}`, () =>
      assert.equal(afterChange(source, offset, length, insert), expected));
  }

  it("says when the place itself was replaced", () => {
    assert.equal(shift(caret(5), { offset: 0, length: 10, text: "new" }, "none").covered, true);
    assert.equal(shift(caret(5), { offset: 0, length: 10, text: "" }, "none").covered, false);
  });

  it("whatever is typed before or behind, the text on both sides of the place stays beside it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (before, after, insert, at) => {
        const text = before + after;
        const offset = at % (text.length + 1);
        if (offset === before.length) return;
        const moved = shift(caret(before.length), { offset, length: 0, text: insert }, "none");
        const changed = text.slice(0, offset) + insert + text.slice(offset);
        if (offset < before.length) assert.equal(changed.slice(moved.start), after);
        else assert.equal(changed.slice(0, moved.start), before);
      }),
    );
  });

  /** Where a place of `source` is found in `changed`, marked in it. */
  function found(source: string, changed: string): string | undefined {
    const { text, span } = marked(source);
    const where = refind(describePlace(text, span), changed);
    if (!where || where === "ambiguous") return where;
    const { start, end } = where;
    return start === end
      ? `${changed.slice(0, start)}|${changed.slice(start)}`
      : `${changed.slice(0, start)}«${changed.slice(start, end)}»${changed.slice(end)}`;
  }

  const finds: [title: string, source: string, changed: string, expected: string | undefined][] = [
    ["unchanged", "a\n\n|\n\nb\n", "a\n\n\n\nb\n", "a\n\n|\n\nb\n"],
    ["lines added above", "# T\n\nSee | it\n", "new\n\n# T\n\nSee  it\n", "new\n\n# T\n\nSee | it\n"],
    ["a blank line, moved", "# A\n\n|\n\n# B\n", "x\n\ny\n\n# A\n\n\n\n# B\n", "x\n\ny\n\n# A\n\n|\n\n# B\n"],
    [
      "the same line twice, told apart by what is around",
      "# A\nx|\n# B\nx\n",
      "# B\nx\n# A\nx\n",
      "# B\nx\n# A\nx|\n",
    ],
    ["indented since", "<p>\n<i>|</i>\n</p>", "<p>\n    <i></i>\n</p>", "<p>\n    <i>|</i>\n</p>"],
    ["its own line edited", "one\ntwo |\nthree", "one\ntwo and a half\nthree", "one\ntwo |and a half\nthree"],
    ["a selection", "a\nb «fox» c\nd", "0\na\nb fox c\nd", "0\na\nb «fox» c\nd"],
    [
      "a selection, indented since",
      "<p>\n<i>«x»</i>\n</p>",
      "<p>\n  <i>x</i>\n</p>",
      "<p>\n  <i>«x»</i>\n</p>",
    ],
    ["a selection that says something else now", "a\nb «fox» c\nd", "a\nb wolf c\nd", "a\nb |wolf c\nd"],
    ["Windows line ends", "a\n|b\nc", "x\r\na\r\nb\r\nc", "x\r\na\r\n|b\r\nc"],
    ["gone", "alpha\nbeta |\ngamma", "something\nelse\nentirely", undefined],
    ["nothing but blank lines", "\n\n|\n\n", "a\n\nb\n\nc\n", undefined],
    ["two that fit as well as each other", "x\nsame|\ny", "0\nx\nsame\ny\nx\nsame\ny\nz", "ambiguous"],
    ["an empty document", "|", "", "|"],
  ];
  for (const [title, source, changed, expected] of finds) {
    it(`found again: ${title}`, () => assert.equal(found(source, changed), expected));
  }

  it("any place of any text is found in that very text, or is told to be ambiguous", () => {
    const line = fc.constantFrom("", "a", "b", "  a", "long line of text");
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(), (lines, at) => {
        const text = lines.join("\n");
        const start = at % (text.length + 1);
        const where = refind(describePlace(text, caret(start)), text);
        if (where !== "ambiguous" && where) assert.deepEqual(where, caret(start));
      }),
    );
  });
});
