import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { StudioProtocol, StudioState } from "../../src/studio/studioProtocol.ts";
import { accessibilityFindings } from "./support/accessibility.ts";
import * as fixtures from "./support/studioFixtures.ts";
import { type Shown, StudioHost } from "./support/studioHost.ts";
import { situations, studioMedia } from "./support/studioSituations.ts";
import {
  type OpenOptions,
  onMac,
  startWebviews,
  type ThemeName,
  until,
  type WebviewServer,
} from "./support/webviewPage.ts";

type Requests = StudioProtocol["requests"];

const items = Array.from({ length: 60 }, (_, index) => fixtures.item(index));
const narrow = { context: { viewport: { width: 300, height: 700 } } };

describe("the Studio, in a page of its own", function () {
  this.timeout(60_000);
  let server: WebviewServer;
  before(async () => {
    server = await startWebviews(studioMedia());
  });
  after(() => server.close());

  let opened: { host: StudioHost; page: Page }[] = [];
  afterEach(async () => {
    for (const { host, page } of opened) {
      assert.deepEqual(await page.evaluate("window.easelViolations"), []);
      host.panel.dispose();
    }
    opened = [];
  });

  async function open(shown: Shown = { items }, options: OpenOptions = {}) {
    const host = await StudioHost.start(shown);
    const page = await server.open(host.panel, options);
    opened.push({ host, page });
    await page.locator("main").waitFor();
    return { host, page };
  }

  const active = (page: Page) =>
    page.evaluate("document.activeElement.id || document.activeElement.className") as Promise<string>;
  const chosen = (page: Page) =>
    page.locator(".tile[aria-selected=true]").evaluateAll((all) => all.map(({ id }) => id));
  const state = (page: Page) => page.evaluate("window.easelState()") as Promise<StudioState | undefined>;

  describe("Compose", () => {
    it("tells the host what is written, and sends it once with Ctrl+Enter", async () => {
      const { host, page } = await open();
      await page.getByLabel("Prompt", { exact: true }).fill("A fox in the snow");
      await page.keyboard.press("Control+Enter");
      await page.keyboard.press("Control+Enter");
      await page.locator(".said", { hasText: "Sent to 1 model." }).waitFor();
      const said = host.heard.filter(({ method }) => method === "setPrompt" || method === "generate");
      assert.deepEqual(
        said.map(({ method, params }) => (method === "setPrompt" ? params : method)),
        [{ text: "A fox in the snow" }, "generate"],
        "the words are there before they are sent, and go out once",
      );
    });

    it("takes the same words for another model at once for what they are: no double press", async () => {
      const { host, page } = await open();
      const prompt = page.getByLabel("Prompt", { exact: true });
      await prompt.fill("A fox in the snow");
      await page.keyboard.press("Control+Enter");
      await page.locator(".said", { hasText: "Sent to 1 model." }).waitFor();
      const { chosen, offers } = fixtures.compose();
      const other = offers.find(({ id }) => !chosen.includes(id));
      assert.ok(other);
      host.notify("compose", fixtures.compose({ chosen: [other.id] }));
      await page.locator(".chosen", { hasText: other.model }).waitFor();
      await prompt.press("Control+Enter");
      await host.hears("generate", 2);
    });

    it("leaves what is being typed alone while the host goes on, and takes what came from elsewhere", async () => {
      const { host, page } = await open();
      const prompt = page.getByLabel("Prompt", { exact: true });
      await prompt.fill("Written here");
      await host.hears("setPrompt");
      host.notify(
        "compose",
        fixtures.compose({ prompt: { text: "Written", own: true, rule: "required" }, cost: "about ¥9" }),
      );
      await page.locator(".send-cost", { hasText: "¥9" }).waitFor();
      assert.equal(await prompt.inputValue(), "Written here");
      host.notify(
        "compose",
        fixtures.compose({ prompt: { text: "From the history", own: false, rule: "required" } }),
      );
      await until(page, "document.querySelector('#prompt').value === 'From the history'");
    });

    it("keeps what was written while the host has not got it, whatever it says of the draft meanwhile", async () => {
      const { host, page } = await open();
      const prompt = page.getByLabel("Prompt", { exact: true });
      let answer = () => {};
      host.answers.setPrompt = () =>
        new Promise((resolve) => {
          answer = () => resolve({});
        });
      await prompt.fill("Written just now");
      await host.hears("setPrompt");
      const older = { text: "From the history", own: false, rule: "required" } as const;
      host.notify("compose", fixtures.compose({ prompt: older, cost: "about ¥9" }));
      await page.locator(".send-cost", { hasText: "¥9" }).waitFor();
      assert.equal(await prompt.inputValue(), "Written just now");
      answer();
      // The answer goes out before what is said next.
      await new Promise(setImmediate);
      host.notify("compose", fixtures.compose({ prompt: { ...older, text: "And then another" } }));
      await until(page, "document.querySelector('#prompt').value === 'And then another'");
    });

    it("does not send what stands in something's way, and says why", async () => {
      const { host, page } = await open({ compose: fixtures.busyCompose });
      await page.getByLabel("Prompt", { exact: true }).press("Control+Enter");
      await page.locator(".generate").click({ force: true });
      await page.getByText("Seedream · Seedream 5.0: Strength: at most 1.").waitFor();
      assert.equal(
        await page.locator("#send-problems", { hasText: "Describe what to make first." }).count(),
        1,
      );
      assert.equal(await page.getByLabel("Prompt", { exact: true }).getAttribute("aria-invalid"), "true");
      assert.deepEqual(
        host.heard.filter(({ method }) => method === "generate"),
        [],
      );
    });

    it("leaves Ctrl+Enter to an input method that is composing", async () => {
      const { host, page } = await open();
      await page.evaluate(
        `document.querySelector("#prompt").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, isComposing: true, bubbles: true }))`,
      );
      await page.getByRole("button", { name: "Start Anew" }).click();
      await host.hears("clear");
      assert.deepEqual(
        host.heard.filter(({ method }) => method === "generate"),
        [],
      );
    });

    it("makes a form of the options: every control names its option, and sets it", async () => {
      const { host, page } = await open();
      const offer = "seedream/5";
      // Clicked, not checked: this host never says what became of it, and the next drawing goes back to what it knows.
      await page.getByRole("radio", { name: "9:16 · 1600 × 2848 px" }).click();
      await page.getByRole("spinbutton", { name: "Width" }).fill("2000");
      await page.getByRole("spinbutton", { name: "Width" }).press("Tab");
      await page.getByRole("spinbutton", { name: "How Many" }).fill("4");
      await page.getByRole("spinbutton", { name: "How Many" }).press("Enter");
      await page.getByRole("radio", { name: "WebP" }).click();
      await page.getByText("More Options").click();
      await page.getByRole("checkbox", { name: "Watermark" }).click();
      await page.getByRole("combobox", { name: "Style" }).selectOption("waves");
      await page.getByRole("button", { name: /^Reset Size/ }).click();
      assert.deepEqual(await host.hears("setOption", 7), [
        { offer, key: "size", value: "1600x2848" },
        { offer, key: "size", value: "2000x1600" },
        { offer, key: "count", value: 4 },
        { offer, key: "format", value: "webp" },
        { offer, key: "watermark", value: true },
        { offer, key: "voice", value: "waves" },
        { offer, key: "size" },
      ]);
    });

    it("leaves a number that is being typed alone, and shows what became of it afterwards", async () => {
      const { host, page } = await open();
      const count = page.getByRole("spinbutton", { name: "How Many" });
      await count.fill("99");
      host.notify("compose", fixtures.compose({ cost: "about ¥9" }));
      await page.locator(".send-cost", { hasText: "¥9" }).waitFor();
      assert.equal(await count.inputValue(), "99");
      await count.press("Tab");
      await host.hears("setOption");
      await until(
        page,
        "document.querySelector('.option-field[data-option=count] input[type=number]').value === '2'",
      );
    });

    it("locks a seed to a number of its own, and lets go of it", async () => {
      const { host, page } = await open();
      const lock = page.getByRole("button", { name: "Lock the seed" });
      assert.equal(await lock.getAttribute("aria-pressed"), "false");
      await lock.click();
      const [{ value }] = (await host.hears("setOption")) as [{ value: number }];
      assert.ok(Number.isInteger(value) && value >= 0 && value <= 2_147_483_647);
      const [form] = fixtures.compose().forms;
      assert.ok(form);
      const locked = form.options.map((each) =>
        each.key === "seed" ? { ...each, value, changed: true } : each,
      );
      host.notify("compose", fixtures.compose({ forms: [{ ...form, options: locked }] }));
      await page.locator(".lock[aria-pressed=true]").click();
      assert.deepEqual((await host.hears("setOption", 2))[1], { offer: "seedream/5", key: "seed" });
    });

    it("chooses one model, or several for one prompt, never none", async () => {
      const { host, page } = await open();
      await page.locator(".chooser > summary").click();
      await page.getByRole("checkbox", { name: "Seedream 5.0, Seedream" }).click();
      await page.getByRole("checkbox", { name: "Kling Image O1, Kling" }).click();
      await page.getByRole("button", { name: /^Placeholder Placeholder/ }).click();
      assert.deepEqual(await host.hears("setOffers", 2), [
        { offers: ["seedream/5", "kling/image"] },
        { offers: ["placeholder/placeholder"] },
      ]);
      assert.equal(await page.locator(".chooser").getAttribute("open"), null, "it closes behind the choice");
      assert.equal(await page.evaluate("document.activeElement.localName"), "summary");
    });

    it("shows what an improved prompt adds and takes away, and uses it", async () => {
      const { host, page } = await open(situations.improving);
      assert.deepEqual(await page.locator(".difference ins").allTextContents(), [
        "quiet ",
        "wooden ",
        " at their moorings",
        "golden light",
      ]);
      assert.deepEqual(await page.locator(".difference del").allTextContents(), ["light"]);
      await page.getByRole("button", { name: "Use It" }).click();
      assert.deepEqual(await host.hears("improveUse"), [
        { text: "A quiet harbour at dawn, wooden fishing boats at their moorings, soft golden light" },
      ]);
      assert.equal(await active(page), "prompt");
      const improved = "A quiet harbour at dawn, wooden fishing boats at their moorings, soft golden light";
      assert.equal(await page.locator("#prompt").inputValue(), improved);
      await page.keyboard.press("ControlOrMeta+Z");
      assert.equal(await page.locator("#prompt").inputValue(), fixtures.compose().prompt.text);
    });

    it("brings an earlier prompt back, and closes its list with Escape", async () => {
      const { host, page } = await open();
      const summary = page.getByText("History");
      await summary.click();
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".drop-down").getAttribute("open"), null);
      await summary.click();
      await page.getByRole("button", { name: /雨后的竹林小径/ }).click();
      assert.deepEqual(await host.hears("restore"), [{ id: "h2" }]);
    });
  });

  describe("what goes in", () => {
    /** Drops data where a selector says, as a drag from elsewhere would. */
    const drop = (
      page: Page,
      selector: string,
      data: Record<string, string>,
      file?: { name: string; text: string },
    ) =>
      page.evaluate(`(() => {
        const target = document.querySelector(${JSON.stringify(selector)});
        const dataTransfer = new DataTransfer();
        for (const [type, value] of Object.entries(${JSON.stringify(data)})) dataTransfer.setData(type, value);
        const file = ${JSON.stringify(file ?? null)};
        if (file) dataTransfer.items.add(new File([file.text], file.name, { type: "image/png" }));
        const over = new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true });
        target.dispatchEvent(over);
        target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        return over.defaultPrevented;
      })()`);
    const withSlots = { items: items.filter(({ kind }) => kind === "image"), compose: fixtures.busyCompose };

    it("takes files of the Explorer by their addresses, into the slot they fall on", async () => {
      const { host, page } = await open(withSlots);
      assert.ok(
        await drop(page, "[data-role=mask]", { "text/uri-list": "file:///site/a.png\r\nfile:///site/b.png" }),
      );
      await drop(page, ".compose", { "application/vnd.code.uri-list": "file:///site/c.png" });
      await drop(page, "[data-role=reference]", { ResourceURLs: '["file:///site/d.png"]' }).catch(() => {});
      assert.deepEqual((await host.hears("addFiles", 2)).slice(0, 2), [
        { uris: ["file:///site/a.png", "file:///site/b.png"], role: "mask" },
        { uris: ["file:///site/c.png"] },
      ]);
    });

    it("hands the bytes of a file from outside over, once and whole", async () => {
      const { host, page } = await open(withSlots);
      await drop(page, "[data-role=reference]", {}, { name: "sketch.png", text: "\u0001bytes" });
      const [{ purpose, bytes }] = (await host.hears("upload")) as [Requests["upload"]["params"]];
      assert.deepEqual(purpose, { kind: "input", name: "sketch.png", role: "reference" });
      assert.equal(Buffer.from(bytes).toString(), "\u0001bytes");
    });

    it("refuses what is larger than an upload may be with words, and sends nothing", async () => {
      const { host, page } = await open(withSlots);
      await page.evaluate(`(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(33 * 1024 * 1024)], "huge.png", { type: "image/png" }));
        document.querySelector(".compose").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      })()`);
      await page.getByRole("alert").filter({ hasText: "huge.png is larger than 32 MB" }).waitFor();
      assert.deepEqual(
        host.heard.filter(({ method }) => method === "upload"),
        [],
      );
    });

    it("takes an item of the gallery, and moves what is there already to another place", async () => {
      const { host, page } = await open(withSlots, { context: { viewport: { width: 1100, height: 1300 } } });
      await page.locator("#tile-3").dragTo(page.locator("[data-role=mask]"));
      const [act] = (await host.hears("act")) as [Requests["act"]["params"]];
      assert.deepEqual([act.items, act.action], [["item-3"], { kind: "useAsReference", role: "mask" }]);
      await page.locator("[data-input=input-2]").dragTo(page.locator("[data-input=input-0]"));
      assert.deepEqual(await host.hears("moveInput"), [{ input: "input-2", role: "reference", index: 0 }]);
    });

    it("takes a pasted picture, and leaves pasted text to the text field", async () => {
      const { host, page } = await open(withSlots);
      const paste = (text: string | undefined) =>
        page.evaluate(`(() => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File(["picture"], "image.png", { type: "image/png" }));
          if (${text !== undefined}) clipboardData.setData("text/plain", "words");
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.querySelector("#prompt").dispatchEvent(event);
          return event.defaultPrevented;
        })()`);
      assert.equal(await paste("words"), false);
      assert.equal(await paste(undefined), true);
      const [{ purpose }] = (await host.hears("upload")) as [Requests["upload"]["params"]];
      assert.deepEqual(purpose, { kind: "input", name: "image.png" });
    });

    it("changes order and place by keyboard", async () => {
      const { host, page } = await open(withSlots);
      await page.getByRole("button", { name: "Move down: harbour-sketch.png" }).press("Enter");
      await page.getByRole("button", { name: "Move up: palette.jpg" }).press("Enter");
      await page.getByRole("button", { name: "Use as “Source”" }).press("Enter");
      await page.getByRole("button", { name: "Remove palette.jpg" }).press("Enter");
      await page.getByRole("button", { name: "Add… Reference pictures" }).press("Enter");
      assert.deepEqual(await host.hears("moveInput", 3), [
        { input: "input-0", role: "reference", index: 2 },
        { input: "input-1", role: "reference", index: 0 },
        { input: "input-0", role: "source", index: 0 },
      ]);
      assert.deepEqual(await host.hears("removeInput"), [{ input: "input-1" }]);
      assert.deepEqual(await host.hears("browse"), [{ role: "reference" }]);
    });
  });

  describe("the gallery", () => {
    const many = Array.from({ length: 25_000 }, (_, index) => fixtures.item(index));

    it("holds 25,000 items with at most 150 pictures in the page, wherever it is scrolled to", async () => {
      const { host, page } = await open(
        { items: many },
        { context: { viewport: { width: 2560, height: 1440 } } },
      );
      await page.locator(".tile img").first().waitFor();
      const places = [0, 3_000, 120_000, 1e9, 40];
      for (const top of places) {
        await page.evaluate(`document.querySelector(".grid-port").scrollTop = ${top}`);
        await until(
          page,
          `(() => {
          const port = document.querySelector(".grid-port").getBoundingClientRect();
          const seen = [...document.querySelectorAll(".tile:not([hidden])")].filter((tile) => {
            const { top, bottom } = tile.getBoundingClientRect();
            return bottom > port.top && top < port.bottom;
          });
          return seen.length > 20 && document.images.length > 20 && seen.every((tile) => tile.dataset.id !== "");
        })()`,
        );
        const pictures = (await page.evaluate("document.images.length")) as number;
        assert.ok(pictures > 20 && pictures <= 150, `${pictures} at ${top}`);
      }
      const asked = host.heard.filter(({ method }) => method === "gallery").length;
      assert.ok(asked < 20, `${asked} pages`);
    });

    it("has every picture once scrolling has come to rest, however it got there", async () => {
      const pictures = Array.from({ length: 4_000 }, (_, index) => fixtures.item(index * 187));
      const { page } = await open({ items: pictures.filter(({ kind }) => kind === "image") });
      await page.locator(".tile img").first().waitFor();
      await page.evaluate(`(async () => {
        const port = document.querySelector(".grid-port");
        for (const speed of [...Array(20).fill(900), ...Array(30).fill(200), ...Array(40).fill(20)]) {
          port.scrollTop += speed;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      })()`);
      await until(
        page,
        `[...document.querySelectorAll(".tile:not([hidden])")].every((tile) => tile.dataset.id && tile.querySelector("img.there"))`,
      );
      const wrong = await page.evaluate(`(() => {
        const columns = Number(getComputedStyle(document.querySelector(".grid-canvas")).getPropertyValue("--columns"));
        const first = [...document.querySelectorAll(".tile-row")].map((row) => [
          Number(row.firstElementChild.getAttribute("aria-posinset")) - 1,
          Math.round((new DOMMatrix(row.style.transform).f - 8) / (row.firstElementChild.offsetHeight + 8)) * columns,
        ]);
        return first.filter(([is, should]) => is !== should);
      })()`);
      assert.deepEqual(wrong, []);
    });

    it("moves through all of it by keyboard, with one way in and one focus that stays", async () => {
      const { page } = await open({ items: many });
      await page.locator("#tile-0").focus();
      assert.equal(await page.locator(".tile[tabindex='0']").count(), 1);
      await page.keyboard.press("End");
      await page.locator("#tile-24999:focus").waitFor();
      assert.equal(await page.locator("#tile-24999").getAttribute("aria-posinset"), "25000");
      await page.keyboard.press("Home");
      await page.locator("#tile-0:focus").waitFor();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
      const columns = Number(
        await page.evaluate(
          "getComputedStyle(document.querySelector('.grid-canvas')).getPropertyValue('--columns')",
        ),
      );
      await page.locator(`#tile-${1 + columns}:focus`).waitFor();
      await page.evaluate(`document.querySelector(".grid-port").scrollTop = 50000`);
      await until(page, "document.querySelector('#tile-2') === null");
      assert.equal(
        await active(page),
        `tile-${1 + columns}`,
        "the focus stays where it is while the mouse scrolls away",
      );
    });

    it("says of every tile what it is, its state and its length", async () => {
      const { page } = await open({ items });
      const words = "منارة عند الغروب · Image to video, Kling, waiting, 5 min ago · 0:02";
      await page.getByRole("option", { name: words, exact: true }).waitFor();
    });

    it("chooses one, several, a range over what was never seen, and all", async () => {
      const { host, page } = await open({ items: many });
      await page.locator("#tile-1").click();
      assert.deepEqual(await chosen(page), ["tile-1"]);
      await page.locator("#tile-3").click({ modifiers: ["ControlOrMeta"] });
      assert.deepEqual(await chosen(page), ["tile-1", "tile-3"]);
      await page.keyboard.press("Shift+End");
      await page.getByText("24,997 selected").waitFor();
      await page.keyboard.press("Control+a");
      await page.getByText("25,000 selected").waitFor();
      assert.ok(host.heard.some(({ method }) => method === "galleryIds"));
      await page.locator(".tile:focus").press("Escape");
      assert.deepEqual(await chosen(page), []);
    });

    it("discards with Delete, and takes it back from what is said then", async () => {
      const { host, page } = await open();
      await page.locator("#tile-0").click();
      await page.keyboard.press("Delete");
      await page.locator(".said", { hasText: "Discarded: 1." }).waitFor();
      await page.locator(".tile[data-id=item-1]#tile-0").waitFor();
      await page.locator(".said").getByRole("button", { name: "Undo" }).click();
      const acts = (await host.hears("act", 2)) as Requests["act"]["params"][];
      assert.deepEqual(
        acts.map(({ items: ids, action }) => [ids, action.kind]),
        [
          [["item-0"], "discard"],
          [["item-0"], "undoDiscard"],
        ],
      );
    });

    it("searches, filters and sorts, and says how many there are", async () => {
      const { host, page } = await open();
      await page.keyboard.press("/");
      await page.keyboard.type("fox");
      await page.locator(".total", { hasText: "8 items" }).waitFor();
      await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("checkbox", { name: "Saved" }).check();
      await page.getByRole("combobox", { name: "Sort" }).selectOption("oldest");
      await page.getByLabel("From").fill("2026-11-01");
      await page.getByLabel("From").press("Tab");
      await until(page, "document.querySelector('.total').textContent.includes('items')");
      const queries = (await host.hears("gallery", 5)) as Requests["gallery"]["params"][];
      const { query } = queries.at(-1) ?? {};
      assert.equal(query?.text, "fox");
      assert.deepEqual([query?.where, query?.sort], [{ state: ["saved"] }, "oldest"]);
      assert.equal(query?.from, new Date("2026-11-01T00:00").getTime());
      await page.getByRole("checkbox", { name: "Discarded" }).check();
      await page.getByRole("checkbox", { name: "Saved" }).uncheck();
      await page.getByText("Nothing fits the filters.").waitFor();
      await page.getByRole("button", { name: "Clear Filters" }).click();
      await page.locator(".total", { hasText: "60 items" }).waitFor();
    });

    it("makes a thumbnail of what has none, small, once for one content, and shows what the host keeps", async () => {
      const bare = [0, 1, 2].map((index) => {
        const { thumb: _, ...rest } = fixtures.item(index);
        return {
          ...rest,
          hash: (index === 2 ? 1 : index).toString(16).padStart(64, "0"),
          src: "/media/0.jpg",
        };
      });
      const clip = fixtures.item(5, { hash: "5".padStart(64, "0") });
      const { host, page } = await open({ items: [...bare, clip] });
      const uploads = (await host.hears("upload", 3)) as Requests["upload"]["params"][];
      await page.locator(".tile img.there").nth(3).waitFor();
      const made = uploads.map(({ purpose }) => (purpose.kind === "thumbnail" ? purpose.hash.slice(-1) : ""));
      assert.deepEqual(made.sort(), ["0", "1", "5"]);
      for (const { bytes } of uploads) {
        assert.equal(Buffer.from(bytes).subarray(8, 12).toString("latin1"), "WEBP");
        assert.ok(bytes.byteLength < 60_000);
      }
      host.changeItems([...host.items]);
      await host.hears("gallery", 2);
      await page.locator(".tile img.there").nth(3).waitFor();
      assert.equal((await host.hears("upload", 3)).length, 3);
    });

    it("says so when the host cannot tell, and asks again", async () => {
      const host = await StudioHost.start({ items });
      const usual = host.answers.gallery;
      let broken = true;
      host.answers.gallery = (params) => {
        if (broken) throw new Error("The list could not be read.");
        return usual(params);
      };
      const page = await server.open(host.panel);
      opened.push({ host, page });
      await page.getByRole("alert").filter({ hasText: "The list could not be read." }).waitFor();
      broken = false;
      await page.getByRole("button", { name: "Try Again" }).click();
      await page.locator("#tile-0").waitFor();
    });
  });

  describe("the large view", () => {
    it("opens with Enter, goes on with the arrows, and comes back with Escape to the same tile", async () => {
      const { page } = await open();
      await page.locator("#tile-2").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Fox in the snow" }).waitFor();
      await page.keyboard.press("ArrowRight");
      await page.getByRole("heading", { name: "雨后的竹林小径" }).waitFor();
      assert.equal((await state(page))?.item, "item-3");
      await page.keyboard.press("Escape");
      await page.locator("#tile-3:focus").waitFor();
      assert.equal((await state(page))?.item, undefined);
    });

    it("decides on what waits with the sheet's own form, over the one wire", async () => {
      const { host, page } = await open(situations.waiting);
      await situations.waiting?.act?.(page);
      assert.deepEqual(await host.hears("reviewOpen"), [{ jobId: "job-1", assetId: "asset-0" }]);
      await page.getByLabel("File name").fill("quay");
      await page.locator(".preview code", { hasText: "quay.jpg" }).waitFor();
      await page.locator(".button.insert").click();
      const [act] = (await host.hears("reviewAct")) as [Requests["reviewAct"]["params"]];
      assert.equal(act.jobId, "job-1");
      assert.ok(act.action.kind === "insert" && act.action.draft.fileName === "quay");
      await page.keyboard.press("Escape");
      await host.hears("reviewClose");
    });

    it("never inserts for a Ctrl+Enter in the prompt, and never generates for one in the form", async () => {
      const { host, page } = await open(situations.waiting);
      await situations.waiting?.act?.(page);
      await page.getByLabel("Prompt", { exact: true }).press("Control+Enter");
      await host.hears("generate");
      await page.getByLabel("File name").press("Control+Enter");
      await host.hears("reviewAct");
      const paid = host.heard.filter(({ method }) => method === "generate" || method === "reviewAct");
      assert.deepEqual(
        paid.map(({ method }) => method),
        ["generate", "reviewAct"],
      );
    });

    it("inserts a link to what has landed, as it was shown", async () => {
      const { host, page } = await open(situations.placed);
      await situations.placed?.act?.(page);
      await page.locator(".link-form code", { hasText: "![A harbour at dawn]" }).waitFor();
      await page.getByLabel("Alt text").fill("A fox");
      await page.locator(".link-form code", { hasText: "![A fox](images/harbour.jpg)" }).waitFor();
      await page.locator(".link-form .primary").click();
      const [act] = (await host.hears("act")) as [Requests["act"]["params"]];
      assert.deepEqual(act.action, { kind: "insertLink", alt: "A fox", revision: "harbour A fox" });
    });

    it("does an item's actions by button and by the key shown", async () => {
      const { host, page } = await open(situations.placed);
      await situations.placed?.act?.(page);
      await page.getByRole("button", { name: "Same Seed" }).click();
      await page.locator(".stage-port").press("e");
      await host.hears("act", 2);
      const acts = (await host.hears("act", 2)) as Requests["act"]["params"][];
      assert.deepEqual(
        acts.map(({ action }) => action.kind),
        ["sameSeed", "editAgain"],
      );
    });

    it("compares two: side by side they zoom as one, and the divider uncovers one of them", async () => {
      const { page } = await open(situations.compare);
      await situations.compare?.act?.(page);
      await page.getByRole("button", { name: "Real size" }).first().click();
      const scales = page.locator(".scale");
      await scales.nth(1).filter({ hasText: "100%" }).waitFor();
      const scrolled = (await page.evaluate(`(async () => {
        const [one, other] = document.querySelectorAll(".stage-port");
        one.scrollTo(one.scrollWidth, 0);
        await new Promise((resolve) => other.addEventListener("scroll", resolve, { once: true }));
        return [one.scrollLeft, other.scrollLeft];
      })()`)) as [number, number];
      assert.ok(scrolled[0] > 0 && Math.abs(scrolled[0] - scrolled[1]) <= 2, String(scrolled));
      await page.getByRole("button", { name: "Slider" }).click();
      const slider = page.getByRole("slider", { name: "Position of the divider" });
      await slider.focus();
      await page.keyboard.press("End");
      const clip = () =>
        page
          .locator(".stage-canvas img")
          .nth(1)
          .evaluate((each) => (each as unknown as { style: { clipPath: string } }).style.clipPath);
      await until(page, "document.querySelectorAll('.stage-canvas img')[1].style.clipPath.includes('100%')");
      assert.match(await clip(), /inset\(0(px)? 0(px)? 0(px)? 100%\)/);
    });

    it("goes through a video frame by frame, and uses the very frame that is seen", async () => {
      const { host, page } = await open(situations.video);
      await situations.video?.act?.(page);
      const scrub = page.getByRole("slider", { name: "Position in the video" });
      await until(page, "document.querySelector('easel-video .scrub').max === '2'");
      await scrub.focus();
      for (let step = 0; step < 3; step += 1) await page.keyboard.press(".");
      await until(page, "Math.abs(document.querySelector('video').currentTime - 0.12) < 0.001");
      await page.getByRole("button", { name: "As last frame" }).click();
      const uploads = (await host.hears("upload")) as Requests["upload"]["params"][];
      const frame = uploads.find(({ purpose }) => purpose.kind === "frame");
      assert.ok(frame?.purpose.kind === "frame");
      assert.deepEqual([frame.purpose.item, frame.purpose.use], ["item-5", "lastFrame"]);
      assert.ok(Math.abs(frame.purpose.seconds - 0.12) < 0.001);
      const png = Buffer.from(frame.bytes);
      assert.deepEqual(
        [png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)],
        ["PNG", 640, 360],
      );
    });

    it("draws the waveform of a sound", async () => {
      const { page } = await open(situations.sound);
      await situations.sound?.act?.(page);
      await until(
        page,
        `(() => {
        const canvas = document.querySelector(".wave canvas");
        if (!canvas.width) return false;
        const { data } = canvas.getContext("2d").getImageData(0, Math.round(canvas.height * 0.35), canvas.width, 1);
        return data.some((value, index) => index % 4 === 3 && value > 0);
      })()`,
      );
    });
  });

  describe("as a whole", () => {
    it("shows jobs with their pictures as they come, cancels one, and takes a step of a failure", async () => {
      const { host, page } = await open({ items, running: fixtures.running });
      assert.equal(await page.locator("[data-job=job-1] img").count(), 2);
      assert.equal(await page.locator("[data-job=job-1] .coming").count(), 2);
      await page.locator("[data-job=job-1] .job-cancel").click();
      await page.getByRole("button", { name: "Edit and Try Again" }).click();
      const acts = (await host.hears("reviewAct", 2)) as Requests["reviewAct"]["params"][];
      assert.deepEqual(
        acts.map(({ jobId, action }) => [jobId, action]),
        [
          ["job-1", { kind: "cancel" }],
          ["job-3", { kind: "step", step: "edit" }],
        ],
      );
      await page.getByRole("button", { name: "Compare" }).click();
      await until(page, "document.querySelector('.total').textContent !== ''");
      const queries = (await host.hears("gallery", 2)) as Requests["gallery"]["params"][];
      assert.equal(queries.at(-1)?.query.batch, "batch-1");
    });

    it("compares what several models made, from what is said when all of it has come, and from one of them", async () => {
      const made = items.map((each, index) =>
        index === 1 || index === 3 ? { ...each, batch: "batch-7" } : each,
      );
      const { host, page } = await open({ items: made });
      await page.locator("#tile-0").waitFor();
      host.notify("notice", { severity: "info", text: "A result of Seedream has come.", batch: "batch-7" });
      await page.locator(".said").getByRole("button", { name: "Compare" }).click();
      const compared = page.locator("easel-compare figcaption bdi");
      await compared.nth(1).waitFor();
      assert.deepEqual(await compared.allTextContents(), [made[3]?.label, made[1]?.label]);
      await page.keyboard.press("Escape");
      await page.locator(".total", { hasText: "2 items" }).waitFor();
      await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("button", { name: "Clear Filters" }).click();
      await page.locator("#tile-0").click();
      assert.equal(await page.locator(".selection").getByRole("button", { name: "Compare" }).count(), 0);
      await page.locator("#tile-3").click();
      await page.locator(".selection").getByRole("button", { name: "Compare" }).click();
      await compared.nth(1).waitFor();
    });

    it("begins with Setup where nothing has a key, with Placeholder ready", async () => {
      const { host, page } = await open({ setup: fixtures.setup(true) });
      await page.getByRole("heading", { name: "Try it right away" }).waitFor();
      await page.getByRole("button", { name: "Enter Key…: Seedream" }).click();
      await page.getByRole("button", { name: "Try with Placeholder" }).click();
      assert.deepEqual(await host.hears("setKey"), [{ vendor: "seedream" }]);
      await host.hears("tryPlaceholder");
      assert.equal(await active(page), "prompt");
    });

    it("comes back after a reload to the same place, and keeps none of the user's words", async () => {
      const kept: StudioState = {
        section: "gallery",
        sort: "oldest",
        where: { state: ["placed"] },
        from: new Date("2020-01-01T00:00").getTime(),
        offset: 12,
      };
      const many = Array.from({ length: 3_000 }, (_, index) => fixtures.item(index));
      const { host, page } = await open({ items: many }, { state: kept });
      await page.locator(".tile img").first().waitFor();
      const [{ query }] = (await host.hears("gallery")) as [Requests["gallery"]["params"]];
      assert.deepEqual(query, { sort: "oldest", where: { state: ["placed"] }, from: kept.from });
      assert.ok(((await page.evaluate("document.querySelector('.grid-port').scrollTop")) as number) > 0);
      await page.getByLabel("Prompt", { exact: true }).fill("secret words");
      await page.getByRole("searchbox").fill("secret search");
      await host.hears("gallery", 2);
      await page.getByText("Nothing fits the filters.").waitFor();
      const text = JSON.stringify(await state(page));
      assert.ok(!text.includes("secret"), text);
      assert.deepEqual((await state(page))?.where, { state: ["placed"] });
    });

    it("goes on with the search it had when it was hidden, which the host alone remembers", async () => {
      const { host, page } = await open({ items, search: "fox" });
      await page.locator(".total", { hasText: "8 items" }).waitFor();
      assert.equal(await page.getByRole("searchbox").inputValue(), "fox");
      await page.getByRole("searchbox").fill("harbour");
      assert.deepEqual(await host.hears("keepSearch"), [{ text: "harbour" }]);
      assert.doesNotMatch(JSON.stringify(await state(page)), /fox|harbour/);
    });

    it("is walked through with Tab alone: everything is reached once, and nothing holds the focus", async () => {
      const { page } = await open({ items: items.slice(0, 4), compose: fixtures.busyCompose });
      await page.locator("#tile-0").waitFor();
      const seen: string[] = [];
      for (let step = 0; step < 120; step += 1) {
        await page.keyboard.press("Tab");
        const at = (await page.evaluate(`(() => {
          const all = [...document.querySelectorAll("*")];
          const focused = document.activeElement;
          return focused === document.body ? "" : all.indexOf(focused) + " " + (focused.id || focused.ariaLabel || focused.className);
        })()`)) as string;
        if (at === "" || seen.includes(at)) break;
        seen.push(at);
      }
      assert.ok(seen.length > 30 && seen.length < 110, String(seen.length));
      for (const place of ["operation", "prompt", "tile-0", "tab-gallery", "Sort"]) {
        assert.ok(
          seen.some((each) => each.includes(place)),
          `${place} in ${seen.join("; ")}`,
        );
      }
      assert.equal(seen.filter((each) => each.includes("tile-")).length, 1);
    });

    it("calls keys as a Mac's keyboard does", () =>
      onMac(async () => {
        const { page } = await open();
        await page.locator(".generate kbd", { hasText: "⌘Enter" }).waitFor();
        await page.locator("kbd", { hasText: "⌘A" }).waitFor();
        assert.equal(await page.getByText("Ctrl").count(), 0);
      }));

    it("shows where the focus is, in every theme", async () => {
      const { page } = await open();
      for (const place of ["#prompt", "#tab-gallery", ".generate", ".search input"]) {
        await page.locator(place).focus();
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Tab");
        const outline = await page.evaluate(
          `getComputedStyle(document.querySelector("${place}")).outlineStyle`,
        );
        assert.equal(outline, "solid", place);
      }
    });

    it("has tabs where there is no room for two, and goes between them by keyboard", async () => {
      const { page } = await open({ items }, narrow);
      await page.locator("#tab-compose").focus();
      await page.keyboard.press("ArrowRight");
      await page.locator("#tab-gallery[aria-selected=true]:focus").waitFor();
      await page.locator("#tile-0").waitFor();
      assert.equal(await page.locator("#prompt").count(), 0);
      await page.keyboard.press("ArrowLeft");
      await page.locator("#prompt").waitFor();
    });

    it("fits from right to left", async () => {
      const { page } = await open(situations.busy);
      await page.evaluate("document.documentElement.dir = 'rtl'");
      await page.locator("#tile-1").waitFor();
      assert.equal(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), true);
      await page.locator("#tile-0").focus();
      await page.keyboard.press("ArrowLeft");
      await page.locator("#tile-1:focus").waitFor();
    });

    it("reaches no network, and loads from its own folder only", async () => {
      const { host, page } = await open();
      assert.match(host.panel.webview.html, /default-src 'none'/);
      assert.doesNotMatch(host.panel.webview.html, /unsafe|style=|<style|onload/);
      assert.deepEqual(/connect-src ([^;"]*)/.exec(host.panel.webview.html)?.[1]?.split(" "), ["'self'"]);
      assert.equal(
        await page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'came', () => 'refused')"),
        "refused",
      );
      const told = (await page.evaluate("window.easelViolations")) as string[];
      assert.ok(
        told.some((each) => each.startsWith("connect-src http://127.0.0.1:9")),
        String(told),
      );
      await page.evaluate("window.easelViolations.length = 0");
    });
  });

  for (const [name, { act, ...shown }] of Object.entries(situations)) {
    it(`has nothing an accessibility checker finds, in every theme, and fits 300 pixels: ${name}`, async () => {
      const findings = async (options: OpenOptions, themes?: readonly ThemeName[]) => {
        const { page } = await open(shown, options);
        await act?.(page);
        const found = await accessibilityFindings(page, themes);
        const [width, height, room, high] = (await page.evaluate(
          "[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight, innerWidth, innerHeight]",
        )) as [number, number, number, number];
        assert.ok(width <= room && height <= high, "no part of the page is outside");
        return found;
      };
      const found = await Promise.all([
        findings({ context: { reducedMotion: "reduce" } }),
        findings({ ...narrow, theme: "light" }, ["light"]),
      ]);
      assert.deepEqual(found.flat(), []);
    });
  }
});
