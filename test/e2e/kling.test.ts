import assert from "node:assert/strict";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("Kling in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("from the first need of a key to the placed picture, charged once", async () => {
    const { accessKey, secretKey } = workbench().session.simulator.ready.kling;
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Generate Image");
    await easel().prompt("A paper boat on a pond");
    await easel().choose("Vendor", "Kling");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.asking("Which kind of key").waitFor();
    await quickInput.pick("+");
    await quickInput.answer("(1/2)", accessKey);
    await quickInput.answer("(2/2)", secretKey);
    const review = await easel().review();
    const line = await review.line();
    assert.match(line, /^!\[A paper boat on a pond\]\(assets\/a-paper-boat-on-a-pond\.\w+\)$/);
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor }) => vendor),
      ["kling"],
    );
  });
});
