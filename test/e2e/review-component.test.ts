import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ReviewAction, ReviewView } from "../../src/studio/protocol.ts";
import { accessibilityFindings } from "./support/accessibility.ts";
import { type Editor, loadHostSide, TestPanel, TestUri } from "./support/editor.ts";
import { asset, mediaFiles, situations, TestDelegate, view } from "./support/reviewFixtures.ts";
import {
  type OpenOptions,
  onMac,
  scriptSizes,
  startWebviews,
  until,
  type WebviewServer,
} from "./support/webviewPage.ts";

const four = [asset(0), asset(1), asset(2), asset(3)];

describe("the review sheet, in a page of its own", function () {
  this.timeout(60_000);
  let server: WebviewServer;
  before(async () => {
    server = await startWebviews(mediaFiles());
  });
  after(() => server.close());

  interface Sheet {
    page: Page;
    panel: TestPanel;
    editor: Editor;
    delegate: TestDelegate;
    /** The actions that reached the delegate, once there are so many. */
    acts(count: number): Promise<ReviewAction[]>;
    closed: Promise<void>;
  }

  let opened: Sheet[] = [];
  afterEach(async () => {
    for (const { page, panel } of opened) {
      if (!panel.disposed) assert.deepEqual(await page.evaluate("window.easelViolations"), []);
      panel.dispose();
    }
    opened = [];
  });

  async function open(shown: ReviewView | undefined, options: OpenOptions = {}): Promise<Sheet> {
    const { editor, review } = await loadHostSide("en");
    const delegate = new TestDelegate(shown);
    const panels = new review.ReviewPanels({
      extensionUri: new TestUri("file://") as never,
      delegate: delegate as never,
      onFault: (error) => assert.fail(String(error)),
    });
    let panel: TestPanel | undefined;
    if (options.state === undefined) {
      panels.open("job-1");
      panel = editor.panels[0];
    } else {
      panel = new TestPanel();
      panels.restore(panel as never, options.state);
    }
    assert.ok(panel);
    const closed = new Promise<void>((resolve) => panel.onDidDispose(() => resolve()));
    const page = await server.open(panel, options);
    await page.locator("main").waitFor();
    await page.locator("easel-review[data-seen]").waitFor();
    const acts = async (count: number) => {
      while (delegate.acts.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      return delegate.acts;
    };
    const sheet = { page, panel, editor, delegate, acts, closed };
    opened.push(sheet);
    return sheet;
  }

  const previewed = (page: Page, markup: string) =>
    page.locator(".preview code", { hasText: markup }).waitFor();
  const chosen = (page: Page) => page.locator(".option[aria-selected=true]").getAttribute("data-asset");

  it("places the chosen result with Enter, with the revision that was shown", async () => {
    const { page, acts } = await open(view());
    await previewed(page, "![A harbour at dawn](images/harbour-at-dawn.jpg)");
    await page.keyboard.press("Enter");
    const [act] = await acts(1);
    const draft = { assetId: "asset-0", alt: "A harbour at dawn", fileName: "harbour-at-dawn" };
    assert.deepEqual(act, { kind: "insert", draft, revision: JSON.stringify(draft) });
    await page.locator(".notice", { hasText: "Inserted into README.md." }).waitFor();
    await page.locator(".decided", { hasText: "Placed" }).waitFor();
  });

  it("does not take an Enter that came before anything could be seen", async () => {
    const { page, acts, delegate } = await open(view());
    await previewed(page, "harbour");
    const press = `document.querySelector("main").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))`;
    await page.evaluate(`window.dispatchEvent(new Event("focus")), ${press}`);
    await page.locator("easel-review[data-seen]").waitFor();
    assert.deepEqual(delegate.acts, []);
    await page.evaluate(press);
    const [act] = await acts(1);
    assert.equal(act?.kind, "insert");
  });

  it("places once for a double Enter, however slow the first one is", async () => {
    const { page, panel, delegate, acts } = await open(view());
    await previewed(page, "harbour");
    const sent: string[] = [];
    panel.received.event((message) => sent.push((message as { method: string }).method));
    let finish = () => {};
    delegate.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ outcome: "done", message: "Done." });
      });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await acts(1);
    await page.keyboard.press("Enter");
    assert.deepEqual(sent, ["act"]);
    finish();
    await page.locator(".notice", { hasText: "Done." }).waitFor();
    // The view still says that it waits: only the guard stands between this Enter and a second file.
    await page.keyboard.press("Enter");
    await page.locator(".notice", { hasText: "Done." }).waitFor();
    assert.equal(delegate.acts.length, 1);
  });

  for (const [name, kind] of [
    ["insert", "insert"],
    ["again", "again"],
    ["saveOnly", "saveOnly"],
  ] as const) {
    it(`acts once for a double click on ${name}`, async () => {
      const { page, delegate } = await open(view());
      await previewed(page, "harbour");
      delegate.answer = async () => ({ outcome: "done", message: "Done." });
      await page.locator(`.button.${name}`).dblclick();
      await page.locator(".notice", { hasText: "Done." }).waitFor();
      assert.deepEqual(
        delegate.acts.map((each) => each.kind),
        [kind],
      );
    });
  }

  it("copies the vendor's link while it lives, with its end said, and opens the vendor's answer", async () => {
    const linked = asset(0, { link: "until 23.11.26, 14:30" });
    const { page, delegate, acts } = await open(view({ assets: [linked], hasAnswer: true }));
    await previewed(page, "harbour");
    const copy = page.getByRole("button", { name: "Copy Temporary Link until 23.11.26, 14:30" });
    delegate.answer = async () => ({ outcome: "done", message: "Copied the link." });
    await copy.click();
    await page.locator(".notice", { hasText: "Copied the link." }).waitFor();
    await page.getByRole("button", { name: "Open Vendor’s Answer as JSON" }).click();
    assert.deepEqual(await acts(2), [{ kind: "copyLink", assetId: "asset-0" }, { kind: "openAnswer" }]);
  });

  it("offers neither link nor answer where there is none", async () => {
    const { page } = await open(view());
    await previewed(page, "harbour");
    assert.equal(await page.locator(".copy-link, .open-answer").count(), 0);
  });

  it("chooses with the arrows and places the one chosen; the others go on waiting", async () => {
    const { page, acts } = await open(view({ assets: four }));
    await previewed(page, "harbour");
    assert.equal(await chosen(page), "asset-0");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await chosen(page), "asset-1");
    await page.keyboard.press("Enter");
    const [act] = await acts(1);
    assert.equal(act?.kind === "insert" && act.draft.assetId, "asset-1");
    await page.locator(".option.state-placed").waitFor();
    assert.equal(await page.locator(".option.state-waiting").count(), 3);
  });

  it("moves by rows where results stand side by side", async () => {
    const { page } = await open(view({ assets: four }), {
      context: { viewport: { width: 1000, height: 760 } },
    });
    await page.getByRole("button", { name: "Side by side" }).click();
    await page.locator(".option").first().focus();
    await page.keyboard.press("ArrowDown");
    const tops = await page
      .locator(".option")
      .evaluateAll((all) => all.map((each) => (each as { offsetTop: number } & typeof each).offsetTop));
    const columns = tops.filter((top) => top === tops[0]).length;
    assert.equal(await chosen(page), `asset-${columns}`);
    assert.equal(await page.evaluate("document.activeElement.dataset.asset"), `asset-${columns}`);
  });

  it("closes with Escape from anywhere, decides nothing, and what was written is kept", async () => {
    const { page, delegate, closed } = await open(view());
    await page.getByLabel("Alt text").fill("A quiet harbour");
    // The page goes away with the key press.
    await page.keyboard.press("Escape").catch(() => {});
    await closed;
    assert.deepEqual(delegate.acts, []);
    assert.equal(delegate.drafts.at(-1)?.alt, "A quiet harbour");
  });

  it("confirms from within the file name with what was typed a moment ago", async () => {
    const { page, acts } = await open(view());
    await previewed(page, "harbour");
    await page.getByLabel("File name").fill("quay");
    await page.keyboard.press("Enter");
    const [act] = await acts(1);
    assert.equal(act?.kind === "insert" && JSON.parse(act.revision).fileName, "quay");
  });

  it("calls keys as a Mac's keyboard does", () =>
    onMac(async () => {
      const { page } = await open(view());
      await page.locator("kbd", { hasText: "⌘Enter" }).waitFor();
      assert.equal(await page.getByText("Ctrl").count(), 0);
    }));

  it("keeps Enter in the alt text for a new line, Ctrl+Enter confirms", async () => {
    const { page, delegate, acts } = await open(view());
    await page.getByLabel("Alt text").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    const [act] = await acts(1);
    assert.equal(delegate.acts.length, 1);
    assert.match((act?.kind === "insert" && act.draft.alt) || "", /\n/);
  });

  it("leaves Enter and Escape to an input method that is composing", async () => {
    const { page, panel, delegate, acts } = await open(view());
    await previewed(page, "harbour");
    for (const key of ["Enter", "Escape"]) {
      await page.evaluate(
        `document.querySelector("#file-name").dispatchEvent(new KeyboardEvent("keydown", { key: "${key}", isComposing: true, bubbles: true }))`,
      );
    }
    await page.locator(".button.discard").click();
    await acts(1);
    assert.deepEqual([panel.disposed, delegate.acts[0]?.kind], [false, "discard"]);
  });

  it("does nothing on Enter where the preview says that it cannot, and shows why", async () => {
    const { page, delegate, acts } = await open(undefined);
    delegate.preset = {
      canInsert: false,
      problems: [{ severity: "error", field: "fileName", text: "The name has a slash." }],
    };
    delegate.change(view());
    await page.locator("#fileName-problems", { hasText: "The name has a slash." }).waitFor();
    assert.equal(await page.getByLabel("File name").getAttribute("aria-invalid"), "true");
    await page.keyboard.press("Enter");
    await page.locator(".button.insert").click({ force: true });
    await page.getByRole("button", { name: "Save Only" }).click();
    assert.deepEqual(
      (await acts(1)).map(({ kind }) => kind),
      ["saveOnly"],
    );
  });

  it("shows the new preview and asks again where the seen one no longer holds", async () => {
    const { page, delegate, acts } = await open(view());
    await previewed(page, "harbour");
    const preview = await delegate.preview("job-1", { assetId: "asset-0", alt: "x", fileName: "harbour-2" });
    delegate.answer = async () => ({ outcome: "stale", preview, message: "The name was taken meanwhile." });
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "The name was taken meanwhile." }).waitFor();
    await previewed(page, "harbour-2.jpg");
    delegate.answer = undefined;
    await page.keyboard.press("Enter");
    const all = await acts(2);
    assert.equal(all[1]?.kind === "insert" && all[1].revision, preview.revision);
  });

  it("says so when the job ended elsewhere, and does nothing", async () => {
    const { page, delegate } = await open(view());
    await previewed(page, "harbour");
    delegate.current = undefined;
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Nothing left to review" }).waitFor();
    assert.deepEqual(delegate.acts, []);
  });

  it("discards, and takes the discard back, with the focus on the way back", async () => {
    const { page, delegate, acts } = await open(view());
    await page.locator(".button.discard").focus();
    await page.keyboard.press("Enter");
    await page.locator(".button.undo:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".button.insert").waitFor();
    await acts(2);
    assert.deepEqual(
      delegate.acts.map(({ kind }) => kind),
      ["discard", "undoDiscard"],
    );
  });

  it("takes pictures in as they arrive, and leaves the choice and what is being typed alone", async () => {
    const running = { state: "running", expected: 4, canCancel: true } as const;
    const { page, delegate } = await open(view({ ...running, assets: [] }));
    await page.locator(".screen.waiting").waitFor();
    delegate.change(view({ ...running, assets: [asset(0), asset(1)] }));
    await page.locator(".option").nth(1).click();
    await page.getByLabel("Alt text").fill("Boats");
    delegate.change(view({ ...running, assets: [asset(0), asset(1), asset(2)] }));
    await page.locator(".option").nth(2).waitFor();
    assert.equal(await chosen(page), "asset-1");
    assert.equal(await page.getByLabel("Alt text").inputValue(), "Boats");
    assert.equal(await page.evaluate("document.activeElement.id"), "alt");
    assert.equal(await page.locator(".coming").count(), 1);
  });

  it("never has the focus on a button that pays or stops when it opens", async () => {
    for (const name of ["one", "four", "waiting", "streaming", "failed", "cancelled"]) {
      const { page } = await open(situations[name]);
      await until(page, "document.activeElement !== document.body");
      assert.equal(await page.evaluate("document.activeElement.closest('button') === null"), true, name);
    }
  });

  it("comes back after a reload with the same result chosen, and keeps none of the user's words", async () => {
    const { page } = await open(view({ assets: four }), { state: { jobId: "job-1", assetId: "asset-2" } });
    await page.locator(".option").first().waitFor();
    assert.equal(await chosen(page), "asset-2");
    await page.getByLabel("Alt text").fill("secret words");
    await page.keyboard.press("Control+Enter");
    const kept = await page.evaluate("window.easelState()");
    assert.deepEqual(kept, { jobId: "job-1", assetId: "asset-2" });
  });

  it("may load from the job's folder and its own, and from nowhere else", async () => {
    const { panel } = await open(view());
    assert.deepEqual(panel.webview.options.localResourceRoots?.map(String), [
      "file:///dist/webview",
      "file:///media",
    ]);
    assert.match(panel.webview.html, /default-src 'none'/);
    assert.doesNotMatch(panel.webview.html, /unsafe|style=|<style|onload/);
  });

  it("zooms with + - 0 1 and scrolls with the arrows when the picture is larger than its place", async () => {
    const { page } = await open(view());
    const scale = async () => Number.parseInt((await page.locator(".scale").textContent()) ?? "", 10);
    await page.locator(".stage-canvas img").waitFor();
    const fitted = await scale();
    assert.ok(fitted < 100);
    await page.locator(".stage-port").focus();
    await page.keyboard.press("1");
    await page.locator(".scale", { hasText: "100%" }).waitFor();
    assert.equal(
      await page.evaluate("document.querySelector('.stage-canvas img').getBoundingClientRect().width"),
      1600,
    );
    await page.keyboard.press("+");
    await page.locator(".scale", { hasText: "125%" }).waitFor();
    await page.keyboard.press("0");
    await page.locator(".scale", { hasText: `${fitted}%` }).waitFor();
  });

  it("copies a fact through the host", async () => {
    const { page, editor } = await open(view());
    await page.getByRole("button", { name: "Copy Seed" }).click();
    await page.locator(".notice", { hasText: "Copied" }).waitFor();
    assert.deepEqual(editor.clipboard, ["1927340417"]);
  });

  it("plays a video, shows frames of it, and goes to the one chosen", async () => {
    const { page, acts } = await open(situations.video);
    await page.locator(".frames.drawn").waitFor();
    const drawn = (await page.evaluate(`[...document.querySelectorAll(".frame canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return canvas.width > 100 && data.reduce((hash, value) => (hash * 31 + value) | 0, 0);
    })`)) as (number | false)[];
    assert.ok(!drawn.includes(false));
    assert.equal(new Set(drawn).size, 6, "six frames of six moments");
    await page.evaluate(`void (window.sought = new Promise((resolve) => {
      const video = document.querySelector(".player video");
      video.addEventListener("seeked", () => resolve(video.currentTime), { once: true });
    }))`);
    await page.getByRole("button", { name: "Frame at 0:01.5" }).click();
    assert.equal(await page.evaluate("window.sought"), 1.5);
    await page.getByText("without its sound").waitFor();
    await page.getByRole("button", { name: "Open Outside" }).click();
    assert.deepEqual(await acts(1), [{ kind: "openOutside", assetId: "asset-0" }]);
  });

  it("says so when a video cannot be played, and opens it outside", async () => {
    const { page, acts } = await open(situations.unplayable);
    await page.getByRole("button", { name: "Open Outside" }).click();
    assert.deepEqual(await acts(1), [{ kind: "openOutside", assetId: "asset-0" }]);
  });

  it("stacks layers where they belong, hides one, and places all as one", async () => {
    const { page, acts } = await open(situations.layers);
    await until(page, "document.querySelectorAll('.stage-canvas img')[2]?.getBoundingClientRect().width > 0");
    const share = await page.evaluate(`(() => {
      const [base, , top] = [...document.querySelectorAll(".stage-canvas img")].map((each) => each.getBoundingClientRect());
      return Math.round(((top.left - base.left) / base.width) * 1600);
    })()`);
    assert.ok(Math.abs(Number(share) - 980) <= 2, String(share));
    await page.getByRole("checkbox", { name: "Show Boats" }).uncheck();
    assert.equal(await page.locator(".stage-canvas img").count(), 2);
    await page.getByRole("checkbox", { name: "Show Boats" }).press("Control+Enter");
    const [act] = await acts(1);
    assert.equal(act?.kind === "insert" && act.draft.assetId, "asset-0");
  });

  it("shows a text to read, with the focus on it, and copies all of it through the host", async () => {
    const { page, acts } = await open(situations.transcript);
    await page.locator(".text-stage pre:focus").waitFor();
    await page.getByRole("button", { name: "Copy Result 1" }).click();
    assert.deepEqual(await acts(1), [{ kind: "copyText", assetId: "asset-0" }]);
  });

  it("takes in what a described picture shows as its alt text, to be corrected", async () => {
    const { page, acts, delegate } = await open(situations.one);
    delegate.answer = async () => ({ outcome: "done", alt: "A ferry at a stone quay" });
    await page.getByRole("button", { name: "Describe" }).click();
    const [act] = await acts(1);
    assert.equal(act?.kind, "describe");
    while ((await page.locator("#alt").inputValue()) !== "A ferry at a stone quay") {
      await page.waitForTimeout(10);
    }
  });

  it("keeps its scripts small", async () => {
    for (const [name, bytes] of Object.entries(await scriptSizes()))
      assert.ok(bytes <= 150_000, `${name}: ${bytes}`);
  });

  for (const [name, shown] of Object.entries(situations)) {
    it(`has nothing an accessibility checker finds, in every theme, and fits 300 pixels: ${name}`, async () => {
      const { page } = await open(shown, { context: { reducedMotion: "reduce" } });
      assert.deepEqual(await accessibilityFindings(page), []);
      await page.setViewportSize({ width: 300, height: 600 });
      assert.equal(await page.evaluate("document.scrollingElement.scrollWidth"), 300);
      assert.deepEqual(await accessibilityFindings(page), []);
    });
  }
});
