import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Greeting } from "../../src/studio/protocol.ts";
import type { GalleryPage } from "../../src/studio/studioViews.ts";
import { Easel } from "./easel.ts";
import { StudioPage } from "./studioPage.ts";
import { frameFindings } from "./support/accessibility.ts";
import { LedgerFolder } from "./support/ledgerFolder.ts";
import { useWorkbench, Workbench } from "./workbench.ts";

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

  /** Takes away what lies over the Studio's own words: a key that was stored, a server of the editor's that came late. */
  const clearToasts = () => workbench().runCommand("Notifications: Clear All Notifications");

  /** Shows everything again. */
  async function clearFilters(): Promise<void> {
    const filter = (await studio().find(".gallery-tools button")).filter({ hasText: "Filter" });
    await filter.click();
    await (await studio().find(".filters button")).click();
    await filter.click();
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
    const search = () => studio().find(".search input");
    const found = async (total: string) =>
      (await studio().find(".gallery-tools .total")).filter({ hasText: total }).waitFor();
    await (await search()).fill("zeppelin");
    await found("0 items");
    await workbench().openFile("index.html");
    await studio().open();
    assert.equal(await (await studio().find("#prompt")).inputValue(), "Written and then hidden");
    await found("0 items");
    assert.equal(await (await search()).inputValue(), "zeppelin");
    await (await search()).fill("");
    await studio().waiting(1);
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

  it("has its first pictures with its document, before it could ask for them", async () => {
    const tab = workbench().page.locator('.tab:has-text("Easel Studio")');
    await tab.click({ button: "middle" });
    await tab.waitFor({ state: "detached" });
    const frame = await studio().open();
    await studio().waiting(2);
    const { told } = JSON.parse((await frame.locator("#greeting").textContent()) ?? "{}") as Greeting;
    const items = told.map(({ method, params }) => [
      method,
      (params as { page?: GalleryPage }).page?.items.length,
    ]);
    assert.deepEqual(items, [
      ["strings", undefined],
      ["firstPage", 2],
    ]);
    assert.ok(
      (await frame.locator("link[rel=preload]").count()) > 0,
      "and their thumbnails are on their way",
    );
  });

  it("one prompt for two vendors at once: what both made stands side by side", async () => {
    await easel().setSeedreamKey();
    await workbench().notification("is stored for");
    await easel().resetSimulator();
    await studio().open();
    const before = await waitingNow();
    await studio().models("Placeholder", "Seedream 4.5");
    await studio().prompt("A lighthouse in the fog");
    assert.equal(
      await (await studio().find(".options-of details.block")).count(),
      2,
      "each has its own options",
    );
    await workbench().screenshot("studio two models");
    await studio().generate(before + 2);
    await studio().said("A result of Seedream has come.");
    await clearToasts();
    await (await studio().find(".said button")).filter({ hasText: "Compare" }).click();
    const makers = await studio().find("easel-compare figcaption .quiet");
    await makers.nth(1).waitFor();
    assert.deepEqual(
      (await makers.allTextContents()).map((each) => /Placeholder|Seedream/.exec(each)?.[0]).sort(),
      ["Placeholder", "Seedream"],
    );
    await workbench().until("both are drawn", async () =>
      (await (
        await studio().frame()
      ).evaluate(
        "[...document.querySelectorAll('easel-compare .stage-canvas img')].filter(({ naturalWidth }) => naturalWidth > 0).length",
      )) === 2
        ? true
        : undefined,
    );
    await workbench().screenshot("studio compare two models");
    assert.deepEqual(
      (await easel().charges()).map(({ vendor }) => vendor),
      ["seedream"],
    );
    await studio().back();
    await studio().waiting(2);
    await clearFilters();
    await studio().waiting(before + 2);
    await studio().models("Placeholder");
  });

  it("Improve Prompt shows what it would change; it is taken, and taken back; a failure is told", async () => {
    await easel().setApiKey("Alibaba AI Gateway", workbench().session.simulator.ready.gateway.apiKey);
    await workbench().notification("The key of Alibaba AI Gateway is stored");
    await easel().resetSimulator();
    await studio().open();
    await studio().prompt("A paper lantern");
    const promptIs = (words: string) =>
      workbench().until(`the prompt is ${words}`, async () =>
        (await (await studio().find("#prompt")).inputValue()) === words ? true : undefined,
      );
    const improve = await studio().find(".prompt-tools button[aria-disabled=false]");
    await improve.filter({ hasText: "Improve Prompt" }).click();
    await (await studio().find(".difference ins")).first().waitFor();
    const improved = await (await studio().find(".difference > :not(del)")).allTextContents();
    assert.notEqual(improved.join(""), "A paper lantern");
    await workbench().screenshot("studio improve");
    await promptIs("A paper lantern");
    await (await studio().find(".improvement .primary")).click();
    await promptIs(improved.join(""));
    await (await studio().find(".improvement[hidden]")).waitFor({ state: "attached" });
    await workbench().undo();
    await promptIs("A paper lantern");
    await easel().fault({ vendor: "gateway", kind: "status", params: { status: 403 } });
    await improve.filter({ hasText: "Improve Prompt" }).click();
    await (await studio().find(".improvement .field-problem"))
      .filter({ hasText: "Alibaba AI Gateway" })
      .waitFor();
    await workbench().screenshot("studio improve failed");
    await (await studio().find(".improvement .buttons button")).last().click();
    await promptIs("A paper lantern");
    const asked = (await easel().requests()).map(({ path }) => path.replace(/^.*\/v1/, ""));
    assert.deepEqual(asked, ["/chat/completions", "/chat/completions"], "each press asks once");
    await easel().resetSimulator();
  });

  it("a frame of a clip starts the next one", async () => {
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

  it("a frame of a clip becomes its poster, and is placed with it", async () => {
    await workbench().openFile("README.md");
    await studio().open();
    await studio().back();
    await studio().fresh();
    await studio().operation("text-to-video");
    await studio().prompt("A kite over the dunes");
    await studio().generate((await waitingNow()) + 1);
    await studio().look();
    await (await studio().find("easel-video video")).waitFor();
    await (await studio().find(".frame-uses button")).filter({ hasText: "Poster" }).click();
    await studio().said("The video is placed with this poster.");
    const line = await workbench().until("the line has the poster", async () => {
      const shown = await studio().line();
      return shown.includes("[![") ? shown : undefined;
    });
    await studio().insert(line);
    // Markdown has no video: the poster links to it.
    const [, poster = "", video = ""] = /\]\(([^)]+)\)\]\(([^)]+)\)/.exec(line) ?? [];
    assert.match(video, /\.mp4$/);
    const file = join(workbench().session.folder, poster);
    assert.equal((await readFile(file)).subarray(1, 4).toString(), "PNG");
    await workbench().undo();
    await workbench().until("the poster is gone with its video", () => gone(file));
  });

  it("what was made with a seed is made again with it, and its prompt, markup and path are copied", async () => {
    /** What was copied; only a document that has the focus may read it. */
    const copied = async () => {
      await workbench().page.locator('.tab[data-resource-name="README.md"]').first().click();
      const text = await workbench().page.evaluate("navigator.clipboard.readText()");
      await studio().open();
      return text;
    };
    await workbench().openFile("README.md");
    await studio().open();
    await studio().back();
    await studio().fresh();
    await studio().operation("text-to-image");
    await studio().models("Placeholder");
    await studio().prompt("A red door");
    const count = (await waitingNow()) + 1;
    await studio().generate(count);
    await studio().look();
    await studio().act("copyPrompt");
    await studio().said("Copied");
    assert.equal(await copied(), "A red door");
    assert.equal(await (await studio().find("input.seed")).inputValue(), "", "no seed is locked");
    await studio().act("sameSeed");
    const seed = await workbench().until("Compose has the seed", async () => {
      const value = await (await studio().find("input.seed")).inputValue();
      return value === "" ? undefined : value;
    });
    await studio().back();
    await studio().generate(count + 1);
    const ledger = new LedgerFolder(workbench().session.userDataDir);
    const same = (await ledger.jobs()).filter(({ request }) => request.prompt === "A red door");
    assert.ok(same.some(({ request }) => String(request.options.seed) === seed));
    const pictures = await Promise.all(
      same.map(({ id, assets }) => readFile(join(ledger.root, id, assets[0]?.file ?? ""))),
    );
    assert.equal(pictures.length, 2);
    assert.ok(pictures[0]?.equals(pictures[1] as Buffer), "the same picture");
    await studio().look();
    const line = await studio().line();
    await studio().insert(line);
    await studio().open();
    await studio().back();
    await (await studio().tiles("placed")).first().dblclick();
    await studio().act("copyMarkup");
    await studio().said("Copied");
    // The alt text was the user's own, and is kept nowhere but in the document: the file's name stands for it.
    assert.equal(await copied(), line.trim().replace("A red door", "a red door"));
    await studio().act("copyPath");
    await studio().said("Copied");
    assert.equal(await copied(), join(workbench().session.folder, "assets", "a-red-door.png"));
    await studio().back();
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
    await clearToasts();
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
    await studio().models("Placeholder");
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

  describe("moved", () => {
    const words = "Written before it was moved";
    let before: { total: string; first: number };

    /** Places in the gallery that are in sight, in order. */
    const inSight = async (at: StudioPage) =>
      (await (
        await at.frame()
      ).evaluate(`(() => {
        const port = document.querySelector(".grid-port").getBoundingClientRect();
        const tiles = [...document.querySelectorAll(".tile:not([hidden])")].filter((tile) => {
          const { top, bottom } = tile.getBoundingClientRect();
          return bottom > port.top && top < port.bottom;
        });
        return tiles.map(({ id }) => Number(id.slice("tile-".length))).sort((one, other) => one - other);
      })()`)) as number[];
    const total = async (at: StudioPage) =>
      (await (await at.find(".gallery-tools .total:not(:empty)")).textContent()) ?? "";
    /** Draft, page, filters, order and place in the gallery are what they were. */
    async function isAsBefore(at: StudioPage): Promise<void> {
      await (await at.find("#tab-gallery[aria-selected=true]")).waitFor();
      await (await at.find(".tile img.there")).first().waitFor();
      assert.equal(await total(at), before.total);
      assert.equal(await (await at.find(".gallery-tools .count")).textContent(), "1", "one filter");
      assert.equal(await (await at.find(".sort")).inputValue(), "oldest");
      await workbench().until(`item ${before.first} is in sight`, async () =>
        (await inSight(at)).includes(before.first) ? true : undefined,
      );
      await at.goTo("compose");
      assert.equal(await (await at.find("#prompt")).inputValue(), words);
    }

    /** Goes to a place in the gallery, as a part of its height, and remembers how all stands there. */
    async function settle(at: StudioPage, part: number): Promise<void> {
      await at.goTo("gallery");
      const frame = await at.frame();
      await frame.locator(".tile").first().waitFor();
      await frame.evaluate(`(async () => {
        const rest = new Promise((resolve) =>
          document.querySelector("easel-grid").addEventListener("rest", resolve, { once: true }));
        const port = document.querySelector(".grid-port");
        port.scrollTop = 0;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        port.scrollTop = (port.scrollHeight - port.clientHeight) * ${part};
        await rest;
      })()`);
      before = { total: await total(at), first: (await inSight(at))[0] ?? -1 };
      assert.ok(before.first > 0, "there is something to scroll");
    }

    it("into another group: draft, page, filters and place are kept", async () => {
      await workbench().runCommand("View: Show Explorer");
      await workbench().page.setViewportSize({ width: 1500, height: 620 });
      await studio().open();
      await studio().back();
      await studio().fresh();
      await studio().operation("text-to-image");
      await studio().models("Placeholder");
      await (await studio().find(".more > summary")).click();
      const number = await studio().find('[data-option="count"] input[type=number]');
      await number.fill("4");
      await number.press("Tab");
      await studio().goTo("gallery");
      let count = Number.parseInt(await total(studio()), 10);
      for (const subject of ["cup", "pot", "tray", "spoon", "kettle"]) {
        await studio().prompt(`A ${subject} for the table`);
        await (await studio().find(".generate[aria-disabled=false]")).click();
        count += 4;
        await (await studio().find(".gallery-tools .total")).filter({ hasText: `${count} items` }).waitFor();
      }
      await studio().prompt(words);
      await studio().goTo("gallery");
      await (await studio().find(".gallery-tools button")).filter({ hasText: "Filter" }).click();
      await (await studio().find(".filters")).getByRole("checkbox", { name: "Waiting" }).check();
      await (await studio().find(".sort")).selectOption("oldest");
      await settle(studio(), 1);
      await workbench().runCommand("View: Move Editor into Next Group");
      await workbench().page.locator(".editor-group-container").nth(1).waitFor();
      await isAsBefore(studio());
      await workbench().screenshot("studio moved to a group");
    });

    it("into a window of its own: the same, and it works there", async () => {
      await settle(studio(), 0.5);
      const { page, session } = workbench();
      const opened = page.context().waitForEvent("page");
      await workbench().runCommand("View: Move Editor Group into New Window");
      const there = new Workbench({ ...session, page: await opened });
      await there.page.setViewportSize({ width: 900, height: 620 });
      const moved = new StudioPage(there);
      await isAsBefore(moved);
      await there.screenshot("studio in a window of its own");
      await (await moved.find(".generate[aria-disabled=false]")).click();
      await moved.goTo("gallery");
      await workbench().until("there are four more", async () =>
        Number.parseInt(await total(moved), 10) === Number.parseInt(before.total, 10) + 4 ? true : undefined,
      );
      await moved.look();
      await moved.line();
      await there.screenshot("studio looks at a result in a window of its own");
      await there.page.close();
      await studio().open();
      await studio().back();
      await studio().goTo("compose");
      assert.equal(await (await studio().find("#prompt")).inputValue(), words);
    });
  });
});

for (const theme of ["dark", "light"] as const) {
  describe(`the Studio in ${theme}, by keyboard alone and looked at by an accessibility checker`, () => {
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

    const findings = async () => frameFindings(await studio().frame());

    it("Setup, and Compose with an empty gallery, have nothing that is found", async () => {
      await workbench().theme(theme);
      await workbench().openFile("README.md");
      await workbench().page.keyboard.press("ControlOrMeta+End");
      await workbench().type("\n");
      await studio().open();
      await (await studio().find(".setup .welcome")).waitFor();
      assert.deepEqual(await findings(), []);
      await studio().goTo("gallery");
      assert.deepEqual(await findings(), []);
    });

    it("from an open document to an inserted asset by keys alone, with nothing found on the way", async () => {
      const { page } = workbench();
      await workbench().openFile("README.md");
      await studio().open();
      const frame = await studio().frame();
      await workbench().until("the Studio has the focus", async () =>
        (await frame.evaluate("document.hasFocus()")) ? true : undefined,
      );
      await tabTo("#prompt");
      await workbench().type("A kettle on the stove");
      await page.keyboard.press("Control+Enter");
      await studio().waiting(1);
      assert.deepEqual(await findings(), [], "the gallery");
      await tabTo(".tile");
      await page.keyboard.press("Enter");
      assert.match(await studio().line(), /assets\/a-kettle-on-the-stove\.png/);
      assert.deepEqual(await findings(), [], "the large view");
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
}
