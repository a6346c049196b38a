import assert from "node:assert/strict";
import { promptAt } from "../../../src/placement/prefill.ts";

function prompt(languageId: string, marked: string): string | undefined {
  const offset = marked.indexOf("|");
  return promptAt(marked.replace("|", ""), offset, "", languageId);
}

describe("placement prefill", () => {
  it("what is selected comes first, on one line", () => {
    assert.equal(promptAt("<!-- x -->", 6, " a red\n  fox ", "html"), "a red fox");
  });

  const prompts: [string, string, string | undefined][] = [
    ["markdown", "![a red| fox](x.png)", "a red fox"],
    ["markdown", "![a \\[red\\] fox](|)", "a [red] fox"],
    ["markdown", "[a link|](x.md)", undefined],
    ["markdown", "plain | text", undefined],
    ["markdown", "<!-- a red |fox -->", "a red fox"],
    ["markdown", "![](|)", undefined],
    ["html", '<img src="|" alt="a &quot;red&quot; fox">', 'a "red" fox'],
    ["html", "<img alt='a red| fox'>", "a red fox"],
    ["html", '<p>|<img alt="no"></p>', undefined],
    ["html", "<!--\n  a red\n  fox|\n-->", "a red fox"],
    ["html", "<!-- closed --> |text", undefined],
    ["vue", "<script>\n// a |fox\n</script>", "a fox"],
    ["typescriptreact", "{/* TODO: a red fox| */}", "a red fox"],
    ["typescriptreact", "/**\n * a red\n * fox|\n */", "a red fox"],
    ["typescriptreact", "// a red\n// fox|\nconst x = 1;", "a red fox"],
    ["typescriptreact", 'const u = "https://x|.y";', undefined],
    ["css", "/* a red fox| */", "a red fox"],
    ["latex", "% a red |fox", "a red fox"],
    ["latex", "50\\% of | it", undefined],
    ["python", "x = 1  # a red fox|", "a red fox"],
    ["restructuredtext", ".. a red\n   fox|", "a red fox"],
    ["restructuredtext", ".. image:: x|.png", undefined],
    ["asciidoc", "// a red fox|", "a red fox"],
    ["sql", "-- a red fox|", "a red fox"],
    ["plaintext", "# a red| fox", undefined],
    ["markdown", "```python\n# a red| fox\n```", "a red fox"],
  ];
  for (const [languageId, text, expected] of prompts) {
    it(`${languageId}: ${JSON.stringify(text)}`, () => assert.equal(prompt(languageId, text), expected));
  }
});
