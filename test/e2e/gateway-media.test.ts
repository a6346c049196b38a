import assert from "node:assert/strict";
import { Easel } from "./easel.ts";
import { askInReadme, insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("pictures behind an AI gateway in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("from the first need of a key to the placed picture: a task, charged once", async () => {
    const { apiKey } = workbench().session.simulator.ready.gateway;
    await askInReadme(easel(), "A paper boat on a pond", "Alibaba AI Gateway");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.answer("API key of Alibaba AI Gateway", apiKey);
    await insertReviewed(easel(), /^!\[A paper boat on a pond\]\(assets\/a-paper-boat-on-a-pond\.\w+\)$/);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor, model }) => [vendor, model]),
      [["gateway", "wan2.7-image"]],
    );
    const sent = (await easel().requests()).filter(({ method }) => method === "POST");
    assert.deepEqual(
      sent.map(({ path, headers }) => [path, headers["x-dashscope-async"]]),
      [["/api/v1/services/aigc/image-generation/generation", "enable"]],
    );
    const looks = (await easel().requests()).filter(({ path }) => path.startsWith("/api/v1/tasks/"));
    assert.ok(looks.length > 0);
    assert.ok(looks.every(({ headers }) => headers["x-dashscope-async"] === undefined));
  });
});
