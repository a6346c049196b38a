import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Thumbnails } from "../../../src/assets/thumbnails.ts";

describe("the store of thumbnails", () => {
  let folder: string;
  let now = 1;
  const open = (maxBytes: number) => new Thumbnails(folder, maxBytes, () => now++);
  const hash = (n: number) => n.toString(16).padStart(64, "0");
  const bytes = new Uint8Array(100);
  const put = (store: Thumbnails, n: number, owner?: string) => store.put(hash(n), "webp", bytes, owner);
  const kept = async () =>
    (await readdir(folder)).map((name) => Number.parseInt(name.slice(0, 64), 16)).sort();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "easel-thumbnails-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("finds by content what was put into it, also after a restart, and keeps it once", async () => {
    const path = await put(open(1000), 1);
    const store = open(1000);
    assert.deepEqual(await store.paths([hash(1), hash(2)]), new Map([[hash(1), path]]));
    assert.equal(await store.put(hash(1), "png", new Uint8Array(7)), path);
    assert.deepEqual(await kept(), [1]);
  });

  it("lets go of what was not used for the longest when it is full", async () => {
    const store = open(500);
    for (const n of [1, 2, 3, 4, 5]) await put(store, n);
    await store.paths([hash(1)]);
    await put(store, 6);
    assert.deepEqual(await kept(), [1, 4, 5, 6]);
  });

  it("knows after a restart what was not used for the longest, and does without what someone else removed", async () => {
    const store = open(500);
    for (const n of [1, 2, 3, 4, 5]) await put(store, n);
    const times = [3, 1, 2, 5, 4];
    for (const [at, name] of (await readdir(folder)).sort().entries())
      await utimes(join(folder, name), times[at] ?? 0, times[at] ?? 0);
    await rm(join(folder, `${hash(4)}.webp`));
    now = 10_000;
    const again = open(500);
    await again.paths([hash(3)]);
    await put(again, 6);
    await put(again, 7);
    assert.deepEqual(await kept(), [3, 5, 6, 7]);
  });

  it("lets go of nothing that still has to be decided on, however full it is", async () => {
    const store = open(300);
    for (const n of [1, 2, 3, 4, 5]) await put(store, n, "job-1");
    await put(store, 6);
    assert.deepEqual(await kept(), [1, 2, 3, 4, 5]);
    await store.landed(hash(2));
    assert.deepEqual(await kept(), [1, 3, 4, 5]);
    await store.clear();
    assert.deepEqual(await kept(), [1, 3, 4, 5], "clearing leaves what waits");
  });

  it("drops the thumbnails of jobs that are gone, also after a restart (P-13)", async () => {
    const store = open(1000);
    await put(store, 1, "open");
    await put(store, 2, "gone");
    await put(store, 3);
    await open(1000).sweep((owner) => owner === "open");
    assert.deepEqual(await kept(), [1, 3]);
  });

  it("forgets what was placed when it is told to, on disk too (P-14)", async () => {
    const store = open(1000);
    await put(store, 1);
    await put(store, 2, "job");
    await store.clear();
    assert.deepEqual(await kept(), [2]);
    assert.equal((await open(1000).paths([hash(1)])).size, 0);
  });

  it("keeps what has landed when its job goes", async () => {
    const store = open(1000);
    await put(store, 1, "job");
    await store.landed(hash(1));
    await store.sweep(() => false);
    assert.deepEqual(await kept(), [1]);
    assert.equal((await store.paths([hash(1)])).size, 1);
  });
});
