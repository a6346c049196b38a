import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { scratch } from "../../scripts/lib/scratch.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { Easel } from "./easel.ts";
import { openSession } from "./session.ts";
import { StudioPage } from "./studioPage.ts";
import { documentsOf, entriesWith, filesWith, Screen, storageOf, witnessed } from "./support/witness.ts";
import { Workbench } from "./workbench.ts";

/** Words that nothing else has: at the very start of a prompt, where titles and names are made from. */
const canary = {
  unsent: "unsentcanary7d20",
  placed: "placedcanary51ce",
  sent: "sentcanary83b6",
  doubted: "doubtedcanary0f4a",
  line: "linecanary2e91",
  file: "filecanary6c38",
  improved: "improvedcanary9b27",
  looked: "lookedcanary4e60",
  drafted: "draftedcanary1ac5",
};
const ledger = /^User\/globalStorage\/[^/]+\/jobs\/[^/]+\/job\.json$/;

describe("a tour with canaries", () => {
  let workbench: Workbench;
  let folder: Awaited<ReturnType<typeof scratch>>;
  let connections: string;
  let temporary: string;
  let picture: Buffer;
  const screen = new Screen();
  const easel = () => new Easel(workbench);
  const key = () => workbench.session.simulator.ready.seedream.apiKey;
  const gatewayKey = () => workbench.session.simulator.ready.gateway.apiKey;
  const row = (text: string): Locator =>
    workbench.page.locator(".part.sidebar .pane-body .monaco-list-row").filter({ hasText: text });
  /** Addresses the extension host has opened connections to. */
  const reached = async () =>
    new Set((await readFile(connections, "utf8").catch(() => "")).split("\n").filter(Boolean));
  /** Everything the editor and the extension have written, searched. */
  const onDisk = async (wanted: string | Buffer) => [
    ...(await filesWith(workbench.session.userDataDir, wanted)),
    ...(await filesWith(temporary, wanted)).map((path) => `tmp/${path}`),
  ];
  const ask = async (prompt: string) => {
    await workbench.openFile("README.md");
    await workbench.page.keyboard.press("ControlOrMeta+End");
    await workbench.runCommand("Easel: Generate Image");
    await easel().prompt(prompt);
  };
  /** Leaves the window, reads what it has kept, and comes back. */
  const storageAtRest = async () => {
    const { page } = workbench;
    const url = page.url();
    await page.goto(`${new URL(url).origin}/healthz`);
    const storage = await storageOf(page);
    // At its most verbose level the editor itself writes down what any tree view shows, as PRIVACY.md says.
    for (const [entry, text] of storage) {
      if (entry.endsWith("/window.log"))
        storage.set(entry, text.replaceAll(/^.*MainThreadTreeViews#.*$/gm, ""));
    }
    await page.goto(url);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    return storage;
  };

  before(async () => {
    folder = await scratch();
    const { options, ...witness } = await witnessed(folder.path);
    ({ connections, temporary } = witness);
    workbench = new Workbench(await openSession(options));
    await appendFile(join(workbench.session.folder, "README.md"), `\n${canary.line}\n`);
    picture = encodePicture({ width: 600, height: 600, format: "png", seed: "canary", index: 0 });
    await writeFile(join(workbench.session.folder, `${canary.file}.png`), picture);
    await screen.watch(workbench.page);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === "failed") await workbench?.screenshot(test.fullTitle());
  });
  after(async () => {
    await workbench?.session.close();
    await folder[Symbol.asyncDispose]();
  });

  it("the editor starts, Easel is loaded and looks at its jobs: nothing is contacted (P-20)", async () => {
    await workbench.runCommand("Easel: Show Jobs");
    await workbench.page
      .locator(".welcome-view-content")
      .filter({ hasText: "Nothing is being made" })
      .waitFor();
    assert.deepEqual([...(await reached())], ["watching"]);
  });

  it("while a job is open its words are in the ledger and nowhere else, and a prompt that was not sent is nowhere (P-10, P-17)", async () => {
    await ask(canary.unsent);
    await workbench.quickInput.cancel();
    await workbench.quickInput.closed();
    await ask(`${canary.placed} at dawn`);
    await easel().send();
    await (await easel().review()).line();
    assert.ok(
      screen.messages.some((message) => message.includes(canary.placed)),
      "messages to webviews are seen",
    );
    const storage = await storageAtRest();
    const found = await onDisk(canary.placed);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0] ?? "", ledger);
    assert.equal((await onDisk(canary.line)).filter((path) => ledger.test(path)).length, 1);
    assert.deepEqual(entriesWith(storage, canary.placed), []);
    assert.deepEqual(await onDisk(canary.unsent), []);
    assert.deepEqual(entriesWith(storage, canary.unsent), []);
  });

  it("a result is placed under other words than the prompt's", async () => {
    await workbench.statusBarItem("1 waiting").click();
    const review = await easel().review();
    await review.frame.locator("#alt").fill("A harbour");
    await review.frame.locator("#file-name").fill("harbour-at-dawn");
    await review.frame.locator(".preview code", { hasText: "harbour-at-dawn.png" }).waitFor();
    await review.frame.locator(".button.insert").click();
    await workbench.editorTextWith("![A harbour](assets/harbour-at-dawn.png)");
    await review.closed();
  });

  it("Placeholder contacts nobody (P-02, P-20)", async () =>
    assert.deepEqual([...(await reached())], ["watching"]));

  it("a vendor's key, a file and a prompt go to the vendor, and only there (P-02, P-19)", async () => {
    await workbench.runCommand("View: Show Explorer");
    await easel().setSeedreamKey(key());
    await workbench.notification("is stored for");
    await workbench.contextMenu(workbench.explorerItem(`${canary.file}.png`), "Image to Image…");
    await easel().prompt(`${canary.sent} in winter`);
    await easel().send();
    const review = await easel().review();
    await review.frame.locator(".button.discard").click();
    await review.frame.locator(".button.undo").waitFor();
    await review.focused();
    await review.press("Escape");
    await review.closed();
    const requests = await easel().requests();
    const hosts = new Set(requests.map(({ headers }) => headers.host));
    assert.deepEqual([...(await reached())].sort(), [...hosts, "watching"].sort());
    assert.equal(hosts.size, 2, "the vendor, and where its results are");
    const withKey = requests.filter((request) => JSON.stringify(request).includes(key()));
    assert.deepEqual(
      [...new Set(withKey.map(({ headers }) => headers.host))],
      [new URL(workbench.session.simulator.ready.seedream.baseUrl).host],
    );
  });

  it("what is improved, described, looked for or drafted goes to the gateway or nowhere, and is kept nowhere (P-02, P-16, P-17)", async () => {
    const { quickInput, page, session } = workbench;
    await easel().resetSimulator();
    await workbench.runCommand("Easel: Set API Key");
    await quickInput.asking("Whose key").waitFor();
    await quickInput.pick("Alibaba AI Gateway");
    await quickInput.opened("API key of Alibaba AI Gateway");
    await quickInput.fill(gatewayKey());
    await quickInput.accept();
    await workbench.notification("is stored for");

    await workbench.openFile("README.md");
    await workbench.runCommand("Easel: Generate Image");
    await quickInput.opened("(1/2)");
    await quickInput.fill(`${canary.improved} harbour`);
    await quickInput.widget.getByRole("button", { name: "Improve Prompt" }).click();
    await quickInput.asking("The difference is shown").waitFor();
    await quickInput.pick("Keep Mine");
    await quickInput.opened("(1/2)");
    await quickInput.cancel();
    await quickInput.closed();

    await workbench.goTo(5, 8);
    await workbench.runCommand("Easel: Write Alt Text");
    await quickInput.opened("Alt Text of harbour.jpg");
    await quickInput.cancel();
    await quickInput.closed();

    await workbench.runCommand("Easel: Find Asset");
    await quickInput.asking("What may the index").waitFor();
    await quickInput.accept();
    await quickInput.asking("What does it show?").waitFor();
    await quickInput.fill(`${canary.looked} at dawn`);
    await quickInput.accept();
    await quickInput.asking("Best first").waitFor();
    await quickInput.cancel();
    await quickInput.closed();
    const requests = await easel().requests();
    for (const words of [canary.improved, canary.looked])
      assert.ok(JSON.stringify(requests).includes(words), words);
    const { host } = new URL(session.simulator.ready.gateway.baseUrl);
    assert.deepEqual([...new Set(requests.map(({ headers }) => headers.host))], [host]);
    const index = await filesWith(session.userDataDir, "sailing boat");
    assert.ok(
      index.some((path) => /\/search\//.test(path)),
      `what the index holds is seen on disk: ${index}`,
    );
    await workbench.runCommand("Easel: Find Asset");
    await quickInput.asking("What does it show?").waitFor();
    await quickInput.widget.getByRole("button", { name: "Empty the Index" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Empty It" }).click();
    await workbench.notification("The index is empty");

    const studio = new StudioPage(workbench);
    await studio.open();
    await studio.prompt(`${canary.drafted} harbour`);
    await workbench.openFile("README.md");
  });

  it("a job in doubt keeps its words until it is dropped (P-10, P-11)", async () => {
    await easel().fault({
      vendor: "seedream",
      method: "POST",
      kind: "reset",
      times: 1,
      params: { billed: true },
    });
    await ask(`${canary.doubted} harbour`);
    await easel().choose("Vendor", "Seedream");
    await easel().send();
    await workbench.runCommand("Easel: Show Jobs");
    const doubted = row(canary.doubted).filter({ hasText: "outcome not known" });
    await doubted.waitFor();
    const found = await onDisk(canary.doubted);
    assert.deepEqual(
      found.filter((path) => !ledger.test(path)),
      [],
    );
    assert.equal(found.length, 1);
    await doubted.hover();
    await doubted.getByRole("button", { name: "Drop…" }).click();
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Drop" }).click();
    await doubted.waitFor({ state: "detached" });
  });

  it("no message to a webview, no document and no line of the console ever had the key (P-07)", async () => {
    assert.ok(screen.messages.length > 0 && screen.lines.length > 0);
    const documents = await documentsOf(workbench.page);
    for (const secret of [key(), gatewayKey()]) {
      for (const text of [...screen.messages, ...screen.lines]) assert.ok(!text.includes(secret), text);
      assert.ok(!documents.includes(secret));
    }
  });

  it("when all jobs are closed, prompts and inputs are nowhere, and the key only in the secret storage (P-05, P-11, P-12, P-13, P-14, P-23)", async () => {
    const storage = await storageAtRest();
    assert.ok(
      entriesWith(storage, "harbour-at-dawn.png").length > 0,
      "the record of what was placed is seen in the editor's storage",
    );
    assert.ok(
      (storage.get("local/secrets.provider") ?? "").length > 2,
      "a key is stored, where it should be",
    );
    const { unsent, placed, sent, doubted, improved, looked, drafted } = canary;
    const wanted = [unsent, placed, sent, doubted, improved, looked, drafted];
    for (const words of wanted) {
      assert.deepEqual(await onDisk(words), [], words);
      assert.deepEqual(entriesWith(storage, words), [], words);
    }
    const middle = Math.floor(picture.length / 6) * 3;
    assert.deepEqual(await onDisk(picture.subarray(middle, middle + 60)), []);
    const own = (paths: readonly string[]) => paths.filter((path) => /easel/i.test(path));
    assert.deepEqual(own(await onDisk(canary.line)), []);
    assert.deepEqual(own(await onDisk(canary.file)), []);
    for (const secret of [key(), gatewayKey()]) {
      assert.deepEqual(await onDisk(secret), []);
      // The secret storage keeps it encrypted, so not even there.
      assert.deepEqual(entriesWith(storage, secret), []);
    }
  });

  it("the log that was searched says what happened", async () => {
    const logs = await filesWith(join(workbench.session.userDataDir, "logs"), "ambiguous");
    assert.ok(
      logs.some((path) => path.includes("Easel")),
      `the failure is in Easel's log: ${logs}`,
    );
  });
});
