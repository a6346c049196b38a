import assert from "node:assert/strict";
import { Easel } from "./easel.ts";
import { insertReviewed } from "./placing.ts";
import { useWorkbench } from "./workbench.ts";

describe("speech behind an AI gateway in the workbench", () => {
  const workbench = useWorkbench({
    machineSettings: { "easel.gateway.baseUrl": "", "easel.gateway.nativeUrl": "" },
  });
  const easel = () => new Easel(workbench());

  it("from the gateway's address and key to the placed clip, charged once", async () => {
    const { baseUrl, apiKey } = workbench().session.simulator.ready.gateway;
    const { quickInput } = workbench();
    await workbench().runCommand("Easel: Set API Key");
    await quickInput.asking("Whose key").waitFor();
    await quickInput.pick("Alibaba AI Gateway");
    await quickInput.answer("Address of Alibaba AI Gateway", baseUrl);
    await quickInput.answer("API key of Alibaba AI Gateway", apiKey);
    const stored = await workbench().notification("The key of Alibaba AI Gateway is stored");
    await stored.getByRole("button", { name: "Test It" }).click();
    await workbench().notification("Alibaba AI Gateway accepts the key");

    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Generate Speech");
    await easel().prompt("Welcome aboard");
    await easel().choose("Vendor", "Alibaba AI Gateway");
    await easel().send();
    await insertReviewed(easel(), /\(assets\/welcome-aboard\.wav\)/);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor, model }) => [vendor, model]),
      [["gateway", "qwen3-tts-flash"]],
    );
    const posts = (await easel().requests()).filter(({ method }) => method === "POST");
    assert.deepEqual(
      posts.map(({ path, headers }) => [path, headers.authorization]),
      [["/api/v1/services/aigc/multimodal-generation/generation", `Bearer ${apiKey}`]],
    );
  });

  it("and back to words: the clip is transcribed, read in the review and placed", async () => {
    await easel().resetSimulator();
    const { quickInput } = workbench();
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Transcribe");
    await quickInput.asking("which one?").waitFor();
    await quickInput.pick("welcome-aboard.wav");
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    const line = await review.line();
    assert.match(line, /\.txt\)/);
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    const charges = await easel().charges();
    assert.deepEqual(
      charges.map(({ vendor, model }) => [vendor, model]),
      [["gateway", "qwen3-asr-flash"]],
    );
  });
});
