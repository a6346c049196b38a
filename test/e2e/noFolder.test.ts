import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("a window without a folder", () => {
  const workbench = useWorkbench({ workspace: "none" });

  it("Save Only asks where, and the result lands there", async () => {
    const easel = new Easel(workbench());
    await workbench().runCommand("Easel: Generate Image");
    await easel.prompt("A paper lantern");
    await easel.send();
    const review = await easel.review();
    await review.frame.locator(".button.saveOnly:not([aria-disabled=true])").click();
    const { quickInput, session } = workbench();
    const path = join(session.folder, "lantern.png");
    await quickInput.saveAs("a-paper-lantern.png", path);
    await review.closed();
    assert.equal((await readFile(path)).subarray(1, 4).toString("latin1"), "PNG");
  });
});
