import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Easel } from "./easel.ts";
import { extensionHosts } from "./support/extensionHosts.ts";
import { LedgerFolder } from "./support/ledgerFolder.ts";
import { useWorkbench, Workbench } from "./workbench.ts";

/** Ends a window's extension host, which may end by itself at any moment. */
async function endHost(userDataDir: string, pid: number): Promise<void> {
  if (!(await extensionHosts(userDataDir)).includes(pid)) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

describe("two windows on one ledger", function () {
  if (process.platform !== "linux") return;
  this.timeout(180_000);
  const workbench = useWorkbench();
  const easel = () => new Easel(workbench());
  const looks = async () =>
    (await easel().requests()).filter(({ method, path }) => method === "GET" && /\/tasks\/[^/]+$/.test(path));

  it("a clip asked for in a window that is gone is finished by the other, paid once, and offered where its folder is open", async () => {
    const { session } = workbench();
    // Here a window knows only the keys that were there when it was opened.
    await easel().setSeedreamKey(session.simulator.ready.seedream.apiKey);
    const first = await workbench().until("the first window has its host", async () => {
      const [pid] = await extensionHosts(session.userDataDir);
      return pid;
    });
    // Another folder, and so another workspace; open before there is any job, and never asked for anything.
    const other = join(session.folder, "..", "other");
    await mkdir(other);
    const address = new URL(session.page.url());
    address.search = `?folder=${encodeURIComponent(other)}`;
    const page = await session.page.context().newPage();
    await page.goto(address.href);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    const hosts = await workbench().until("the second window has its host", async () => {
      const all = await extensionHosts(session.userDataDir);
      return all.length === 2 ? all : undefined;
    });
    await workbench().openFile("README.md");
    await workbench().runCommand("Easel: Generate Video");
    await easel().prompt("A ferry leaves [slow 25s]");
    await easel().send();
    await workbench().until("the task is looked at", async () => (await looks()).length > 0 || undefined);

    // The window first: it would start its host anew.
    await session.page.close();
    await endHost(session.userDataDir, first);

    const ledger = new LedgerFolder(session.userDataDir);
    await workbench().until(
      "the other window has the clip",
      async () => (await ledger.jobs())[0]?.state === "done" || undefined,
      90_000,
    );
    assert.deepEqual(
      await extensionHosts(session.userDataDir),
      hosts.filter((pid) => pid !== first),
    );
    assert.equal((await easel().charges()).length, 1);
    const downloads = (await easel().requests()).filter(({ path }) => path.endsWith(".mp4"));
    assert.equal(downloads.length, 1);
    const sheets = page.frames().filter((frame) => frame.url().includes("fake.html"));
    assert.deepEqual(sheets, [], "nothing opens by itself in a window of another folder");

    address.search = `?folder=${encodeURIComponent(session.folder)}`;
    const again = new Workbench({ ...session, page: await session.page.context().newPage() });
    await again.page.goto(address.href);
    const item = again.statusBarItem("1 waiting");
    await item.waitFor();
    await item.click();
    const review = await new Easel(again).review();
    assert.match(await review.line(), /a-ferry-leaves/);
  });
});
