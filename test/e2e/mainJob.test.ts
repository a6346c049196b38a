import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Easel, Review } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

const prompt = "A harbour at dawn";
const slug = "a-harbour-at-dawn";

describe("the main job, with the Placeholder", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());
  const assets = async () => readdir(join(workbench().session.folder, "assets")).catch(() => []);

  /** Opens a file, leaves two lines at its end, and asks for an image there. */
  async function ask(file: string): Promise<void> {
    await workbench().openFile(file);
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().type("\n\n");
    await workbench().runCommand("Easel: Generate Image");
    await easel().prompt(prompt);
  }

  it("goes from the palette to the inserted line by keyboard alone, and one undo takes it back", async () => {
    await ask("README.md");
    await easel().send();
    const review = await easel().review();
    const line = await review.line();
    assert.equal(line, `![${prompt}](assets/${slug}.png)`);
    await review.focused();
    assert.deepEqual(await assets(), [], "nothing lands before it is confirmed");
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    assert.deepEqual(await assets(), [`${slug}.png`]);
    const bytes = await readFile(join(workbench().session.folder, "assets", `${slug}.png`));
    assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");

    await workbench().undo();
    await workbench().until("the file is gone", async () =>
      (await assets()).length === 0 ? true : undefined,
    );
    assert.ok(!(await workbench().editorText()).includes(line), "the line is gone too");
    await workbench().statusBarItem("1 waiting").waitFor();
  });

  it("after undo and a reload of the window, the asset still waits and lands where it was asked for", async () => {
    await workbench().save();
    await workbench().reload();
    const item = workbench().statusBarItem("1 waiting");
    await item.waitFor();
    await item.click();
    const review = await easel().review();
    const line = await review.line();
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    assert.deepEqual(await assets(), [`${slug}.png`]);
    await workbench().statusBarItem("waiting").waitFor({ state: "detached" });
  });

  it("follows what is typed above while the sheet is open", async () => {
    await ask("docs/getting-started.md");
    await easel().send();
    const review = await easel().review();
    const where = review.frame.locator(".preview .where");
    await where.waitFor();
    const before = Number(((await where.textContent()) ?? "").match(/\d+$/)?.[0]);
    await workbench().runCommand("View: Focus First Editor Group");
    await workbench().goTo(1);
    await workbench().type("ten\n".repeat(10));
    await workbench().until("the place has moved", async () =>
      ((await where.textContent()) ?? "").endsWith(String(before + 10)) ? true : undefined,
    );
    await review.frame.locator(".button.insert").click();
    await workbench().editorTextWith(`![${prompt}](../assets/${slug}-2.png)`);
    await review.closed();
  });

  it("Escape closes the sheet and loses nothing; Discard is undone", async () => {
    await ask("README.md");
    await easel().send();
    const review = await easel().review();
    await review.line();
    await review.focused();
    await review.press("Escape");
    await review.closed();
    await workbench().statusBarItem("1 waiting").click();
    const again = await easel().review();
    await again.frame.locator(".button.discard").click();
    await again.frame.locator(".button.undo").click();
    await again.line();
    await again.frame.locator(".button.discard").click();
    await again.frame.locator(".button.undo").waitFor();
    await workbench().statusBarItem("waiting").waitFor({ state: "detached" });
    await again.focused();
    await again.press("Escape");
  });

  it("of four results one is taken; after a reload three still wait", async () => {
    await ask("README.md");
    await easel().moreOption("How Many", "4");
    await easel().send();
    const review = await easel().review();
    await workbench().until("four wait", async () =>
      (await review.countOf("waiting")) === 4 ? true : undefined,
    );
    await review.line();
    await review.focused();
    await review.press("ArrowRight");
    await review.press("Enter");
    await workbench().until("one is placed", async () =>
      (await review.countOf("placed")) === 1 ? true : undefined,
    );
    assert.equal(await review.countOf("waiting"), 3);
    await workbench().statusBarItem("3 waiting").waitFor();
    await workbench().runCommand("View: Focus First Editor Group");
    await workbench().save();
    await workbench().reload();
    await workbench().statusBarItem("3 waiting").waitFor();
    // Which tabs the editor brings back depends on when it last wrote its layout; the status bar opens what waits.
    const frame = await workbench().until("a click on the status bar opens what waits", async () => {
      // The item is drawn anew while the window starts; a click can meet the moment in between.
      await workbench().statusBarItem("3 waiting").click();
      return workbench()
        .webview(".option.state-waiting", 4000)
        .catch(() => undefined);
    });
    const again = new Review(workbench(), frame);
    await workbench().until("three wait in the sheet", async () =>
      (await again.countOf("waiting")) === 3 ? true : undefined,
    );
  });
});
