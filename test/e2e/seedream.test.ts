import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("Seedream in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());
  const key = () => workbench().session.simulator.ready.seedream.apiKey;

  beforeEach(async () => {
    // What an earlier test left open must not swallow the keys of the next.
    for (let times = 0; times < 3; times++) await workbench().page.keyboard.press("Escape");
  });

  async function askSeedream(prompt: string): Promise<void> {
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Generate Image");
    await easel().prompt(prompt);
  }

  it("asks for the key when it is first needed, goes on, and sends once", async () => {
    await askSeedream("A lighthouse on a cliff");
    await easel().choose("Vendor", "Seedream");
    await easel().choose("Model", "Seedream 4.5");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.opened("API key of Seedream");
    assert.equal(await quickInput.input.getAttribute("type"), "password");
    await quickInput.fill(key());
    await quickInput.accept();
    await insertReviewed(easel(), /^!\[A lighthouse on a cliff\]\(assets\/a-lighthouse-on-a-cliff\.jpg\)$/);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor, amount }) => ({ vendor, amount })),
      [{ vendor: "seedream", amount: 1 }],
    );
  });

  it("right-click on an image: image to image, from the file's bytes", async () => {
    await easel().resetSimulator();
    await workbench().explorerItem("images").click();
    await workbench().contextMenu(workbench().explorerItem("teapot.png"), "Image to Image…");
    await easel().prompt("Make it winter");
    await easel().send();
    const review = await easel().review();
    await review.line();
    const [request] = (await easel().requests()).filter(({ path }) => path.endsWith("/images/generations"));
    const body = request?.body as { image: string; prompt: string };
    assert.equal(body.prompt, "Make it winter");
    assert.match(body.image, /^data:image\/png;base64,/);
    await review.focused();
    await review.press("Escape");
    await review.closed();
  });

  it("several images selected: Combine Images in the order shown", async () => {
    await easel().resetSimulator();
    await workbench().select("teapot.png", "harbour.jpg");
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Combine Images…");
    const { quickInput } = workbench();
    await quickInput.opened("(1/3)");
    assert.match((await quickInput.row("Image 1").textContent()) ?? "", /images\/teapot\.png/);
    assert.match((await quickInput.row("Image 2").textContent()) ?? "", /images\/harbour\.jpg/);
    await quickInput.focusedRow("Go On").waitFor();
    await quickInput.accept();
    await quickInput.answer("(2/3)", "The teapot of image 1 in the harbour of image 2");
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    const [request] = (await easel().requests()).filter(({ path }) => path.endsWith("/images/generations"));
    const { image } = (request?.body ?? {}) as { image?: string[] };
    assert.equal(image?.length, 2);
    await review.focused();
    await review.press("Escape");
    await review.closed();
  });

  it("a policy refusal is told apart from a crash, with its request id, and is not billed", async () => {
    await easel().resetSimulator();
    await askSeedream("A scene [error InputTextSensitiveContentDetected]");
    await easel().send();
    const notification = await workbench().notification("content policy");
    await notification.getByRole("button", { name: "Details" }).click();
    const frame = await workbench().webview(".screen.ended");
    const text = (await frame.locator(".screen.ended").textContent()) ?? "";
    assert.match(text, /02\d{13}/, "the request id is shown");
    assert.deepEqual(await easel().charges(), []);
    await frame.getByRole("button", { name: "Close" }).click();
    await workbench().until("the sheet is closed", async () => (frame.isDetached() ? true : undefined));
  });

  it("Cancel in the notification aborts the request and tells the truth about the bill", async () => {
    await easel().resetSimulator();
    await askSeedream("A slow one [slow 20s]");
    await easel().send();
    const notification = await workbench().notification("is at work");
    await notification.hover();
    await notification.getByRole("button", { name: "Cancel" }).click();
    await workbench().notification("may still carry it out and bill it");
    await workbench().statusBarItem("running").waitFor({ state: "detached" });
  });

  it("a wrong key ends in words, and setting it again in the palette puts it right", async () => {
    await easel().resetSimulator();
    await easel().setSeedreamKey("not-the-key");
    const { quickInput } = workbench();
    const stored = await workbench().notification("is stored for");
    await stored.getByRole("button", { name: "Test It" }).click();
    const refused = await workbench().notification("refuses the key");
    await refused.getByRole("button", { name: "Set API Key…" }).click();
    await quickInput.answer("API key of Seedream", key());
    await workbench().notification("is stored for");
    await workbench().runCommand("Easel: Test API Key");
    await workbench().notification("accepts the key");
    assert.deepEqual(await easel().charges(), [], "testing costs nothing");
  });

  it("a removed key is gone and asked for again (P-09)", async () => {
    await workbench().runCommand("Easel: Remove API Key");
    const { quickInput, page } = workbench();
    await quickInput.opened("Remove API Key");
    await quickInput.focusedRow("Seedream").waitFor();
    await quickInput.accept();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await workbench().notification("is removed");
    await workbench().runCommand("Easel: Test API Key");
    await workbench().notification("Easel keeps no keys");
  });

  it("nothing was written that the user did not confirm", async () => {
    const files = await readdir(join(workbench().session.folder, "assets"));
    assert.deepEqual(files, ["a-lighthouse-on-a-cliff.jpg"]);
  });
});
