import assert from "node:assert/strict";
import { pictureAt, picturesIn } from "../../../src/placement/pictures.ts";

function rewritten(text: string, languageId: string, alt: string): string {
  const [picture] = picturesIn(text, languageId);
  assert.ok(picture, "a picture is found");
  return text.slice(0, picture.altStart) + picture.withAlt(alt) + text.slice(picture.altEnd);
}

describe("pictures in markup", () => {
  const cases: [language: string, before: string, after: string][] = [
    ["markdown", 'See ![old](a.png "t") here', 'See ![A "fox" \\[1\\]](a.png "t") here'],
    [
      "markdown",
      "<img src='a.png' alt='old' width=\"3\">",
      '<img src=\'a.png\' alt="A &quot;fox&quot; [1]" width="3">',
    ],
    ["html", '<p><img src="a.png"></p>', '<p><img alt="A &quot;fox&quot; [1]" src="a.png"></p>'],
    ["html", '<img alt src="a.png">', '<img alt="A &quot;fox&quot; [1]" src="a.png">'],
    ["typescriptreact", '<img src="a.png" alt={title} />', '<img src="a.png" alt="A &quot;fox&quot; [1]" />'],
    ["svelte", '<img src="a.png" alt="" />', '<img src="a.png" alt="A &quot;fox&quot; [1]" />'],
  ];
  for (const [language, before, after] of cases) {
    it(`${language}: ${before}`, () => assert.equal(rewritten(before, language, 'A "fox" [1]'), after));
  }

  it("are told apart from links, code, and addresses that are expressions", () => {
    assert.deepEqual(picturesIn("[a](b.png) and\n```js\n![x](y.png)\n```\n", "markdown"), []);
    assert.deepEqual(picturesIn('<img src={logo} alt="x" />', "typescriptreact"), []);
    assert.deepEqual(picturesIn("![x](y.png)", "html"), []);
  });

  it("have the address as it is meant", () => {
    assert.equal(picturesIn("![x](<a b.png>)", "markdown")[0]?.target, "a b.png");
    assert.equal(picturesIn("![x](a\\_b.png)", "markdown")[0]?.target, "a_b.png");
    assert.equal(picturesIn('<img src="a.png?x=1&amp;y=2">', "html")[0]?.target, "a.png?x=1&y=2");
  });

  it("are found by the cursor within them, ends included", () => {
    const text = "one ![x](y.png) two ![z](w.png)";
    assert.equal(pictureAt(text, 4, "markdown")?.target, "y.png");
    assert.equal(pictureAt(text, 15, "markdown")?.target, "y.png");
    assert.equal(pictureAt(text, 17, "markdown"), undefined);
    assert.equal(pictureAt(text, 25, "markdown")?.target, "w.png");
  });
});
