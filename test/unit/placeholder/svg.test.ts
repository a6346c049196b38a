import assert from "node:assert/strict";
import fc from "fast-check";
import { escaped } from "../../../src/vendors/placeholder/svg.ts";
import { makeOne } from "./make.ts";

async function svg(prompt: string, options = {}): Promise<string> {
  return (await makeOne({ format: "svg", size: "1200x675", ...options }, prompt)).toString("utf8");
}

/** A strict reading of the little XML that placeholders use: returns element names, and throws on anything malformed. */
function elements(document: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  const token =
    /<(\/?)([a-zA-Z]+)((?:\s[a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)\s*(\/?)>|([^<>&]+)|(&(?:amp|lt|gt|quot|#39);)/y;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const match = token.exec(document);
    if (!match) throw new Error(`malformed at ${at}: ${document.slice(at, at + 40)}`);
    const [, slash, name, , selfClosing] = match;
    if (!name) continue;
    if (slash) assert.equal(open.pop(), name);
    else {
      names.push(name);
      if (!selfClosing) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  return names;
}

const hostile = [
  "</title><script>alert(1)</script>",
  '"><image href="https://example.com/x.png"/>',
  "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
  "a\u0000b\u0008c\ufffed\ud800e",
  "<!-- -- > & &amp; ' \"",
  "雪山上的小屋 🏔️ שלום",
];

/** Characters that XML 1.0 has no way to hold. */
function isForbidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code < 32 && !"\t\n\r".includes(character)) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function unescaped(content: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return content.replace(/&([^;]+);/g, (_, name: string) => named[name] ?? "?");
}

const allowed = new Set(["svg", "title", "metadata", "defs", "linearGradient", "stop", "path", "text"]);

describe("placeholder SVG", () => {
  for (const prompt of hostile) {
    it(`holds ${JSON.stringify(prompt)} as plain text`, async () => {
      const document = await svg(prompt);
      assert.deepEqual(
        elements(document).filter((name) => !allowed.has(name)),
        [],
      );
      assert.deepEqual([...document].filter(isForbidden), []);
      assert.doesNotMatch(document, /<[^>]*(?:href|\son\w+|style)=/);
      const references = document.match(/url\([^)]*\)/g) ?? [];
      assert.ok(references.every((reference) => reference.startsWith("url(#easel-")));
    });
  }

  it("shows the prompt, has it as its title, and says what it is", async () => {
    const document = await svg("Tom & <Jerry>");
    assert.match(document, /<title>Tom &amp; &lt;Jerry&gt;<\/title>/);
    assert.match(document, /<text [^>]*>Tom &amp; &lt;Jerry&gt;<\/text>/);
    assert.match(document, /<metadata>Placeholder made by Easel/);
    assert.match(await svg(""), /<title>Placeholder<\/title>/);
  });

  it("cuts a long prompt to its plate", async () => {
    for (const prompt of ["m".repeat(5000), "長".repeat(5000), "🏔️".repeat(900)]) {
      const document = await svg(prompt);
      const [, width = "", size = "", text = ""] =
        /<svg x="[\d.]+" y="[\d.]+" width="([\d.]+)"[^>]*>[^<]*<text [^>]*font-size="([\d.]+)"[^>]*>([^<]*)</.exec(
          document,
        ) ?? [];
      assert.ok(text.endsWith("…") && text.length * 0.3 * Number(size) < Number(width), text);
    }
  });

  it("has the size it was asked for, and ids no other picture has", async () => {
    const [one, other] = [await svg("one", { style: "blobs" }), await svg("other", { style: "blobs" })];
    assert.match(
      one,
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="1200" height="675" viewBox="0 0 1200 675"/,
    );
    const ids = (document: string) => [...document.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.ok(ids(one).length > 1);
    assert.deepEqual(
      ids(one).filter((id) => ids(other).includes(id)),
      [],
    );
  });

  it("escapes any text to well-formed content that reads back as the text", () => {
    const property = fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "\ud800", "\udc00x"),
      (words, stray) => {
        const text = words + stray;
        const content = escaped(text);
        elements(`<title>${content}</title>`);
        assert.equal(unescaped(content), [...text].filter((character) => !isForbidden(character)).join(""));
      },
    );
    fc.assert(property, { numRuns: 500 });
    assert.equal(escaped(`a<b>&"'`), "a&lt;b&gt;&amp;&quot;&#39;");
  });
});
