import assert from "node:assert/strict";
import { markup } from "../../../src/placement/markup/index.ts";
import type { PlacedKind } from "../../../src/placement/markup/types.ts";
import { siteAt, siteText } from "../../../src/placement/site/index.ts";

/** The document after placing, asked for at `|` or with `«…»` selected; `¦` in the result stands for nothing. */
function placed(languageId: string, marked: string, kind: PlacedKind = "image", path = "a/fox.png"): string {
  const start = marked.search(/[|«]/);
  const caret = marked[start] === "|";
  const text = marked.replace(/[|«»]/g, "");
  const end = caret ? start : marked.indexOf("»") - 1;
  const site = siteAt({ text, start, end, languageId, kind });
  const inserted = siteText(site, markup(site.languageId, { kind, link: { path }, alt: "Fox" }, site.form));
  return text.slice(0, site.start) + inserted + text.slice(site.end);
}

const img = '<img src="a/fox.png" alt="Fox">';
const jsx = '<img src="./a/fox.png" alt="Fox" />';
const cases: Record<string, [languageId: string, before: string, after: string, kind?: PlacedKind][]> = {
  "own line and within text": [
    ["markdown", "# T\n\n|\n", "# T\n\n![Fox](a/fox.png)\n"],
    ["markdown", "See | here", "See ![Fox](a/fox.png) here"],
    ["markdown", "- |\n", "- ![Fox](a/fox.png)\n"],
    ["markdown", "a\n\n«draw a fox»\n\nb", "a\n\n![Fox](a/fox.png)\n\nb"],
    ["markdown", "a «fox» b", "a ![Fox](a/fox.png) b"],
    ["html", "<main>\n  <p>x</p>\n|\n</main>", `<main>\n  <p>x</p>\n  ${img}\n</main>`],
    ["html", "<p>\n    |\n</p>", `<p>\n    ${img}\n</p>`],
    ["html", "<div |class='a'>x</div>", `<div class='a'>${img}x</div>`],
    [
      "typescriptreact",
      "return (\n  <main>\n    |\n  </main>\n);",
      `return (\n  <main>\n    ${jsx}\n  </main>\n);`,
    ],
    ["html", '<p title="a |b">x</p>', `<p title="a b">${img}x</p>`],
    ["plaintext", "see |", "see a/fox.png"],
    ["python", "x = '|'", "x = 'a/fox.png'"],
  ],
  "only the link where only a link can stand": [
    ["markdown", "![x](|)", "![x](a/fox.png)"],
    ["markdown", "![a |fox](old.png) b", "![a fox](a/fox.png) b"],
    ["markdown", "[x](|)", "[x](a/fox.png)"],
    ["markdown", "[x|](y)", "[x![Fox](a/fox.png)](y)"],
    ["markdown", "---\ncover: |\n---\n\n# T", "---\ncover: a/fox.png\n---\n\n# T"],
    ["html", '<img src="|">', '<img src="a/fox.png">'],
    ["html", '<img src="old.png" alt="a | fox">', '<img src="a/fox.png" alt="a  fox">'],
    ["html", '<img alt="a| fox">', '<img src="a/fox.png" alt="a fox">'],
    ["html", '<a href="|">x</a>', '<a href="a/fox.png">x</a>'],
    ["html", '<div style="background: url(|)"></div>', '<div style="background: url(a/fox.png)"></div>'],
    ["html", '<p title="a > b">|</p>', `<p title="a > b">${img}</p>`],
    ["vue", '<img :src="|" />', `<img :src="'./a/fox.png'" />`],
    ["typescriptreact", 'import fox from "|";', 'import fox from "./a/fox.png";'],
    ["typescriptreact", '<Hero image="|" size={1 > 2} />', '<Hero image="./a/fox.png" size={1 > 2} />'],
    ["css", '.a { background: url("|") }', '.a { background: url("a/fox.png") }'],
    ["css", ".a { background: url(old.p|ng) }", ".a { background: url(a/fox.png) }"],
    ["latex", "\\includegraphics[width=1cm]{|}", "\\includegraphics[width=1cm]{a/fox.png}"],
    ["restructuredtext", ".. image:: |", ".. image:: a/fox.png"],
    ["asciidoc", "image::|[Fox]", "image::a/fox.png[Fox]"],
  ],
  "after a comment, not inside it": [
    ["html", "  <!-- a |fox -->\n<p>", `  <!-- a fox -->\n  ${img}\n<p>`],
    ["html", "<!-- a |fox --><p>x</p>", `<!-- a fox -->${img}<p>x</p>`],
    ["typescriptreact", "  {/* a |fox */}\n", `  {/* a fox */}\n  ${jsx}\n`],
    ["css", ".a {\n  /* a |fox */\n}", '.a {\n  /* a fox */\n  background-image: url("a/fox.png");\n}'],
    ["scss", "// a\n// |fox\n", '// a\n// fox\n.fox {\n  background-image: url("a/fox.png");\n}\n'],
    ["c", "/* a |fox */", "/* a a/fox.pngfox */"],
    ["python", "# a |fox\nx = 1", "# a fox a/fox.png\nx = 1"],
    ["restructuredtext", ".. a |fox\n\ntext", ".. a fox\n\n.. image:: a/fox.png\n   :alt: Fox\n\ntext"],
  ],
  "style sheets": [
    ["markdown", "```css\n.a {}\n```\n\n|", "```css\n.a {}\n```\n\n![Fox](a/fox.png)"],
    ["css", ".a { background: | }", '.a { background: url("a/fox.png") }'],
    ["css", ".a {\n  color: red;\n  |\n}", '.a {\n  color: red;\n  background-image: url("a/fox.png");\n}'],
    ["css", "|", '.fox {\n  background-image: url("a/fox.png");\n}'],
    ["css", ":root {\n  --hero: |;\n}", ':root {\n  --hero: url("a/fox.png");\n}'],
    [
      "css",
      "@media print {\n  |\n}",
      '@media print {\n  .fox {\n    background-image: url("a/fox.png");\n  }\n}',
    ],
    ["scss", "$hero: |;", '$hero: url("a/fox.png");'],
    ["scss", ".a {\n  .b {\n|\n  }\n}", '.a {\n  .b {\n  background-image: url("a/fox.png");\n  }\n}'],
    [
      "vue",
      "<style>\n.a {\n  |\n}\n</style>",
      '<style>\n.a {\n  background-image: url("a/fox.png");\n}\n</style>',
    ],
    ["markdown", "```css\n.a { background: | }\n```", '```css\n.a { background: url("a/fox.png") }\n```'],
  ],
  "what needs a line or paragraph of its own": [
    [
      "restructuredtext",
      "Some |text\nmore.\n\nNext.",
      "Some text\nmore.\n\n.. image:: a/fox.png\n   :alt: Fox\n\nNext.",
    ],
    ["restructuredtext", "A «fox» runs.", "A  runs.\n\n.. image:: a/fox.png\n   :alt: Fox"],
    ["restructuredtext", "- item|", "- item\n\n  .. image:: a/fox.png\n     :alt: Fox"],
    ["restructuredtext", "T\n=\n|\ntext", "T\n=\n\n.. image:: a/fox.png\n   :alt: Fox\n\ntext"],
    ["restructuredtext", "Hear | it", "Hear `Fox <a/fox.png>`__ it", "audio"],
    ["asciidoc", "text\n|\nmore", "text\n\nimage::a/fox.png[Fox]\n\nmore"],
    ["asciidoc", "See | here", "See image:a/fox.png[Fox] here"],
    [
      "latex",
      "text\n  |\n",
      "text\n  \\begin{figure}[htbp]\n    \\centering\n    \\includegraphics[width=\\linewidth,alt={Fox}]{a/fox.png}\n    \\caption{Fox}\n  \\end{figure}\n",
    ],
    [
      "latex",
      "\\begin{figure}\n  |\n\\end{figure}",
      "\\begin{figure}\n  \\includegraphics[width=\\linewidth,alt={Fox}]{a/fox.png}\n\\end{figure}",
    ],
  ],
};

describe("placement site", () => {
  for (const [title, list] of Object.entries(cases)) {
    describe(title, () => {
      for (const [languageId, before, after, kind] of list) {
        it(`${languageId}: ${JSON.stringify(before)}`, () =>
          assert.equal(placed(languageId, before, kind), after));
      }
    });
  }

  it("a document with Windows line ends keeps them", () => {
    assert.equal(placed("markdown", "a\r\n|\r\nb"), "a\r\n![Fox](a/fox.png)\r\nb");
  });
});
