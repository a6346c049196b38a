import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Easel } from "./easel.ts";
import { LedgerFolder } from "./support/ledgerFolder.ts";
import { useWorkbench } from "./workbench.ts";

/** Where the extension host is killed, and what holds after the next start. */
interface Moment {
  name: string;
  slug: string;
  /** What the killer beside Easel is told. */
  order: "placing" | "beforeLanded" | "landed";
  /** Whether the result has to be in the workspace afterwards; if not, it may be, or waits again. */
  mustLand: boolean;
}

const moments: readonly Moment[] = [
  { name: "right after the confirmation", slug: "a-quay-before", order: "placing", mustLand: false },
  {
    name: "after the edit, before it is written down",
    slug: "a-quay-between",
    order: "beforeLanded",
    mustLand: true,
  },
  { name: "while the job closes", slug: "a-quay-after", order: "landed", mustLand: true },
];

const orderFile = join(tmpdir(), `easel-kill-${randomUUID()}`);

describe("an extension host killed while a result is placed", function () {
  this.timeout(180_000);
  const workbench = useWorkbench({
    env: { EASEL_KILL_ORDER: orderFile },
    beside: [fileURLToPath(new URL("./support/killer", import.meta.url))],
  });
  after(() => rm(orderFile, { force: true }));
  const easel = () => new Easel(workbench());
  const ledger = () => new LedgerFolder(workbench().session.userDataDir);
  const assets = () => join(workbench().session.folder, "assets");
  const landedFiles = async (slug: string) =>
    (await readdir(assets()).catch(() => [])).filter((name) => name.startsWith(slug));

  const document = () => workbench().page.locator('.tab[data-resource-name="README.md"]').first();

  /** Waits until the document has a line; the sheet may have the focus. */
  async function documentHas(line: string): Promise<void> {
    await document().click();
    await workbench().editorTextWith(line);
  }

  /** Saves the document, in whichever group the focus is. A sheet that takes the focus takes the key: a person presses again. */
  async function save(): Promise<void> {
    const saved = workbench().page.locator('.tab[data-resource-name="README.md"]:not(.dirty)').first();
    await workbench().until("the document is saved", async () => {
      await document().click();
      await workbench().page.keyboard.press("ControlOrMeta+S");
      return saved.waitFor({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  for (const { name, slug, order, mustLand } of moments) {
    it(`${name}: ${mustLand ? "placed once" : "waits again, or is placed once"}, and nothing is left half done`, async () => {
      const prompt = slug.replaceAll("-", " ");
      // A window that was reloaded may have brought back a copy of what was saved by then.
      await workbench().runCommand("File: Save All");
      await workbench().runCommand("View: Close All Editors");
      await workbench().openFile("README.md");
      await workbench().page.keyboard.press("ControlOrMeta+End");
      await workbench().type("\n\n");
      await save();
      await workbench().runCommand("Easel: Generate Image");
      await easel().prompt(prompt);
      await easel().send();
      const review = await easel().review();
      const line = await review.line();
      await review.focused();

      const [job] = await ledger().jobs();
      assert.ok(job);
      const folder = join(ledger().root, job.id);
      const picture = readFileSync(join(folder, job.assets[0]?.file ?? ""));
      const target = join(assets(), `${slug}.png`);
      await writeFile(orderFile, order);
      await review.press("Enter");
      await workbench().until("the extension host is killed", async () =>
        existsSync(orderFile) ? undefined : true,
      );
      const [left] = (await ledger().jobs()).filter(({ id }) => id === job.id);
      if (name !== "while the job closes") assert.equal(left?.assets[0]?.state, "waiting", "killed in time");
      // The edit is the editor's: once it has it, it carries it out whole, whatever becomes of the extension host.
      const landed = await landedFiles(slug);
      if (mustLand) assert.deepEqual(landed, [`${slug}.png`]);
      const lands = landed.length > 0;

      if (lands) await documentHas(line);
      await save();
      await workbench().reload();

      if (!lands) {
        const item = workbench().statusBarItem("1 waiting");
        await item.waitFor();
        await item.click();
        const again = await easel().review();
        assert.equal(await again.line(), line);
        await again.focused();
        await again.press("Enter");
        await documentHas(line);
        await save();
      }
      await workbench().until("the job has closed", async () =>
        (await ledger().jobs()).some(({ id }) => id === job.id) ? undefined : true,
      );
      await workbench().statusBarItem("waiting").waitFor({ state: "detached" });
      assert.deepEqual(await landedFiles(slug), [`${slug}.png`]);
      assert.ok((await readFile(target)).equals(picture), "the whole picture, and no other");
      const text = await readFile(join(workbench().session.folder, "README.md"), "utf8");
      assert.equal(text.split(line).length - 1, 1, "the line is there once");
    });
  }
});
