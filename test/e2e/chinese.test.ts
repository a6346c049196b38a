import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { Easel, Review } from "./easel.ts";
import { StudioPage } from "./studioPage.ts";
import { useWorkbench } from "./workbench.ts";

/** Words that stand in Chinese texts as they are: names, formats, units, keys. */
const latin =
  /Easel|Placeholder|Seedream|Volcengine Visual|Volcengine|Kling|Animo|Alibaba AI Gateway|AI Gateway|Markdown|PNG|JPEG|WebP|SVG|WAV|API|JSON|ID|Enter|Esc(ape)?|Ctrl|Shift|Alt|README\.md|\b\d+(×\d+)?( ?(px|KB|MB|kB|s|K))?\b|[\w./-]+\.(png|md|svg|json|jpg)|easel\.[\w.]+|https?:\S+/g;

/** What the workbench itself says; its language pack here is empty. */
const workbenchs = /\(Press 'Enter' to confirm or 'Escape' to cancel\)|Focus on .* View|Source: \S+/g;

/** Runs of two and more Latin words that nobody translated. */
function english(text: string): string[] {
  return (
    text
      .replaceAll(workbenchs, " ")
      .replaceAll(latin, " ")
      .match(/[A-Za-z][a-z]+(?: [A-Za-z]+)+/g) ?? []
  );
}

describe("the main job in Chinese", () => {
  const workbench = useWorkbench({ locale: "zh-cn", viewport: { width: 1500, height: 950 } });
  const easel = () => new Easel(workbench());
  const studio = () => new StudioPage(workbench());
  const shot = (name: string) => workbench().screenshot(`chinese ${name}`);
  /** What is in sight has no English of Easel's own. */
  const isChinese = async (seen: Locator, where: string) => {
    const text = (await seen.allInnerTexts()).join("\n");
    assert.deepEqual(english(text), [], `${where}: ${text}`);
  };

  it("from the palette to the inserted line", async () => {
    const { quickInput, page } = workbench();
    await workbench().openFile("README.md");
    await page.keyboard.press("ControlOrMeta+End");
    await workbench().type("\n\n");
    const palette = await workbench().palette("Easel: ");
    // A command's English title stands below, to be found by.
    const rows = await palette.widget
      .locator(".monaco-list-row .quick-input-list-row:first-child")
      .allInnerTexts();
    const titles = rows.filter((row) => row.startsWith("Easel"));
    assert.ok(titles.length > 5, String(rows));
    assert.deepEqual(titles.flatMap(english), []);
    await shot("palette");
    await palette.cancel();
    await palette.closed();
    await workbench().runCommand("Easel: 生成图片…");
    await quickInput.opened("(1/2)");
    await isChinese(quickInput.widget, "the prompt step");
    await shot("prompt");
    await quickInput.fill("黎明的港口");
    await quickInput.accept();
    await quickInput.focusedRow("生成").waitFor();
    await isChinese(quickInput.row(/./), "the step that sends");
    await shot("confirm");
    await quickInput.accept();
    const review = await easel().review();
    const line = await review.line();
    assert.equal(line, "![黎明的港口](assets/黎明的港口.png)");
    await isChinese(review.frame.locator("body"), "the review sheet");
    await shot("review");
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    await workbench().undo();
    await workbench().statusBarItem("1 个待处理").click();
    const again = new Review(workbench(), await workbench().webview(".stage"));
    await again.line();
    await again.frame.locator(".button.discard").click();
    await again.frame.locator(".button.undo").waitFor();
    await shot("discarded");
    await again.focused();
    await again.press("Escape");
  });

  it("the Studio: Compose, Gallery, Setup", async () => {
    await studio().open();
    await studio().goTo("setup");
    const frame = await studio().frame();
    await frame.locator(".setup").waitFor();
    await isChinese(frame.locator("body"), "Setup");
    await shot("studio setup");
    await studio().prompt("静水上的灯笼");
    await isChinese(frame.locator("body"), "Compose");
    await shot("studio compose");
    await studio().generate(1);
    await shot("studio gallery");
    await studio().look();
    await studio().line();
    await isChinese((await studio().frame()).locator("body"), "a result");
    await shot("studio detail");
  });

  it("a refused key and a job that failed are told", async () => {
    const { quickInput } = workbench();
    await workbench().runCommand("Easel: 设置 API 密钥");
    await quickInput.pick("Seedream");
    await quickInput.opened("Seedream");
    await quickInput.fill("a-key-that-nobody-knows");
    await isChinese(quickInput.widget, "asking for a key");
    await quickInput.accept();
    const stored = await workbench().notification("Seedream");
    await isChinese(stored, "the key is stored");
    await shot("key");
    await workbench().runCommand("Easel: 生成图片…");
    await quickInput.answer("(1/2)", "一只狐狸");
    await quickInput.focusedRow("生成").waitFor();
    await quickInput.pick("服务商");
    await quickInput.pick("Seedream");
    await quickInput.focusedRow("生成").waitFor();
    await shot("seedream");
    await isChinese(quickInput.row(/./), "the step that sends, of a vendor");
    await quickInput.fill("");
    await quickInput.accept();
    const failed = await workbench().notification("密钥");
    await isChinese(failed, "the failure");
    await workbench().runCommand("Easel: 显示任务");
    const row = workbench()
      .page.locator(".part.sidebar .pane-body .monaco-list-row")
      .filter({ hasText: "一只狐狸" });
    await row.waitFor();
    await isChinese(row, "the jobs view");
    await shot("failed");
  });
});
