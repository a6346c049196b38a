import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("fetching a task that was made elsewhere", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  /** Makes a clip at the vendor without Easel. */
  async function madeElsewhere(): Promise<string> {
    const { baseUrl, apiKey } = workbench().session.simulator.ready.seedream;
    const response = await fetch(`${baseUrl}/contents/generations/tasks`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: "doubao-seedance-2-0-260128",
        content: [{ type: "text", text: "A paper boat on a pond" }],
      }),
    });
    const { id } = (await response.json()) as { id: string };
    return id;
  }

  it("asks for vendor, id and key, refuses what is no id, and places the result; billed as it was made, once", async () => {
    const id = await madeElsewhere();
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    await workbench().runCommand("Easel: Fetch Task");
    const { quickInput } = workbench();
    await quickInput.asking("Whose task is it?").waitFor();
    await quickInput.pick("Seedream");
    await quickInput.asking("task id").waitFor();
    await quickInput.fill("../../v1/keys?x=");
    await quickInput.accept();
    await quickInput.message.filter({ hasText: "This is not a task id" }).waitFor();
    await quickInput.fill(id);
    await quickInput.accept();
    await quickInput.answer("API key of Seedream", workbench().session.simulator.ready.seedream.apiKey);
    const review = await easel().review();
    const line = await review.line();
    await review.focused();
    await review.press("Enter");
    await workbench().editorTextWith(line);
    await review.closed();
    assert.equal((await readdir(join(workbench().session.folder, "assets"))).length, 1);
    const posts = (await easel().requests()).filter(({ method }) => method === "POST");
    assert.equal(posts.length, 1, "only what was made without Easel");
    assert.equal((await easel().charges()).length, 1);
  });

  it("one that nobody knows is said to be unknown, and no job is left", async () => {
    await workbench().runCommand("Easel: Fetch Task");
    const { quickInput } = workbench();
    await quickInput.asking("Whose task is it?").waitFor();
    await quickInput.pick("Seedream");
    await quickInput.asking("task id").waitFor();
    await quickInput.fill("cgt-20261112100330-nobody");
    await quickInput.accept();
    await workbench().notification("does not have what was asked for");
  });
});
