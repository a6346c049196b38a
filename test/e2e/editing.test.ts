import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("editing a picture with Seedream", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  before(async () => {
    await easel().setSeedreamKey();
    await workbench().notification("is stored for");
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().explorerItem("images").click();
  });

  const sent = async () =>
    (await easel().requests()).filter(({ path }) => path.endsWith("/images/generations")).at(-1)?.body as {
      prompt?: string;
      layer_decomposition?: boolean;
    };

  it("Edit Image splits a picture into layers, placed as a folder with their positions, and one undo takes all back", async () => {
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Edit Image…");
    const { quickInput } = workbench();
    await quickInput.opened("(1/3)");
    await quickInput.pick("Split into Layers");
    await quickInput.opened("(2/3)");
    await quickInput.accept();
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    const line = await review.line();
    assert.match(line, /^!\[.*\]\(assets\/harbour\/base\.\w+\)$/);
    assert.equal((await sent()).layer_decomposition, true);
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    const folder = join(workbench().session.folder, "assets", "harbour");
    const files = await readdir(folder);
    const manifest = JSON.parse(await readFile(join(folder, "layers.json"), "utf8"));
    assert.equal(files.length, manifest.layers.length + 1);
    for (const { file } of manifest.layers) assert.ok(files.includes(file), file);
    const [top] = manifest.layers.filter((layer: { box?: object }) => layer.box);
    assert.deepEqual(Object.keys(top.box), ["left", "top", "right", "bottom"]);
    await workbench().undo();
    await workbench().until("the folder is gone", async () =>
      readdir(folder).then(
        () => undefined,
        () => true,
      ),
    );
    await workbench().statusBarItem("waiting").waitFor();
  });

  it("points chosen on the picture become tags in the prompt", async () => {
    await workbench().contextMenu(workbench().explorerItem("teapot.png"), "Image to Image…");
    await easel().prompt("Paint the knob blue:");
    await easel().choose("Model", "Seedream 5.0 pro");
    const { quickInput } = workbench();
    await quickInput.pick("Points and Boxes");
    const picker = await workbench().webview(".picker .board");
    const board = picker.locator(".board");
    await board.focus();
    await board.press("Enter");
    await picker.locator(".button.use").click();
    await easel().confirmStep();
    await easel().send();
    await easel().review();
    assert.match((await sent()).prompt ?? "", /^Paint the knob blue: Image 1<point>\d+ \d+<\/point>$/);
  });
});
