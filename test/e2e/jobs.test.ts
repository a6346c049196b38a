import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { Easel } from "./easel.ts";
import { useWorkbench } from "./workbench.ts";

describe("the jobs view", () => {
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());

  /** Rows of the tree that hold a text. */
  const row = (text: string | RegExp): Locator =>
    workbench().page.locator(".part.sidebar .pane-body .monaco-list-row").filter({ hasText: text });
  const dialog = (): Locator => workbench().page.locator(".monaco-dialog-box");

  async function ask(prompt: string): Promise<void> {
    await workbench().openFile("README.md");
    await workbench().runCommand("Easel: Generate Image");
    await easel().prompt(prompt);
  }

  /** Takes an inline action of a row. */
  async function act(on: Locator, action: string): Promise<void> {
    await on.hover();
    await on.getByRole("button", { name: action }).click();
  }

  it("says that there is nothing, and leads to the first picture", async () => {
    await workbench().runCommand("Easel: Show Jobs");
    const welcome = workbench().page.locator(".welcome-view-content");
    await welcome.filter({ hasText: "Nothing is being made" }).waitFor();
    await welcome.getByRole("button", { name: "Generate Image…" }).click();
    await workbench().quickInput.opened("(1/2)");
    await workbench().quickInput.cancel();
  });

  it("shows a running job, and cancels it after the truth about the bill", async () => {
    await ask("A slow teapot [slow 80s]");
    await easel().choose("Vendor", "Seedream");
    await easel().send();
    const { quickInput } = workbench();
    await quickInput.answer("API key of Seedream", workbench().session.simulator.ready.seedream.apiKey);
    await workbench().runCommand("Easel: Show Jobs");
    const running = row("A slow teapot");
    await running.filter({ hasText: /sent · just now · .*Seedream/ }).waitFor();
    await act(running, "Cancel…");
    await dialog().filter({ hasText: "may still carry it out and bill it" }).waitFor();
    await dialog().getByRole("button", { name: "Go On Waiting" }).click();
    await dialog().waitFor({ state: "detached" });
    assert.equal(await running.count(), 1);
    await act(running, "Cancel…");
    await dialog().getByRole("button", { name: "Cancel the Request" }).click();
    await running.waitFor({ state: "detached" });
    await workbench().notification("may still carry it out and bill it");
  });

  it("shows a job in doubt with its three choices, and pays again only when told to", async () => {
    await easel().resetSimulator();
    const reset = { vendor: "seedream", method: "POST", kind: "reset", times: 1, params: { billed: true } };
    await easel().fault(reset);
    await ask("A harbour");
    await easel().send();
    await workbench().runCommand("Easel: Show Jobs");
    const doubted = row("A harbour").filter({ hasText: "outcome not known" });
    await doubted.waitFor();
    await row("It is not known whether").waitFor();
    await doubted.hover();
    const choices = await doubted
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.ariaLabel));
    assert.deepEqual(choices, ["Look Again", "Send Anew…", "Drop…"]);
    await act(doubted, "Send Anew…");
    await dialog().filter({ hasText: "both are billed" }).waitFor();
    await workbench().page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    assert.equal((await easel().charges()).length, 1);
    await act(doubted, "Drop…");
    await dialog().filter({ hasText: "it is billed all the same" }).waitFor();
    await dialog().getByRole("button", { name: "Drop" }).click();
    await doubted.waitFor({ state: "detached" });
    assert.equal((await easel().charges()).length, 1);
  });

  it("deletes a task at the vendor once that is confirmed, and says what came of it; what is here stays", async () => {
    await easel().resetSimulator();
    await workbench().openFile("README.md");
    await workbench().runCommand("Easel: Generate Video");
    await easel().prompt("A red tram");
    await easel().send();
    const review = await easel().review();
    await review.line();
    await review.focused();
    await review.press("Escape");
    await review.closed();
    const made = (await easel().requests()).find(({ path }) => /\/tasks\/[^/]+$/.test(path))?.path ?? "";
    const { apiKey, baseUrl } = workbench().session.simulator.ready.seedream;
    const headers = { authorization: `Bearer ${apiKey}` };
    const atVendor = async () => (await fetch(new URL(made, baseUrl), { headers })).status;
    assert.equal(await atVendor(), 200);
    await workbench().runCommand("Easel: Show Jobs");
    const job = row("A red tram").first();
    const erase = () => workbench().contextMenu(job, "Delete at the Vendor…");
    const deletions = async () =>
      (await easel().requests()).filter(({ method }) => method === "DELETE").length;

    await erase();
    await dialog().filter({ hasText: "gone for good" }).waitFor();
    await workbench().screenshot("jobs erase");
    await dialog().getByRole("button", { name: "Keep" }).click();
    await dialog().waitFor({ state: "detached" });
    assert.equal(await deletions(), 0, "nothing is deleted before it is confirmed");

    const confirm = async (told: string) => {
      await erase();
      await dialog().getByRole("button", { name: "Delete There" }).click();
      await workbench().notification(told);
    };
    await easel().fault({
      vendor: "seedream",
      method: "DELETE",
      kind: "status",
      times: 1,
      params: { status: 500 },
    });
    await confirm("Seedream did not delete the task");
    assert.equal(await atVendor(), 200);
    await confirm("Seedream has deleted the task");
    assert.equal(await atVendor(), 404);
    assert.equal(await deletions(), 2, "each confirmation asks once");
    await confirm("Seedream no longer had the task");
    assert.equal(await deletions(), 2);

    await workbench().statusBarItem("1 waiting").click();
    await (await easel().review()).line();
  });
});
