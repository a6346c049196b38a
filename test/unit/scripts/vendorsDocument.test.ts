import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { vendorsDocument, vendorsFile } from "../../../scripts/lib/vendorsDocument.ts";

describe("the vendors' document", () => {
  it("is what the catalog says; npm run docs writes it", async () => {
    const written = await readFile(new URL(`../../../${vendorsFile}`, import.meta.url), "utf8");
    assert.equal(written, await vendorsDocument());
  });
});
