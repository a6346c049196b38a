import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Embed, type KnownText, SearchIndex } from "../../../src/search/searchIndex.ts";

const words: Record<string, number[]> = {
  fox: [1, 0, 0],
  wolf: [0.9, 0.1, 0],
  ship: [0, 1, 0],
  sea: [0, 0.8, 0.6],
};

function known(file: string, text: string): KnownText {
  return { uri: `file:///site/${file}`, text, source: "altTexts" };
}

describe("the search index", () => {
  let folder = "";
  let path = "";
  let sent: string[][] = [];
  const embedAs =
    (model: string): Embed =>
    async (texts) => {
      sent.push([...texts]);
      return { model, vectors: texts.map((text) => words[text] ?? [0, 0, 0]) };
    };
  const embed = embedAs("m");

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-search-"));
    path = join(folder, "search", "one.json");
    sent = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is not there before its first use, and not after it was emptied (P-16)", async () => {
    const index = new SearchIndex(path);
    assert.deepEqual(await index.sources(), []);
    await assert.rejects(stat(path));
    await index.update(["altTexts"], [known("a.png", "fox")], embed);
    assert.deepEqual(await new SearchIndex(path).sources(), ["altTexts"]);
    await index.clear();
    await assert.rejects(stat(path));
    assert.deepEqual(await index.texts(), []);
  });

  it("sends each text once, and lets go of those that are no longer there (P-16)", async () => {
    const index = new SearchIndex(path);
    await index.update(["altTexts"], [known("a.png", "fox"), known("b.png", "ship")], embed);
    const later = [known("b.png", "ship"), known("c.png", "sea")];
    assert.equal(await index.missing(later), 1);
    await index.update(["altTexts"], later, embed);
    assert.deepEqual(sent, [["fox", "ship"], ["sea"]]);
    assert.deepEqual(await index.texts(), later);
    assert.doesNotMatch(await readFile(path, "utf8"), /fox/, "nothing is left of what is gone");
  });

  it("finds the nearest, best first, each file once", async () => {
    const index = new SearchIndex(path);
    const texts = [
      known("a.png", "fox"),
      known("a.png", "wolf"),
      known("b.png", "ship"),
      known("c.png", "sea"),
    ];
    await index.update(["altTexts"], texts, embed);
    const found = await index.nearest("m", [0, 1, 0], 2);
    assert.deepEqual(
      found.map(({ uri }) => uri),
      ["file:///site/b.png", "file:///site/c.png"],
    );
    const [best] = await index.nearest("m", [1, 0, 0], 5);
    assert.equal(best?.text, "fox");
    assert.ok(Math.abs((best?.score ?? 0) - 1) < 1e-6);
  });

  it("holds and sends nothing of a source that was not chosen (P-16)", async () => {
    const index = new SearchIndex(path);
    const recipe: KnownText = { uri: "file:///site/b.png", text: "ship", source: "recipes" };
    await index.update(["altTexts"], [known("a.png", "fox"), recipe], embed);
    assert.deepEqual(sent, [["fox"]]);
    assert.deepEqual(await index.texts(), [known("a.png", "fox")]);
  });

  it("holds texts, the addresses of their files and numbers, and nothing of what was looked for (P-16)", async () => {
    const index = new SearchIndex(path);
    await index.update(["altTexts"], [{ ...known("a.png", "fox"), seen: 3 } as KnownText], embed);
    const before = await readFile(path, "utf8");
    const { entries, ...rest } = JSON.parse(before);
    assert.deepEqual(rest, { version: 1, model: "m", sources: ["altTexts"] });
    assert.deepEqual(
      entries.map((entry: object) => Object.keys(entry)),
      [["uri", "text", "source", "vector"]],
    );
    await index.nearest("m", [0.25, 0.5, 0.75], 5);
    await index.missing([known("b.png", "ship")]);
    assert.equal(await readFile(path, "utf8"), before);
    assert.deepEqual(await readdir(join(folder, "search")), ["one.json"]);
  });

  it("does not compare vectors of another model, and reads all anew when the model changed", async () => {
    const index = new SearchIndex(path);
    await index.update(["altTexts"], [known("a.png", "fox")], embed);
    assert.deepEqual(await index.nearest("n", [1, 0, 0], 5), []);
    await index.update(["altTexts"], [known("a.png", "fox"), known("b.png", "ship")], embedAs("n"));
    assert.equal((await index.nearest("n", [1, 0, 0], 5)).length, 2);
    assert.deepEqual(sent.at(-1), ["fox", "ship"]);
  });

  it("takes a file that is no index as none", async () => {
    const index = new SearchIndex(path);
    await index.update(["altTexts"], [known("a.png", "fox")], embed);
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, "{]");
    assert.deepEqual(await index.texts(), []);
  });

  it("does not take one that cannot be read now for none: what was chosen would be written over", async () => {
    const index = new SearchIndex(path);
    await mkdir(path, { recursive: true });
    await assert.rejects(index.sources(), { code: "EISDIR" });
    await assert.rejects(index.update(["altTexts"], [known("a.png", "fox")], embed), { code: "EISDIR" });
    assert.deepEqual(sent, []);
  });
});
