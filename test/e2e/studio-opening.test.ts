import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import type { GalleryPage, GalleryQuery } from "../../src/studio/studioViews.ts";
import * as fixtures from "./support/studioFixtures.ts";
import { StudioHost } from "./support/studioHost.ts";
import { studioMedia } from "./support/studioSituations.ts";
import { startWebviews, until, type WebviewServer } from "./support/webviewPage.ts";

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
  beforeEach(async () => {
    host = await StudioHost.start({ items });
  });
  afterEach(async () => {
    assert.deepEqual(await page.evaluate("window.easelViolations"), []);
    host.panel.dispose();
  });

  /** The page of a Studio whose host answers nothing the gallery asks until it is told to. */
  async function openSilent(): Promise<{ answer(): void }> {
    const { gallery } = host.answers;
    let answer = () => {};
    const told = new Promise<void>((resolve) => {
      answer = resolve;
    });
    host.answers.gallery = async (params) => {
      await told;
      return gallery(params);
    };
    page = await server.open(host.panel);
    await page.locator("main").waitFor();
    return { answer };
  }
  const greet = (query: GalleryQuery, first: Partial<GalleryPage> = {}) =>
    host.notify("firstPage", {
      query,
      page: { revision: 1, total: items.length, offset: 0, items: items.slice(0, 100), ...first },
    });

  it("are there before the host has answered, if it sent them unasked", async () => {
    const { answer } = await openSilent();
    assert.equal(await page.locator(".tile").count(), 0);
    greet({ sort: "newest" });
    await page.locator(".tile img.there").first().waitFor();
    assert.equal(await page.locator(".gallery .total").textContent(), "300 items");
    host.items = items.slice(0, 7);
    answer();
    await page.locator(".gallery .total", { hasText: "7 items" }).waitFor();
  });

  it("are not those of another question, and not taken once there was an answer", async () => {
    const { answer } = await openSilent();
    greet({ sort: "oldest" });
    host.notify("notice", { severity: "info", text: "heard" });
    await page.locator(".said", { hasText: "heard" }).waitFor();
    assert.equal(await page.locator(".tile").count(), 0);
    answer();
    await page.locator(".tile img.there").first().waitFor();
    greet({ sort: "newest" }, { total: 3, items: items.slice(0, 3) });
    host.notify("notice", { severity: "info", text: "heard again" });
    await page.locator(".said", { hasText: "heard again" }).waitFor();
    assert.equal(await page.locator(".gallery .total").textContent(), "300 items");
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
