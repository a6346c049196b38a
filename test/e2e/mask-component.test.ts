import assert from "node:assert/strict";
import { decode } from "fast-png";
import { accessibilityFindings } from "./support/accessibility.ts";
import { loadHostSide, TestUri } from "./support/editor.ts";
import { mediaFiles } from "./support/reviewFixtures.ts";
import { onMac, startWebviews, type WebviewServer } from "./support/webviewPage.ts";

const width = 1600;
const height = 912;

describe("the mask painter, in a page of its own", function () {
  this.timeout(60_000);
  let server: WebviewServer;
  before(async () => {
    server = await startWebviews(mediaFiles());
  });
  after(() => server.close());

  async function paint() {
    const { editor, mask } = await loadHostSide("en");
    const painted = mask.paintMask({
      extensionUri: new TestUri("file://") as never,
      image: new TestUri("file:///media/0.jpg") as never,
      width,
      height,
      onFault: (error) => assert.fail(String(error)),
    });
    const panel = editor.panels[0];
    assert.ok(panel);
    const page = await server.open(panel);
    const board = page.locator(".board");
    await board.waitFor();
    const box = await board.boundingBox();
    assert.ok(box);
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    return { page, painted, panel, at };
  }

  /** Whether the mask is white at a place, given as a share of the picture. */
  function reader(bytes: Uint8Array | undefined) {
    assert.ok(bytes);
    const picture = decode(bytes);
    assert.deepEqual([picture.width, picture.height], [width, height]);
    return (x: number, y: number) =>
      picture.data[(Math.floor(y * height) * width + Math.floor(x * width)) * picture.channels] === 255;
  }

  it("calls keys as a Mac's keyboard does", () =>
    onMac(async () => {
      const { page, panel } = await paint();
      await page.locator("kbd", { hasText: "⌘Enter" }).waitFor();
      await page.getByText("⌘Z takes back").waitFor();
      assert.equal(await page.getByText("Ctrl").count(), 0);
      panel.dispose();
    }));

  it("gives a picture of the same size, white where the brush went and the eraser did not", async () => {
    const { page, painted, at } = await paint();
    await page.mouse.move(...at(0.2, 0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.8, 0.5), { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Erase" }).click();
    await page.mouse.click(...at(0.5, 0.5));
    assert.deepEqual(await accessibilityFindings(page), []);
    assert.deepEqual(await page.evaluate("window.easelViolations"), []);
    // The page may be gone before its driver hears that the click is done.
    await page
      .getByRole("button", { name: "Use" })
      .click()
      .catch(() => {});
    const isWhite = reader(await painted);
    assert.deepEqual(
      [0.25, 0.5, 0.75].map((x) => isWhite(x, 0.5)),
      [true, false, true],
    );
    assert.ok(!isWhite(0.5, 0.1) && !isWhite(0.05, 0.5));
  });

  it("works by keyboard alone, takes back, and asks for paint before it is used", async () => {
    const { page, painted } = await paint();
    assert.equal(await page.getByRole("button", { name: "Use" }).getAttribute("aria-disabled"), "true");
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("ArrowLeft");
    for (let times = 0; times < 4; times++) await page.keyboard.press("[");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Control+Enter").catch(() => {});
    const isWhite = reader(await painted);
    assert.ok(isWhite(0.46, 0.5), "painted with Shift");
    assert.ok(!isWhite(0.54, 0.5), "taken back");
  });

  it("says that nothing is painted when the eraser went over all of it", async () => {
    const { page, painted, panel } = await paint();
    await page.keyboard.press("Space");
    await page.keyboard.press("e");
    await page.keyboard.press("]");
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("status").filter({ hasText: "Nothing is painted yet" }).waitFor();
    panel.dispose();
    assert.equal(await painted, undefined);
  });

  it("gives nothing when it is cancelled", async () => {
    const { page, painted } = await paint();
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape").catch(() => {});
    assert.equal(await painted, undefined);
  });

  it("fits 300 pixels", async () => {
    const { page, panel } = await paint();
    await page.setViewportSize({ width: 300, height: 600 });
    assert.equal(await page.evaluate("document.scrollingElement.scrollWidth"), 300);
    assert.deepEqual(await accessibilityFindings(page), []);
    panel.dispose();
  });
});
