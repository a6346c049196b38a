import assert from "node:assert/strict";
import { extensions } from "vscode";

describe("activation", () => {
  it("the extension activates", async () => {
    const extension = extensions.getExtension("easel.easel");
    assert.ok(extension, "easel.easel is not known to the editor");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
