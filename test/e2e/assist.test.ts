import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("words about pictures, with an AI gateway", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  it("the key, once", async () => {
    await easel().setApiKey("Alibaba AI Gateway", workbench().session.simulator.ready.gateway.apiKey);
    await workbench().notification("is stored for");
  });

  it("Improve Prompt shows the difference; mine is kept, then the improved one is taken", async () => {
    const { quickInput, page } = workbench();
    await workbench().openFile("index.html");
    await workbench().runCommand("Easel: Generate Image");
    await quickInput.opened("(1/2)");
    for (const choice of ["Keep Mine", "Use the Improved Prompt"]) {
      await quickInput.fill("A paper lantern");
      await quickInput.widget.getByRole("button", { name: "Improve Prompt" }).click();
      await quickInput.asking("The difference is shown").waitFor();
      await page.locator(".monaco-diff-editor").waitFor();
      await quickInput.pick(choice);
      await quickInput.opened("(1/2)");
      await page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
      const prompt = await quickInput.input.inputValue();
      if (choice === "Keep Mine") assert.equal(prompt, "A paper lantern");
      else assert.notEqual(prompt, "A paper lantern");
    }
    await quickInput.cancel();
    const bodies = (await easel().requests()).map(({ path, body }) => [path, JSON.stringify(body)]);
    assert.equal(bodies.length, 2, "each press asks once");
    for (const [path, body] of bodies) {
      assert.match(path ?? "", /\/chat\/completions$/);
      assert.match(body ?? "", /A paper lantern/);
      assert.doesNotMatch(body ?? "", /Harbour Tea/, "nothing of the document goes along");
    }
  });

  it("Write Alt Text looks at the picture under the cursor, and writes once the text is confirmed", async () => {
    await easel().resetSimulator();
    const { quickInput } = workbench();
    await workbench().openFile("README.md");
    await workbench().goTo(5, 8);
    const before = await workbench().readFile("README.md");
    await workbench().runCommand("Easel: Write Alt Text");
    await quickInput.opened("Alt Text of harbour.jpg");
    assert.notEqual(await quickInput.input.inputValue(), "");
    await quickInput.fill("Boats at a [stone] quay");
    await quickInput.accept();
    await workbench().editorTextWith("![Boats at a \\[stone\\] quay](images/harbour.jpg)");
    assert.equal(await workbench().readFile("README.md"), before, "the file is the user's to save");
    await workbench().undo();
    await workbench().editorTextWith("![A harbour at dawn, with one sailing boat](images/harbour.jpg)");
    const [request] = await easel().requests();
    assert.match(JSON.stringify(request?.body), /data:image\/jpeg;base64,/);
  });

  it("Find Asset asks what may be kept, finds by words, opens and inserts; the index can be emptied (P-16)", async () => {
    await easel().resetSimulator();
    const { quickInput, page, session } = workbench();
    await workbench().runCommand("Easel: Find Asset");
    await quickInput.asking("What may the index").waitFor();
    assert.deepEqual(await easel().requests(), [], "nothing is sent before the choice");
    await quickInput.accept();
    await quickInput.asking("What does it show?").waitFor();
    await quickInput.fill("sailing boat at dawn");
    await quickInput.accept();
    await quickInput.asking("Best first").waitFor();
    await quickInput.row("harbour.jpg").first().waitFor();
    await quickInput.focusedRow("").first().waitFor();
    await quickInput.row("harbour.jpg").first().click();
    await quickInput.asking("What should be done with it?").waitFor();
    await quickInput.pick("Open");
    await workbench().tab("harbour.jpg").waitFor();
    const paths = (await easel().requests()).map(({ path }) => path.replace(/^.*\/v1/, ""));
    assert.ok(paths.filter((path) => path === "/embeddings").length >= 2, String(paths));

    const folder = join(session.userDataDir, "User/globalStorage");
    const own = (await readdir(folder)).find((name) => name.includes("easel")) ?? "";
    const [index] = await readdir(join(folder, own, "search"));
    assert.match(await readFile(join(folder, own, "search", index ?? ""), "utf8"), /sailing boat/);
    await workbench().runCommand("Easel: Find Asset");
    await quickInput.asking("What does it show?").waitFor();
    await quickInput.widget.getByRole("button", { name: "Empty the Index" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Empty It" }).click();
    await workbench().notification("The index is empty");
    assert.deepEqual(await readdir(join(folder, own, "search")), []);
  });
});
