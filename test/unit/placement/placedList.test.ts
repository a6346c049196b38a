import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "../../../src/model/job.ts";
import { type PlacedEntry, PlacedList, placedEntry } from "../../../src/placement/placedList.ts";

const entry = (n: number, other: Partial<PlacedEntry> = {}): PlacedEntry => ({
  id: `job/${n}`,
  uri: `file:///site/assets/fox-${n}.png`,
  sha256: String(n),
  kind: "image",
  type: "image/png",
  bytes: 10,
  vendor: "placeholder",
  model: "placeholder",
  operation: "text-to-image",
  state: "placed",
  at: n,
  ...other,
});

describe("the list of what was placed", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-placed-"));
    path = join(folder, "deep", "placed.jsonl");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const reread = () => new PlacedList(path).all();

  it("is there again after a restart, without what was undone", async () => {
    const list = new PlacedList(path);
    for (const n of [1, 2, 3]) await list.add(entry(n));
    await list.remove("job/2");
    assert.deepEqual(await reread(), [entry(1), entry(3)]);
    assert.deepEqual(await list.all(), await reread());
  });

  it("holds what two windows write at once", async () => {
    const [one, two] = [new PlacedList(path), new PlacedList(path)];
    await Promise.all([one.add(entry(1)), two.add(entry(2)), one.add(entry(3))]);
    assert.deepEqual((await reread()).map(({ id }) => id).sort(), ["job/1", "job/2", "job/3"]);
  });

  it("follows files and folders that are renamed, and nothing whose name only begins alike", async () => {
    const list = new PlacedList(path);
    await list.add(entry(1));
    await list.add(entry(2, { uri: "file:///site/assets-old/fox.png" }));
    await list.moved([{ from: "file:///site/assets", to: "file:///site/img" }]);
    assert.deepEqual((await reread()).map(({ uri }) => uri).sort(), [
      "file:///site/assets-old/fox.png",
      "file:///site/img/fox-1.png",
    ]);
  });

  it("is empty when it is forgotten, on disk too (P-14)", async () => {
    const list = new PlacedList(path);
    await list.add(entry(1));
    await list.clear();
    assert.deepEqual(await list.all(), []);
    await assert.rejects(readFile(path), { code: "ENOENT" });
  });

  it("reads past lines that are cut off or none of ours", async () => {
    const list = new PlacedList(path);
    await list.add(entry(1));
    await appendFile(path, '{"id":"job/9","uri":\nnonsense\n{"id":"job/8","operation":"constructor"}\n');
    await new PlacedList(path).add(entry(2));
    assert.deepEqual(await reread(), [entry(1), entry(2)]);
  });

  it("does not grow for ever where much is placed and undone", async () => {
    const list = new PlacedList(path);
    for (let n = 0; n < 120; n++) {
      await list.add(entry(n));
      await list.remove(`job/${n}`);
    }
    await reread();
    assert.ok((await readFile(path, "utf8")).length < 10);
  });

  it("tells of each change", async () => {
    const list = new PlacedList(path);
    let told = 0;
    list.onDidChange(() => told++);
    await list.add(entry(1));
    await list.remove("job/7");
    await list.clear();
    assert.equal(told, 2);
  });

  it("holds no word of the user's (P-14)", () => {
    const job = {
      id: "job",
      request: {
        operation: "text-to-image",
        vendor: "placeholder",
        model: "m",
        prompt: "canary",
        inputs: [{ role: "source", name: "canary", source: { kind: "link", url: "https://canary" } }],
        options: { negative: "canary", seed: 3 },
      },
      texts: ["canary"],
      warnings: [{ code: "canary" }],
    } as unknown as Job;
    const asset = {
      id: "a",
      state: "placed",
      landed: { uri: "file:///site/fox.png", at: 1 },
      sha256: "0",
      kind: "image",
      type: "image/png",
      bytes: 1,
      alt: "canary",
      facts: { seed: 3, description: "canary", name: "canary", link: "https://canary" },
    } as unknown as Job["assets"][number];
    assert.ok(!JSON.stringify(placedEntry(job, asset)).includes("canary"));
    assert.equal(placedEntry(job, asset)?.seed, 3);
  });
});
