import type { Page } from "playwright-core";
import { encodeJpeg } from "../../simulator/media/jpeg.ts";
import { scene } from "../../simulator/media/scene.ts";
import { mediaFiles } from "./reviewFixtures.ts";
import * as fixtures from "./studioFixtures.ts";
import type { Shown } from "./studioHost.ts";
import type { MediaFile } from "./webviewPage.ts";

const small = [
  { width: 320, height: 182 },
  { width: 240, height: 320 },
  { width: 300, height: 300 },
] as const;

/** Real bytes for all that the Studio shows: pictures, a clip, a sound, and forty small ones. */
export function studioMedia(): Map<string, MediaFile> {
  const thumbs = Array.from({ length: 40 }, (_, index): [string, MediaFile] => {
    const size = small[index % small.length] ?? small[0];
    return [
      `thumb-${index}.jpg`,
      { type: "image/jpeg", bytes: encodeJpeg(size, scene(size, "studio", index)) },
    ];
  });
  const words =
    "1\n00:00:00,000 --> 00:00:02,400\nGood morning, and welcome.\n\n2\n00:00:02,400 --> 00:00:04,000\n早上好。\n";
  const subtitles: MediaFile = { type: "text/plain; charset=utf-8", bytes: Buffer.from(words) };
  return new Map([...mediaFiles(), ...thumbs, ["interview.srt", subtitles]]);
}

/** Something the Studio can look like: what it is shown, and what a user does until it looks so. */
export interface Situation extends Shown {
  act?(page: Page): Promise<void>;
}

const items = Array.from({ length: 60 }, (_, index) => fixtures.item(index));

const openTile = async (page: Page, index: number) => {
  await page.locator(`#tile-${index}`).dblclick();
  await page.locator(".detail-body").waitFor();
};
const toGallery = async (page: Page) => {
  const tab = page.locator("#tab-gallery");
  if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
};

const openHistory = async (page: Page) => {
  if (await page.locator("#tab-compose").isVisible()) await page.locator("#tab-compose").click();
  await page.locator(".drop-down > summary").click();
};

/** Every state of the Studio that is designed. */
export const situations: Record<string, Situation> = {
  usual: { items },
  first: { setup: fixtures.setup(true) },
  setup: { items, act: (page) => page.locator("#tab-setup").click() },
  untrusted: {
    setup: { ...fixtures.setup(true), trusted: false },
  },
  busy: { items, compose: fixtures.busyCompose, running: fixtures.running },
  models: {
    items,
    async act(page) {
      if (await page.locator("#tab-compose").isVisible()) await page.locator("#tab-compose").click();
      await page.locator(".chooser > summary").click();
    },
  },
  improving: {
    items,
    compose: fixtures.compose({ slots: [fixtures.slot({ inputs: [fixtures.input(0)] })] }),
    improve: {
      state: "done",
      text: "A quiet harbour at dawn, wooden fishing boats at their moorings, soft golden light",
      message: "Seedream 2.0 Pro · about ¥0.01",
      parts: [
        { kind: "same", text: "A " },
        { kind: "added", text: "quiet " },
        { kind: "same", text: "harbour at dawn, " },
        { kind: "added", text: "wooden " },
        { kind: "same", text: "fishing boats" },
        { kind: "added", text: " at their moorings" },
        { kind: "same", text: ", soft " },
        { kind: "removed", text: "light" },
        { kind: "added", text: "golden light" },
      ],
    },
  },
  empty: { items: [] },
  filtered: {
    items,
    async act(page) {
      await toGallery(page);
      await page.locator(".gallery-tools button").click();
      await page
        .getByRole("checkbox", { name: "Waiting" })
        .or(page.getByRole("checkbox", { name: "待处理" }))
        .check();
    },
  },
  selected: {
    items,
    async act(page) {
      await toGallery(page);
      await page.locator("#tile-0").click();
      await page.locator("#tile-2").click({ modifiers: ["ControlOrMeta"] });
    },
  },
  waiting: {
    items,
    async act(page) {
      await toGallery(page);
      await openTile(page, 0);
      await page.locator(".detail-side .actions").waitFor();
    },
  },
  placed: {
    items,
    async act(page) {
      await toGallery(page);
      await openTile(page, 2);
      await page.locator(".link-form code").waitFor();
    },
  },
  video: {
    items: [fixtures.item(5, { state: "placed", thumb: "/media/thumb-1.jpg" })],
    async act(page) {
      await toGallery(page);
      await openTile(page, 0);
      await page.locator("easel-video .frame-uses").waitFor();
    },
  },
  sound: {
    items: [fixtures.item(9, { state: "placed" })],
    async act(page) {
      await toGallery(page);
      await openTile(page, 0);
      await page.locator(".wave").waitFor();
    },
  },
  text: {
    items: [
      fixtures.item(9, {
        kind: "text",
        state: "placed",
        label: "interview.srt",
        src: "/media/interview.srt",
      }),
    ],
    async act(page) {
      await toGallery(page);
      await openTile(page, 0);
      await page.locator(".text-view", { hasText: "早上好" }).waitFor();
    },
  },
  compare: {
    items,
    async act(page) {
      await situations.selected?.act?.(page);
      await page.locator(".selection button").first().click();
      await page.locator("easel-compare .stage-canvas img").nth(1).waitFor();
    },
  },
  history: { items, act: (page) => openHistory(page) },
  dropping: {
    items,
    compose: fixtures.compose({ slots: [fixtures.slot({ inputs: [fixtures.input(0)] })] }),
    act: (page) =>
      page.evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/uri-list", "file:///site/a.png");
        const where = document.querySelector(".slot");
        where.dispatchEvent(new DragEvent("dragenter", { dataTransfer, bubbles: true, cancelable: true }));
        where.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
      }`),
  },
  nothing: {
    items,
    async act(page) {
      await toGallery(page);
      await page.locator(".search input").fill("zeppelin");
      await page.locator("easel-studio .region-empty").waitFor();
    },
  },
  discarded: {
    items,
    async act(page) {
      await situations.selected?.act?.(page);
      await page.keyboard.press("Delete");
      await page.locator(".said button").first().waitFor();
    },
  },
  slider: {
    items,
    async act(page) {
      await situations.compare?.act?.(page);
      await page.locator(".compare-modes button").nth(1).click();
    },
  },
};
