import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { Easel } from "./easel.ts";
import { StudioPage } from "./studioPage.ts";
import { useWorkbench } from "./workbench.ts";

describe("the Studio in the workbench", () => {
  const workbench = useWorkbench({ viewport: { width: 1500, height: 950 } });
  const studio = () => new StudioPage(workbench());
  const easel = () => new Easel(workbench());

  before(async () => {
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().type("\n");
    await workbench().explorerItem("images").click();
  });

  /** How many results wait now; the gallery is in sight then. */
  async function waitingNow(): Promise<number> {
    await studio().back();
    await studio().goTo("gallery");
    await (await studio().find(".gallery-tools .total:not(:empty)")).waitFor();
    return (await studio().tiles("waiting")).count();
  }

  const gone = (path: string) =>
    stat(path).then(
      () => undefined,
      () => true as const,
    );

  it("Setup is shown first where there is no key, and leads to a first request", async () => {
    await studio().open();
    await (await studio().find(".setup .welcome")).waitFor();
    assert.equal(await (await studio().find(".privacy li")).count(), 4);
    await (await studio().find(".welcome .button.primary")).click();
    await workbench().until("a prompt is proposed", async () =>
      /fox/.test(await (await studio().find("#prompt")).inputValue()) ? true : undefined,
    );
  });

  it("from Compose to an inserted asset, and back by one undo", async () => {
    await studio().prompt("A lantern over still water");
    await studio().generate(1);
    await studio().look();
    const line = await studio().line();
    assert.equal(line, "![A lantern over still water](assets/a-lantern-over-still-water.png)");
    await studio().insert(line);
    const file = join(workbench().session.folder, "assets", "a-lantern-over-still-water.png");
    assert.ok((await stat(file)).size > 0);
    await workbench().undo();
    await workbench().until("the file is back in staging", () => gone(file));
    await studio().open();
    await studio().back();
    await studio().waiting(1);
  });

  it("keeps what is written while it is hidden", async () => {
    await studio().prompt("Written and then hidden");
    await workbench().openFile("index.html");
    await studio().open();
    assert.equal(await (await studio().find("#prompt")).inputValue(), "Written and then hidden");
  });

  it("a file dropped from the Explorer with Shift held becomes a reference", async () => {
    await studio().operation("image-to-image");
    await (await studio().find('.slot[data-role="source"], .slot[data-role="reference"]')).first().waitFor();
    const { page } = workbench();
    const target = await (await studio().find(".compose-scroll")).boundingBox();
    const from = await workbench().explorerItem("teapot.png").boundingBox();
    assert.ok(target && from);
    await page.mouse.move(from.x + 40, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
    await page.keyboard.down("Shift");
    await page.mouse.move(target.x + 150, target.y + 250, { steps: 8 });
    await page.mouse.move(target.x + 155, target.y + 255, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await (await studio().find(".slot .input .input-name")).filter({ hasText: "teapot.png" }).waitFor();
    const drawn = "document.querySelector('.slot .input img')?.naturalWidth > 0";
    await workbench().until("its picture is there", async () =>
      (await (await studio().frame()).evaluate(drawn)) ? true : undefined,
    );
    await (await studio().find(".slot .input .input-tools .tool")).last().click();
    await (await studio().find(".slot .input")).waitFor({ state: "detached" });
  });

  it("two results side by side, and under a slider", async () => {
    await studio().operation("text-to-image");
    await studio().prompt("A second lantern");
    await studio().generate(2);
    const tiles = await studio().tiles();
    await tiles.nth(0).click();
    await tiles.nth(1).click({ modifiers: ["ControlOrMeta"] });
    await (await studio().find(".selection button")).filter({ hasText: "Compare" }).click();
    await (await studio().find("easel-compare .compare-pair .stage")).nth(1).waitFor();
    await (await studio().find(".compare-modes button")).nth(1).click();
    await (await studio().find("easel-compare .divider-row input")).waitFor();
    await studio().back();
  });

  it("comes back after a reload of the window, with its gallery", async () => {
    await workbench().reload();
    // The editor may bring back a layout of a moment earlier, with another tab in front.
    await workbench().page.locator('.tab:has-text("Easel Studio")').click();
    await studio().waiting(2);
  });

  it("a frame of a clip starts the next one", async () => {
    await easel().setSeedreamKey();
    await workbench().notification("is stored for");
    await studio().open();
    await studio().operation("text-to-video");
    await studio().prompt("Boats leave the harbour");
    const count = (await waitingNow()) + 1;
    await studio().generate(count);
    await studio().look();
    await (await studio().find("easel-video video")).waitFor();
    await (await studio().find(".frame-uses button")).filter({ hasText: "First Frame" }).click();
    await studio().said("is in the draft");
    await studio().goTo("compose");
    await (await studio().find('.slot[data-role="firstFrame"] .input')).waitFor();
    await studio().prompt("They come home at dusk");
    await studio().back();
    await studio().generate(count + 1);
    const asked = (await easel().requests()).filter(
      ({ method, path }) => method === "POST" && path.endsWith("/contents/generations/tasks"),
    );
    const { content = [] } = (asked.at(-1)?.body ?? {}) as {
      content?: { role?: string; image_url?: { url: string } }[];
    };
    const frame = content.find(({ role }) => role === "first_frame");
    assert.match(frame?.image_url?.url.slice(0, 30) ?? "", /^data:image\/png;base64,/);
  });

  it("a discard is taken back, and Edit Again puts the draft into the history", async () => {
    await studio().open();
    await studio().back();
    await studio().fresh();
    await studio().operation("text-to-image");
    await studio().prompt("A tram in the rain");
    const count = (await waitingNow()) + 1;
    await studio().generate(count);
    await studio().prompt("Something else entirely");
    await studio().look();
    await studio().act("editAgain");
    await workbench().until("the prompt is there again", async () =>
      (await (await studio().find("#prompt")).inputValue()) === "A tram in the rain" ? true : undefined,
    );
    await (await studio().find(".drop-down summary")).click();
    await (await studio().find(".drop-down .row")).filter({ hasText: "Something else entirely" }).waitFor();
    await workbench().page.keyboard.press("Escape");
    await studio().back();
    await (await studio().tiles("waiting")).first().click();
    await workbench().page.keyboard.press("Delete");
    await studio().said("Discarded: 1");
    await studio().waiting(count - 1);
    await (await studio().find(".said button")).filter({ hasText: "Undo" }).click();
    await studio().waiting(count);
  });

  it("with recipes on, how it was made is written beside it, by the same edit (P-16)", async () => {
    await workbench().openFile("README.md");
    await studio().open();
    await studio().back();
    await studio().goTo("setup");
    await workbench().until("Setup says that recipes are on", async () => {
      await workbench().settings({}, { "easel.recipes": true });
      const on = (await studio().find(".settings")).filter({ hasText: "On: how an asset was made" });
      return on.waitFor({ timeout: 2000 }).then(
        () => true,
        () => undefined,
      );
    });
    await studio().goTo("gallery");
    await studio().fresh();
    await studio().operation("text-to-image");
    await studio().prompt("A recipe for tea");
    await studio().generate((await waitingNow()) + 1);
    await studio().look();
    const line = await studio().line();
    await (await studio().find(".detail .lands"))
      .filter({ hasText: "a-recipe-for-tea.png.recipe.json" })
      .waitFor();
    await studio().insert(line);
    const recipe = join(workbench().session.folder, "assets", "a-recipe-for-tea.png.recipe.json");
    const { prompt, vendor, files } = JSON.parse(await readFile(recipe, "utf8"));
    assert.deepEqual([prompt, vendor, files.length], ["A recipe for tea", "placeholder", 1]);
    await workbench().undo();
    await workbench().until("the recipe is gone", () => gone(recipe));
    await workbench().settings({}, { "easel.recipes": false });
  });

  it("the side bar has the same draft", async () => {
    await studio().open();
    await studio().fresh();
    await studio().prompt("Seen in both places");
    await workbench().runCommand("Focus on Studio View");
    const narrow = await workbench().webview("easel-studio .studio.narrow");
    await narrow.locator("#tab-compose").click();
    await workbench().until("the draft is there", async () =>
      (await narrow.locator("#prompt").inputValue()) === "Seen in both places" ? true : undefined,
    );
  });
});

describe("the Studio by keyboard alone", () => {
  const workbench = useWorkbench({ viewport: { width: 1500, height: 950 } });
  const studio = () => new StudioPage(workbench());

  /** Presses Tab until the focus is on what a selector names. */
  async function tabTo(selector: string): Promise<void> {
    const frame = await studio().frame();
    const isThere = `document.hasFocus() && document.activeElement?.matches(${JSON.stringify(selector)})`;
    for (let step = 0; step < 60; step++) {
      if (await frame.evaluate(isThere)) return;
      await workbench().page.keyboard.press("Tab");
    }
    assert.fail(`Tab never came to ${selector}`);
  }

  it("from an open document to an inserted asset", async () => {
    const { page } = workbench();
    await workbench().openFile("README.md");
    await page.keyboard.press("ControlOrMeta+End");
    await workbench().type("\n");
    await studio().open();
    const frame = await studio().frame();
    await workbench().until("the Studio has the focus", async () =>
      (await frame.evaluate("document.hasFocus()")) ? true : undefined,
    );
    await tabTo("#prompt");
    await workbench().type("A kettle on the stove");
    await page.keyboard.press("Control+Enter");
    await studio().waiting(1);
    await tabTo(".tile");
    await page.keyboard.press("Enter");
    assert.match(await studio().line(), /assets\/a-kettle-on-the-stove\.png/);
    await workbench().until("the large view has the focus", async () =>
      (await frame.evaluate("document.activeElement?.closest('.detail') !== null")) ? true : undefined,
    );
    await page.keyboard.press("Control+Enter");
    await workbench().until("it is inserted", async () => {
      const text = await readFile(join(workbench().session.folder, "README.md"), "utf8").catch(() => "");
      const file = join(workbench().session.folder, "assets", "a-kettle-on-the-stove.png");
      return text && (await stat(file).catch(() => undefined)) ? true : undefined;
    });
  });
});

for (const theme of ["dark", "light"] as const) {
  describe(`the Studio in ${theme}, looked at by an accessibility checker`, () => {
    const workbench = useWorkbench({ viewport: { width: 1500, height: 950 } });
    const studio = () => new StudioPage(workbench());

    async function findings(): Promise<string[]> {
      const frame = await studio().frame();
      await frame.evaluate(axe.source);
      const { violations } = (await frame.evaluate("window.axe.run()")) as {
        violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
      };
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary = "" }) => `${id}: ${html} ${failureSummary}`),
      );
    }

    it("Setup, Compose with an empty gallery, a result in the gallery, and large", async () => {
      await workbench().theme(theme);
      await workbench().openFile("README.md");
      await studio().open();
      await (await studio().find(".setup .welcome")).waitFor();
      const found: Record<string, string[]> = { setup: await findings() };
      await studio().goTo("gallery");
      found.empty = await findings();
      await studio().prompt("A heron at the pond");
      await studio().generate(1);
      found.gallery = await findings();
      await studio().look();
      await studio().line();
      found.large = await findings();
      assert.deepEqual(found, { setup: [], empty: [], gallery: [], large: [] });
    });
  });
}
