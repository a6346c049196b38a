import assert from "node:assert/strict";
import { decode } from "fast-png";
import { Easel } from "./easel.ts";
import { askInReadme, insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("Volcengine Visual in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("from the first need of a key to the placed picture with its overlay, charged once", async () => {
    const { accessKeyId, secretAccessKey } = workbench().session.simulator.ready.visual;
    await askInReadme(easel(), "A paper boat on a pond", "Volcengine Visual");
    await easel().moreChoice("Logo Overlay", "On");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.answer("(1/3)", accessKeyId);
    await quickInput.answer("(2/3)", secretAccessKey);
    // Only temporary keys have a session token.
    await quickInput.opened("(3/3)");
    await quickInput.accept();
    await insertReviewed(easel(), /^!\[A paper boat on a pond\]\(assets\/a-paper-boat-on-a-pond\.\w+\)$/);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor }) => vendor),
      ["visual"],
    );
    const bodies = (await easel().requests())
      .filter(({ vendor, method }) => vendor === "visual" && method === "POST")
      .map(({ body }) => body as Record<string, unknown>);
    const [submitted] = bodies.filter((body) => "prompt" in body);
    assert.deepEqual(
      [submitted?.req_key, submitted?.prompt, submitted?.force_single],
      ["jimeng_t2i_v40", "A paper boat on a pond", true],
    );
    const looks = bodies.flatMap(({ req_json: wanted }) => (typeof wanted === "string" ? [wanted] : []));
    assert.ok(looks.length > 0);
    for (const wanted of looks) {
      const { return_url, logo_info } = JSON.parse(wanted);
      assert.deepEqual([return_url, logo_info.add_logo, logo_info.position], [true, true, 0]);
    }
  });

  it("the vendor's link is copied with its end said, and its answer opens as JSON", async () => {
    await workbench().runCommand("Easel: Generate Image");
    await easel().prompt("A lighthouse");
    await easel().choose("Vendor", "Volcengine Visual");
    await easel().send();
    const { frame } = await easel().review();
    await frame.locator(".button.copy-link").click();
    await frame.locator(".notice", { hasText: "It works until" }).waitFor();
    await frame.locator(".button.open-answer").click();
    await workbench().tab("Answer of Volcengine Visual.json").waitFor();
    await workbench().editorTextWith('"code": 10000');
  });

  it("a mask is painted on the picture and goes along with it", async () => {
    await easel().resetSimulator();
    const { quickInput } = workbench();
    await workbench().explorerItem("images").click();
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Edit Image…");
    await quickInput.asking("What should be done with harbour.jpg?").waitFor();
    await quickInput.pick("Inpaint");
    await quickInput.asking("which one?").waitFor();
    await quickInput.pick("Paint It on the Picture");
    const painter = await workbench().webview(".board canvas");
    await painter.locator(".board").click();
    await painter.getByRole("button", { name: "Use" }).click();
    await quickInput.asking("What should it show?").waitFor();
    await quickInput.fill("A red sail");
    await quickInput.accept();
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    await review.line();
    const [sent] = (await easel().requests())
      .map(({ body }) => (body ?? {}) as { prompt?: string; binary_data_base64?: string[] })
      .filter(({ prompt }) => prompt === "A red sail");
    const [picture, mask] = sent?.binary_data_base64 ?? [];
    assert.ok(picture && mask);
    const painted = decode(Buffer.from(mask, "base64"));
    const at = (x: number, y: number) => painted.data[(y * painted.width + x) * painted.channels];
    assert.deepEqual([painted.width, painted.height], [1600, 900]);
    assert.deepEqual([at(800, 450), at(10, 10)], [255, 0]);
  });
});
