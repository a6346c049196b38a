import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uploads } from "../../../src/studio/uploads.ts";

describe("what was pasted or dropped for a draft", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "easel-uploads-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("is kept once for the same bytes, is handed to a job, and goes with the window (P-12)", async () => {
    const uploads = new Uploads(root);
    const first = await uploads.add(new TextEncoder().encode("fox"), "png");
    const again = await uploads.add(new TextEncoder().encode("fox"), "png");
    assert.deepEqual(again, first);
    assert.match(first.file, /^inputs\/[0-9a-f]{64}\.png$/);
    const { file, open } = uploads.stream(first);
    const chunks = await Array.fromAsync(open());
    assert.deepEqual([file, Buffer.concat(chunks).toString()], [first.file, "fox"]);
    await uploads.dispose();
    assert.deepEqual(await readdir(root), []);
  });

  it("is removed by the next start where a window ended without doing so; that of another window stays (P-12)", async () => {
    // No process has this number; the parent of this one lives.
    await mkdir(join(root, "4194305-x"));
    await mkdir(join(root, `${process.ppid}-x`));
    const kept = await new Uploads(root).add(new Uint8Array([1]), "png");
    assert.equal((await readFile(kept.path)).length, 1);
    const names = (await readdir(root)).map((name) => Number.parseInt(name, 10)).sort();
    assert.deepEqual(names, [process.pid, process.ppid].sort());
  });
});
