import assert from "node:assert/strict";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("a vendor's library in the workbench", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  /** Entries of the context menu of a file that are Easel's. */
  async function entriesOn(file: string): Promise<string[]> {
    const { page } = workbench();
    const menu = await workbench().openMenu(workbench().explorerItem(file));
    const entries = await menu.getByRole("menuitem").allInnerTexts();
    await workbench().until("the menu is closed", async () => {
      await page.keyboard.press("Escape");
      const closed = menu.waitFor({ state: "hidden", timeout: 2000 });
      return closed.then(
        () => true,
        () => undefined,
      );
    });
    const own = ["Image to Image…", "Image to Video…", "Edit Image…", "Create Element…", "Animate Portrait…"];
    return own.filter((each) => entries.some((entry) => entry.includes(each)));
  }

  it("without a key the menu of a picture has only what Placeholder can do; with one, what its vendor can", async () => {
    await workbench().explorerItem("images").click();
    await workbench().explorerItem("teapot.png").waitFor();
    assert.deepEqual(await entriesOn("teapot.png"), []);
    await workbench().runCommand("Easel: Set API Key");
    const { quickInput } = workbench();
    await quickInput.asking("Whose key").waitFor();
    await quickInput.pick("Kling");
    await quickInput.asking("Which kind of key").waitFor();
    await quickInput.pick("API key");
    await quickInput.answer("API key of Kling", workbench().session.simulator.ready.kling.apiKey);
    await workbench().notification("is stored for");
    await workbench().until("the menu follows the key", async () => {
      const entries = await entriesOn("teapot.png");
      return entries.length === 5 ? true : undefined;
    });
    await workbench().reload();
    await workbench().explorerItem("teapot.png").waitFor();
    await workbench().until("the menu has it again, before anything is loaded", async () => {
      const entries = await entriesOn("teapot.png");
      return entries.length === 5 ? true : undefined;
    });
  });

  it("an element is created from pictures", async () => {
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Create Element…");
    const { quickInput } = workbench();
    await quickInput.asking("What should it be made from?").waitFor();
    await quickInput.pick("Element from Pictures");
    await quickInput.asking("Reference Pictures").waitFor();
    await quickInput.pick("teapot.png");
    await quickInput.asking("Who or what is it").waitFor();
    await quickInput.fill("a harbour in the evening");
    await quickInput.accept();
    await quickInput.asking("Enter sends").waitFor();
    await quickInput.pick("Name");
    await quickInput.answer("at most 20 characters", "Harbour");
    await quickInput.asking("Enter sends").waitFor();
    await quickInput.fill("");
    await quickInput.focusedRow("Create the Element").waitFor();
    await quickInput.accept();
    await workbench().notification("Harbour is in the library of Kling");
    const [created] = (await easel().requests()).filter(
      ({ method, path }) => method === "POST" && path.endsWith("/advanced-custom-elements"),
    );
    assert.partialDeepStrictEqual(created?.body, {
      element_name: "Harbour",
      element_description: "a harbour in the evening",
    });
  });

  it("a button of the prompt step names it, and the request has it", async () => {
    await workbench().openFile("README.md");
    await workbench().page.keyboard.press("ControlOrMeta+End");
    const { quickInput } = workbench();
    await workbench().contextMenu(workbench().explorerItem("harbour.jpg"), "Image to Video…");
    await quickInput.asking("What should it show?").waitFor();
    await quickInput.fill("Boats around");
    await workbench().page.getByRole("button", { name: "Name an Element of the Library" }).click();
    await quickInput.asking("Which one does the prompt name?").waitFor();
    await quickInput.pick("Harbour");
    await quickInput.asking("What should it show?").waitFor();
    assert.equal(await quickInput.input.inputValue(), "Boats around @Harbour");
    await quickInput.accept();
    await easel().confirmStep();
    await easel().send();
    const review = await easel().review();
    await review.line();
    const asked = (await easel().requests()).filter(({ method }) => method === "POST").at(-1);
    assert.match(JSON.stringify(asked?.body), /@element_1/);
    await review.focused();
    await review.press("Escape");
    await review.closed();
  });

  it("Manage Elements inserts a name, and removes what is one's own after asking", async () => {
    await workbench().runCommand("Easel: Manage Elements");
    const { quickInput, page } = workbench();
    await quickInput.asking("The library of Kling").waitFor();
    await quickInput.pick("Harbour");
    await quickInput.asking("Harbour").waitFor();
    await quickInput.pick("Insert @Harbour at the Cursor");
    await workbench().editorTextWith("@Harbour");
    await workbench().runCommand("Easel: Manage Elements");
    await quickInput.asking("The library of Kling").waitFor();
    await quickInput.pick("Harbour");
    await quickInput.asking("Harbour").waitFor();
    await quickInput.pick("Remove…");
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await quickInput.asking("The library of Kling").waitFor();
    await quickInput.row("Mia").waitFor();
    assert.deepEqual(
      (await quickInput.rows()).filter((label) => label.includes("Harbour")),
      [],
    );
    await quickInput.cancel();
    const removed = (await easel().requests()).filter(({ path }) => path.endsWith("/delete-elements"));
    assert.equal(removed.length, 1);
  });
});
