import assert from "node:assert/strict";
import { Easel } from "./easel.ts";
import { askInReadme, insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("Kling in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("from the first need of a key to the placed picture, charged once", async () => {
    const { accessKey, secretKey } = workbench().session.simulator.ready.kling;
    await askInReadme(easel(), "A paper boat on a pond", "Kling");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.asking("Which kind of key").waitFor();
    await quickInput.pick("+");
    await quickInput.answer("(1/2)", accessKey);
    await quickInput.answer("(2/2)", secretKey);
    await insertReviewed(easel(), /^!\[A paper boat on a pond\]\(assets\/a-paper-boat-on-a-pond\.\w+\)$/);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor }) => vendor),
      ["kling"],
    );
  });
});
