import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("Animo in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("from the first need of a key to the placed video, charged once; the endpoint is a secret (P-06)", async () => {
    const { endpoint, apiKey } = workbench().session.simulator.ready.animo;
    const whole = `${endpoint}?sig=endpoint-rights-canary`;
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Generate Video");
    await easel().prompt("A paper boat on a pond");
    await easel().choose("Vendor", "Animo");
    const { quickInput } = workbench();
    await quickInput.pick("Style");
    await quickInput.asking("How the video looks").waitFor();
    await quickInput.pick("Another");
    await quickInput.asking("How the video looks").waitFor({ state: "detached" });
    await quickInput.fill("woodcut");
    await quickInput.accept();
    await easel().confirmStep();
    await easel().send();
    await quickInput.answer("(1/2)", "http://animo.example/generate");
    await quickInput.fill(whole);
    await quickInput.accept();
    await quickInput.answer("(2/2)", apiKey);
    await insertReviewed(easel(), /a-paper-boat-on-a-pond\.mp4/);
    assert.deepEqual(
      (await easel().charges()).map(({ vendor }) => vendor),
      ["animo"],
    );
    const [asked] = (await easel().requests()).filter(({ method }) => method === "POST");
    assert.deepEqual(asked?.body, {
      prompt: "A paper boat on a pond",
      duration: 10,
      style: "woodcut",
      resolution: "1280x720",
    });
    assert.deepEqual(await readdir(join(workbench().session.folder, "assets")), [
      "a-paper-boat-on-a-pond.mp4",
    ]);
  });

  it("only the endpoint's host is shown when its key is removed", async () => {
    await workbench().runCommand("Easel: Remove API Key");
    const { quickInput } = workbench();
    const row = quickInput.row("Animo");
    await row.waitFor();
    const text = (await row.textContent()) ?? "";
    assert.ok(text.includes(new URL(workbench().session.simulator.ready.animo.endpoint).host), text);
    assert.doesNotMatch(text, /generate|canary/);
    await workbench().page.keyboard.press("Escape");
  });
});
