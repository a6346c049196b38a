/**
 * The Studio's gallery with 25,000 items in a real browser: how many picture nodes live, and the frames while it scrolls, against
 * those of an empty scroller of the same size in the same run. How soon the first pictures are there is measured in the real
 * workbench, by `opening.bench.ts`. Run: `node test/bench/studio.bench.ts [items]`.
 */
import type { Page } from "playwright-core";
import * as fixtures from "../e2e/support/studioFixtures.ts";
import { StudioHost } from "../e2e/support/studioHost.ts";
import { studioMedia } from "../e2e/support/studioSituations.ts";
import { startWebviews, until } from "../e2e/support/webviewPage.ts";

const count = Number(process.argv[2] ?? 25_000);
const rounds = 4;
const framesOfRound = 180;
/** CSS pixels a frame: reading along, and throwing the wheel. */
const speeds = { "reading along": 24, "scrolling fast": 240 } as const;

/** Scrolls an element down; gives the time of every frame (ms), and the most picture nodes that were in the page. */
const scroll = (page: Page, selector: string, speed: number) =>
  page.evaluate(`new Promise((resolve) => {
    const port = document.querySelector(${JSON.stringify(selector)});
    const times = [];
    let most = 0;
    let last;
    const step = (now) => {
      if (last !== undefined) times.push(now - last);
      last = now;
      most = Math.max(most, document.images.length);
      if (times.length >= ${framesOfRound}) return resolve({ times, most });
      port.scrollTop += ${speed};
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`) as Promise<{ times: number[]; most: number }>;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const late = (values: readonly number[]) => values.filter((each) => each > 25).length / values.length;

const server = await startWebviews(studioMedia());
const items = Array.from({ length: count }, (_, index) => fixtures.item(index));
const host = await StudioHost.start({ items });
const began = performance.now();
const page = await server.open(host.panel, { context: { viewport: { width: 1600, height: 1000 } } });
await until(page, "document.querySelectorAll('.tile img.there').length > 20");
await page.evaluate(`(() => {
  const port = document.querySelector(".grid-port");
  const { left, top, width, height } = port.getBoundingClientRect();
  const empty = document.createElement("div");
  empty.className = "bench-empty";
  Object.assign(empty.style, { position: "fixed", left: left + "px", top: top + "px", width: width + "px", height: height + "px",
    overflow: "hidden auto", contain: "strict", background: "Canvas", zIndex: 9, display: "none" });
  empty.append(Object.assign(document.createElement("div"), { className: "bench-fill" }));
  empty.firstChild.style.height = port.firstElementChild.style.height;
  document.body.append(empty);
})()`);

console.log(`studio: ${count} items; page opened in ${(performance.now() - began).toFixed(0)} ms`);
const rows: Record<string, Record<string, number>> = {};
let most = 0;
for (const [name, speed] of Object.entries(speeds)) {
  const frames = { empty: [] as number[], gallery: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate("document.querySelector('.bench-empty').style.display = 'block'");
    frames.empty.push(...(await scroll(page, ".bench-empty", speed)).times);
    await page.evaluate("document.querySelector('.bench-empty').style.display = 'none'");
    const gallery = await scroll(page, ".grid-port", speed);
    frames.gallery.push(...gallery.times);
    most = Math.max(most, gallery.most);
  }
  rows[name] = {
    "empty: mean ms": Number(mean(frames.empty).toFixed(2)),
    "gallery: mean ms": Number(mean(frames.gallery).toFixed(2)),
    "ratio (at most 1.1)": Number((mean(frames.gallery) / mean(frames.empty)).toFixed(3)),
    "empty: % over 25 ms": Number((late(frames.empty) * 100).toFixed(1)),
    "gallery: % over 25 ms (at most 5)": Number((late(frames.gallery) * 100).toFixed(1)),
  };
}
console.table(rows);
console.table({ "picture nodes at once (at most 150)": most });
host.panel.dispose();
await server.close();
