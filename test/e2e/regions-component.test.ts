import assert from "node:assert/strict";
import { accessibilityFindings } from "./support/accessibility.ts";
import { loadHostSide, TestUri } from "./support/editor.ts";
import { mediaFiles } from "./support/reviewFixtures.ts";
import { startWebviews, until, type WebviewServer } from "./support/webviewPage.ts";

describe("the region picker, in a page of its own", function () {
  this.timeout(60_000);
  let server: WebviewServer;
  before(async () => {
    server = await startWebviews(mediaFiles());
  });
  after(() => server.close());

  async function pick(max = 8) {
    const { editor, regions } = await loadHostSide("en");
    const picked = regions.pickRegions({
      extensionUri: new TestUri("file://") as never,
      image: new TestUri("file:///media/0.jpg") as never,
      width: 1600,
      height: 912,
      max,
      onFault: (error) => assert.fail(String(error)),
    });
    const panel = editor.panels[0];
    assert.ok(panel);
    const page = await server.open(panel);
    const board = page.locator(".board");
    await board.waitFor();
    await until(page, "document.querySelector('.board img').complete");
    const box = await board.boundingBox();
    assert.ok(box);
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    return { page, picked, panel, at };
  }

  it("gives points and boxes in picture pixels, in the order they were set", async () => {
    const { page, picked, at } = await pick();
    await page.mouse.click(...at(0.25, 0.5));
    await page.mouse.move(...at(0.8, 0.7));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.3), { steps: 3 });
    await page.mouse.up();
    assert.deepEqual(await accessibilityFindings(page), []);
    assert.deepEqual(await page.evaluate("window.easelViolations"), []);
    // The page may be gone before its driver hears that the click is done.
    await page
      .getByRole("button", { name: "Use" })
      .click()
      .catch(() => {});
    const regions = await picked;
    const [point, box] = regions ?? [];
    const near = (value: number | undefined, wanted: number) =>
      assert.ok(Math.abs((value ?? -99) - wanted) <= 3, `${value}`);
    assert.equal(regions?.length, 2);
    assert.ok(point?.kind === "point" && box?.kind === "box");
    near(point.x, 400);
    near(point.y, 456);
    near(box.left, 800);
    near(box.top, 273);
    near(box.right, 1280);
    near(box.bottom, 638);
  });

  it("works by keyboard alone", async () => {
    const { page, picked } = await pick();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("b");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowUp");
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+Enter").catch(() => {});
    assert.deepEqual(await picked, [
      { kind: "point", x: 816, y: 456 },
      { kind: "box", left: 656, top: 296, right: 816, bottom: 456 },
    ]);
  });

  it("takes no more marks than the model does", async () => {
    const { page, picked, at } = await pick(1);
    await page.mouse.click(...at(0.2, 0.2));
    await page.mouse.click(...at(0.6, 0.6));
    await page.getByRole("status").filter({ hasText: "No more marks can be set." }).waitFor();
    const listed = await page.locator("ol li").count();
    // The page may be gone before its driver hears that the click is done.
    await page
      .getByRole("button", { name: "Use" })
      .click()
      .catch(() => {});
    assert.equal((await picked)?.length, 1);
    assert.equal(listed, 1);
  });

  it("gives nothing when it is cancelled or closed", async () => {
    const one = await pick();
    await one.page.keyboard.press("Escape").catch(() => {});
    assert.equal(await one.picked, undefined);
    const other = await pick();
    other.panel.dispose();
    assert.equal(await other.picked, undefined);
  });
});
