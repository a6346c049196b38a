import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { StudioPage } from "./studioPage.ts";
import { useWorkbench } from "./workbench.ts";

describe("the walkthrough", () => {
  const workbench = useWorkbench({ viewport: { width: 1500, height: 950 } });
  const studio = () => new StudioPage(workbench());

  const page = (): Locator => workbench().page.locator(".gettingStartedContainer");
  const step = (title: string): Locator => page().locator(".getting-started-step").filter({ hasText: title });
  /** Waits until a step is ticked. */
  const ticked = (title: string) => step(title).locator(".codicon-getting-started-step-checked").waitFor();
  const isTicked = async (title: string) =>
    (await step(title).locator(".codicon-getting-started-step-checked").count()) > 0;
  /** Shows it as the palette does. */
  async function show(): Promise<void> {
    await workbench().runCommand("Welcome: Open Walkthrough");
    await workbench().quickInput.pick("Make your first asset with Easel");
    for (const title of steps) await step(title).waitFor();
  }
  /** Takes a link of a step, which unfolds when it is clicked. */
  async function take(title: string, link: string): Promise<void> {
    if ((await step(title).getAttribute("aria-expanded")) !== "true") await step(title).click();
    const taken = step(title).getByRole("link", { name: link });
    await taken.or(step(title).getByRole("button", { name: link })).click();
  }
  const steps = [
    "Put the cursor where it should go",
    "Say what it should show",
    "Look before it lands",
    "Insert it",
  ] as const;
  const [place, ask, look, insert] = steps;

  it("shows its four steps with their pictures, none done", async () => {
    await show();
    assert.equal(await page().locator(".getting-started-step").count(), 4);
    for (const title of steps) {
      await step(title).click();
      await workbench().screenshot(`walkthrough ${title}`);
      assert.equal(await isTicked(title), false, title);
    }
  });

  it("each step is ticked as it is done, up to a first asset in the document", async () => {
    const { quickInput, page: window } = workbench();
    await workbench().until("the list of files stays open", async () => {
      await take(place, "Go to File");
      // A drawing that comes late takes the focus, and the list with it: a person clicks again.
      const filled = quickInput.input.fill("README.md", { timeout: 3000 });
      const found = filled.then(() => quickInput.focusedRow("README.md").waitFor({ timeout: 3000 }));
      return found.then(
        () => true,
        () => undefined,
      );
    });
    await quickInput.accept();
    await workbench().tab("README.md").waitFor();
    await window.keyboard.press("ControlOrMeta+End");
    await workbench().type("\n");
    await show();
    await ticked(place);
    assert.equal(await isTicked(ask), false);

    await take(ask, "Open Studio");
    await studio().prompt("A first lighthouse");
    await studio().generate(1);
    await show();
    await ticked(ask);
    await ticked(look);
    assert.equal(await isTicked(insert), false);

    await take(insert, "Open Studio");
    await studio().look();
    const line = await studio().line();
    await studio().insert(line);
    assert.match(line, /assets\/a-first-lighthouse\.png/);
    assert.ok((await stat(join(workbench().session.folder, "assets", "a-first-lighthouse.png"))).size > 0);
    await show();
    await ticked(insert);
    await workbench().screenshot("walkthrough done");
  });
});
