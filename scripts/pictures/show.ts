import { basename } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { markup } from "../../src/placement/markup/index.ts";
import type { Draft, Preview, ReviewView } from "../../src/studio/protocol.ts";
import { loadHostSide, type TestPanel, TestUri } from "../../test/e2e/support/editor.ts";
import { TestDelegate } from "../../test/e2e/support/reviewFixtures.ts";
import { StudioHost } from "../../test/e2e/support/studioHost.ts";
import type { Situation } from "../../test/e2e/support/studioSituations.ts";
import type { WebviewServer } from "../../test/e2e/support/webviewPage.ts";

export type Language = "en" | "zh-cn";

/** Where a page is shown, in which language, and how large. */
export interface Stage {
  server: WebviewServer;
  language: Language;
  context: BrowserContextOptions;
  rewrite?(message: unknown): unknown;
}

/** A page as it is to be pictured; `close` ends it. */
export interface Shown {
  page: Page;
  close(): void;
}

const extensionUri = new TestUri("file://") as never;
const image = new TestUri("file:///media/0.jpg") as never;
const size = { width: 1600, height: 912 };
const onFault = (error: unknown) => {
  throw error;
};

/** Says of every kind of result what would be inserted for it, where the tests do with a picture's line. */
class Delegate extends TestDelegate {
  override async preview(jobId: string, draft: Draft): Promise<Preview> {
    const preview = await super.preview(jobId, draft);
    const asset = this.current?.assets.find(({ id }) => id === draft.assetId);
    if (!asset) return preview;
    const fileName = `${draft.fileName}${asset.extension}`;
    const { kind, width = 0, height = 0 } = asset;
    const media = { kind, link: { path: `images/${fileName}` }, alt: draft.alt, width, height };
    return { ...preview, fileName, markup: markup("markdown", media, "line") };
  }
}

/** The Studio in a situation. */
export async function showStudio(stage: Stage, situation: Situation): Promise<Shown> {
  const host = await StudioHost.start({ ...situation, language: stage.language });
  const { linkPreview } = host.answers;
  host.answers.linkPreview = async (params) => {
    const { kind, src = "" } = host.items.find(({ id }) => id === params.item) ?? {};
    const preview = await linkPreview(params);
    if (!kind || kind === "image") return preview;
    const link = { path: `images/${basename(src)}` };
    return { ...preview, markup: markup("markdown", { kind, link, alt: params.alt }, "line") };
  };
  const shown = await open(stage, host.panel);
  await shown.page.locator("main").waitFor();
  await situation.act?.(shown.page);
  return shown;
}

/** The review sheet with a job, and what a user does until it looks as it should. */
export async function showReview(
  stage: Stage,
  view: ReviewView | undefined,
  act?: (page: Page) => Promise<void>,
): Promise<Shown> {
  const { editor, review } = await loadHostSide(stage.language);
  const delegate = new Delegate(view) as never;
  new review.ReviewPanels({ extensionUri, delegate, onFault }).open("job-1");
  const shown = await open(stage, editor.panels[0]);
  await shown.page.locator("main").waitFor();
  await act?.(shown.page);
  return shown;
}

/** The mask painter with a stroke of the brush, or untouched. */
export async function showMask(stage: Stage, painted: boolean): Promise<Shown> {
  const { editor, mask } = await loadHostSide(stage.language);
  void mask.paintMask({ extensionUri, image, ...size, onFault });
  const shown = await open(stage, editor.panels[0]);
  const at = await board(shown.page);
  if (painted) {
    const { mouse } = shown.page;
    await mouse.move(...at(0.3, 0.55));
    await mouse.down();
    for (const [x, y] of [
      [0.42, 0.4],
      [0.55, 0.52],
      [0.68, 0.42],
    ] as const)
      await mouse.move(...at(x, y), { steps: 6 });
    await mouse.up();
  }
  return shown;
}

/** The region picker with a point and two boxes, or untouched. */
export async function showRegions(stage: Stage, marked: boolean): Promise<Shown> {
  const { editor, regions } = await loadHostSide(stage.language);
  void regions.pickRegions({ extensionUri, image, ...size, max: 8, onFault });
  const shown = await open(stage, editor.panels[0]);
  const at = await board(shown.page);
  if (marked) {
    const { mouse } = shown.page;
    const box = async (from: readonly [number, number], to: readonly [number, number]) => {
      await mouse.move(...at(...from));
      await mouse.down();
      await mouse.move(...at(...to), { steps: 4 });
      await mouse.up();
    };
    await mouse.click(...at(0.2, 0.3));
    await box([0.35, 0.25], [0.58, 0.7]);
    await box([0.68, 0.5], [0.92, 0.85]);
  }
  return shown;
}

/** Places on the picture of a board, as shares of its width and height. */
async function board(page: Page): Promise<(x: number, y: number) => readonly [number, number]> {
  const picture = page.locator(".board img");
  await picture.evaluate((element: { decode(): Promise<void> }) => element.decode());
  const box = await page.locator(".board").boundingBox();
  if (!box) throw new Error("The board is not drawn.");
  return (x, y) => [box.x + box.width * x, box.y + box.height * y];
}

async function open({ server, context, rewrite }: Stage, panel: TestPanel | undefined): Promise<Shown> {
  if (!panel) throw new Error("No panel was opened.");
  const page = await server.open(panel, {
    context: { reducedMotion: "reduce", timezoneId: "UTC", ...context },
    ...(rewrite && { rewrite }),
  });
  return { page, close: () => panel.dispose() };
}
