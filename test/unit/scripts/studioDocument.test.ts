import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../../scripts/lib/paths.ts";
import { chapters } from "../../../scripts/pictures/states.ts";
import { statesFolder, studioDocument, studioDocuments } from "../../../scripts/pictures/studioDocument.ts";
import { situations as reviews } from "../../e2e/support/reviewFixtures.ts";
import { situations as studios } from "../../e2e/support/studioSituations.ts";

const states = chapters.flatMap(({ states }) => states);
const names = states.map(({ name }) => name);

describe("the pages that show every state of the Studio", () => {
  it("are as the script writes them", async () => {
    for (const document of studioDocuments)
      assert.equal(await readFile(join(root, document.file), "utf8"), studioDocument(document));
  });

  it("show every situation that is tested, each once", () => {
    const situations = [
      ...Object.keys(studios).map((name) => `studio-${name}`),
      ...Object.keys(reviews).map((name) => `review-${name}`),
    ];
    assert.deepEqual(
      situations.filter((name) => !names.includes(name)),
      [],
    );
    assert.equal(new Set(names).size, names.length);
  });

  it("have a picture for each state, and none besides", async () => {
    const pictures = await readdir(join(root, statesFolder));
    assert.deepEqual(pictures.sort(), names.map((name) => `${name}.webp`).sort());
  });
});
