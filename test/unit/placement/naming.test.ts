import assert from "node:assert/strict";
import fc from "fast-check";
import {
  baseName,
  fileNameProblem,
  freeName,
  nameKey,
  numbered,
  slug,
} from "../../../src/placement/naming.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("placement names", () => {
  const slugs: [string, string][] = [
    ["A red Fox, running!", "a-red-fox-running"],
    ["  don't stop ", "dont-stop"],
    ["一只红色的狐狸，奔跑", "一只红色的狐狸-奔跑"],
    ["E\u0301te\u0301 à Paris", "été-à-paris"],
    ["🦊 fox 🦊", "fox"],
    ["../../etc/passwd", "etc-passwd"],
    ["CON", "con-file"],
    ["com¹", "com¹-file"],
    ["v1.2 #hero 100%", "v1-2-hero-100"],
    ["नमस्ते दुनिया", "नमस्ते-दुनिया"],
    ["snake_case", "snake_case"],
    ["a\u202Egnp.exe", "agnp-exe"],
  ];
  for (const [text, expected] of slugs) {
    it(`slug of ${JSON.stringify(text)}`, () => assert.equal(slug(text), expected));
  }

  it("a text without letters gives the fallback", () => {
    assert.equal(slug("🦊!?", { fallback: "image" }), "image");
    assert.equal(slug(""), "");
  });

  it("a long text is cut at a word", () => {
    const name = slug("a quiet harbour at dawn with seven fishing boats and a lighthouse far away in fog");
    assert.equal(name, "a-quiet-harbour-at-dawn-with-seven-fishing-boats-and-a");
  });

  it("any slug is a legal name within its bytes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.integer({ min: 12, max: 255 }),
        (text, maxBytes) => {
          const name = slug(text, { maxBytes: Math.min(maxBytes, 200), fallback: "image" });
          assert.equal(fileNameProblem(name, "webp"), undefined, name);
          assert.ok(bytes(name) <= maxBytes + "-file".length);
          assert.equal(name, name.normalize("NFC"));
        },
      ),
    );
  });

  const problems: [string, string | undefined][] = [
    ["fox", undefined],
    ["my fox (1) #2 100%", undefined],
    ["", "nameEmpty"],
    ["  ", "nameEmpty"],
    ["..", "nameDots"],
    ["a/b", "nameForbidden"],
    ["a\\b", "nameForbidden"],
    ["a:b", "nameForbidden"],
    ["a\u0000", "nameForbidden"],
    ["fox.", "nameEnding"],
    ["fox ", "nameEnding"],
    ["aux", "nameReserved"],
    ["Lpt1.old", "nameReserved"],
    ["CONIN$", "nameReserved"],
    ["console", undefined],
    [".hidden", undefined],
    ["狐".repeat(83), "nameTooLong"],
    ["狐".repeat(81), undefined],
  ];
  for (const [name, code] of problems) {
    it(`problem of ${JSON.stringify(name.slice(0, 24))} (${name.length}): ${code ?? "none"}`, () => {
      assert.equal(fileNameProblem(name, "png")?.code, code);
    });
  }

  it("says which character is forbidden, also when it cannot be seen", () => {
    assert.deepEqual(fileNameProblem("a?b")?.args, { character: "?" });
    assert.deepEqual(fileNameProblem("a\tb")?.args, { character: "U+0009" });
  });

  it("the asset's own extension is not part of the name", () => {
    assert.equal(baseName("fox.PNG", "png"), "fox");
    assert.equal(baseName("fox.jpeg", "jpg"), "fox");
    assert.equal(baseName("fox.v2", "png"), "fox.v2");
    assert.equal(baseName(".png", "png"), ".png");
  });

  it("a number never makes a name too long and never splits a letter", () => {
    const name = numbered(`x${"狐".repeat(100)}`, 12, "png");
    assert.ok(bytes(name) <= 255);
    assert.match(name, /^x狐+-12\.png$/);
  });

  it("a taken name gets the next number, whatever its case or its way of writing accents", () => {
    const taken = new Set(["Fox.png", "FOX-2.PNG", "e\u0301te\u0301.png"].map(nameKey));
    const free = (name: string) => freeName(name, "png", (key) => taken.has(key));
    assert.equal(free("fox"), "fox-3.png");
    assert.equal(free("Été"), "Été-2.png");
    assert.equal(free("dog"), "dog.png");
  });
});
