import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import type { GalleryQuery } from "../../src/studio/studioViews.ts";
import * as fixtures from "./support/studioFixtures.ts";
import { type Shown, StudioHost } from "./support/studioHost.ts";
import { studioMedia } from "./support/studioSituations.ts";
import { type OpenOptions, startWebviews, until, type WebviewServer } from "./support/webviewPage.ts";

const items = Array.from({ length: 300 }, (_, index) =>
  fixtures.item(index, { thumb: `/media/thumb-${index % 40}.jpg?${index}` }),
);

describe("the Studio's first pictures", function () {
  this.timeout(60_000);
  let server: WebviewServer;
  let host: StudioHost;
  let page: Page;
  before(async () => {
    server = await startWebviews(studioMedia());
  });
  after(() => server.close());
  afterEach(async () => {
    assert.deepEqual(await page.evaluate("window.easelViolations"), []);
    host.panel.dispose();
  });

  const firstPage = (query: GalleryQuery = { sort: "newest" }, shown = items) => ({
    query,
    page: { revision: 1, total: shown.length, offset: 0, items: shown.slice(0, 100) },
  });
  const total = (text: string) => page.locator(".gallery .total", { hasText: text }).waitFor();

  /** The page of a Studio whose host says nothing at all until it is told to, but for what stands in the document. */
  async function openSilent(shown: Shown, options?: OpenOptions): Promise<void> {
    host = await StudioHost.start({ items, silent: true, ...shown });
    page = await server.open(host.panel, options);
  }

  it("are there before the host has said anything, and then what it says", async () => {
    await openSilent({ firstPage: firstPage(), items: items.slice(0, 7) });
    await page.locator(".tile img.there").first().waitFor();
    await total("300 items");
    const [preloaded] = (await page.evaluate(
      `[performance.getEntriesByType("resource").filter(({ initiatorType }) => initiatorType === "link").filter(({ name }) => name.includes("thumb-")).length]`,
    )) as number[];
    assert.equal(preloaded, 8);
    host.speak();
    await total("7 items");
  });

  it("are not those of another question", async () => {
    await openSilent({ firstPage: firstPage() }, { state: { sort: "oldest" } });
    await page.locator("main").waitFor();
    assert.equal(await page.locator(".tile").count(), 0);
    host.speak();
    await total("300 items");
  });

  it("are not shown again when the page comes back with its old document, and no text in them ends it", async () => {
    const name = "</script><script>window.easelViolations.push('ran')</script>";
    const shown = [fixtures.item(0, { label: name }), ...items.slice(1)];
    const first = { ...firstPage(undefined, shown) };
    await openSilent({ firstPage: first });
    await page.locator(".tile img.there").first().waitFor();
    assert.deepEqual(await page.evaluate("window.easelViolations"), []);
    const kept = await page.evaluate("window.easelState()");
    host.panel.dispose();
    await openSilent({ firstPage: first, search: "fox" }, { state: kept });
    await host.hears("ready");
    await page.evaluate("new Promise((go) => requestAnimationFrame(go))");
    assert.equal(await page.locator(".tile").count(), 0);
    host.speak();
    await total("items");
    assert.equal(await page.getByRole("searchbox").inputValue(), "fox");
  });

  it("load a few at a time, the first ones first; one that cannot be loaded makes room", async () => {
    const held: Route[] = [];
    let most = 0;
    const context = { viewport: { width: 1600, height: 1000 } };
    const { browser } = server;
    const { newContext } = browser;
    browser.newContext = async (options) => {
      const opened = await newContext.call(browser, options);
      await opened.route(/thumb-/, (route) => {
        held.push(route);
        most = Math.max(most, held.length);
      });
      return opened;
    };
    host = await StudioHost.start({ items });
    page = await server.open(host.panel, { context });
    browser.newContext = newContext;
    const wanted = () => page.evaluate("document.querySelectorAll('.tile img').length") as Promise<number>;
    await page.locator(".tile img").nth(30).waitFor({ state: "attached" });
    const all = await wanted();
    assert.ok(all > 30, `${all} pictures wanted`);
    const first = held.slice(0, 3).map((route) => Number(new URL(route.request().url()).search.slice(1)));
    assert.deepEqual(first, [0, 1, 2]);
    for (let done = 0; done < all; done += 1) {
      while (held.length === 0) await page.evaluate("new Promise((go) => requestAnimationFrame(go))");
      const route = held.shift();
      await (done % 5 === 4 ? route?.abort() : route?.continue());
    }
    await until(page, `document.querySelectorAll(".tile img.there").length >= ${Math.floor(all * 0.8)}`);
    assert.ok(most <= 8, `${most} at once`);
  });
});
