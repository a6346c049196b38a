import assert from "node:assert/strict";
import fc from "fast-check";
import type { Job } from "../../../src/model/job.ts";
import { readRecipe, recipeJson } from "../../../src/placement/recipe.ts";

const job = {
  id: "j",
  created: Date.UTC(2026, 10, 22),
  baseUrl: "https://vendor.example/secret-path",
  modelOverride: "ep-1",
  request: {
    operation: "image-to-image",
    vendor: "seedream",
    model: "m",
    prompt: "“茶” and \\ a quote",
    inputs: [
      {
        role: "source",
        name: "a.png",
        source: { kind: "file", uri: "file:///home/me/a.png", sha256: "1", bytes: 1 },
      },
      {
        role: "reference",
        name: "b",
        source: { kind: "link", url: "https://files.example/b.png?token=secret" },
      },
    ],
    options: { size: "2K", count: 2 },
  },
} as unknown as Job;
const assets = [{ sha256: "9", type: "image/png", facts: { seed: 42 } }] as unknown as Job["assets"];

describe("a recipe", () => {
  it("says what would make the asset again, and is read back", () => {
    const text = recipeJson(job, assets);
    assert.deepEqual(JSON.parse(text), {
      made: "2026-11-22T00:00:00.000Z",
      operation: "image-to-image",
      vendor: "seedream",
      model: "m",
      endpoint: "ep-1",
      prompt: "“茶” and \\ a quote",
      inputs: [
        { role: "source", name: "a.png", sha256: "1" },
        { role: "reference", name: "b", link: true },
      ],
      options: { size: "2K", count: 2 },
      seed: 42,
      files: [{ sha256: "9", type: "image/png" }],
    });
    const { prompt, seed, endpoint } = readRecipe(text) ?? {};
    assert.deepEqual([prompt, seed, endpoint], ["“茶” and \\ a quote", 42, "ep-1"]);
  });

  it("holds no address: not the vendor's, not where inputs lay, no link with its rights (P-16)", () => {
    assert.doesNotMatch(recipeJson(job, assets), /secret|https?:|file:/);
  });

  it("of any other hand is read or refused, and never thrown at", () => {
    for (const text of ["", "null", "[]", '{"prompt":7}', '{"prompt":"a","operation":"constructor"}', "{"]) {
      assert.equal(readRecipe(text), undefined, text);
    }
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readRecipe(text);
        assert.ok(read === undefined || typeof read.prompt === "string");
      }),
    );
  });
});
