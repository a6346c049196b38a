import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClaims } from "../../../src/jobs/claims.ts";
import { createWishes } from "../../../src/jobs/wishes.ts";
import { realClock } from "../../../src/net/clock.ts";
import { Bench, bytes, from, newJob, png, request, until, vendor } from "./support.ts";

const day = 86_400_000;

/** Names of the files in a folder and below it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Makes all files in a folder look as old as this. */
async function age(folder: string, ms: number): Promise<void> {
  const then = new Date(Date.now() - ms);
  for (const name of await readdir(folder)) await utimes(join(folder, name), then, then);
}

describe("what is left beside the jobs", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("of a task is a fingerprint that says nothing of it, for a month (P-11)", async () => {
    const folder = join(await bench.root(), ".claims");
    const claims = createClaims(folder);
    assert.ok(await claims.take("kling task-canary-1", "j1"));
    const [name = ""] = await readdir(folder);
    assert.match(name, /^[0-9a-f]{64}$/);
    assert.equal(await readFile(join(folder, name), "utf8"), "j1");
    for (const form of ["utf8", "base64", "base64url", "hex"] as const) {
      const text = Buffer.from("task-canary-1").toString(form);
      assert.ok(!name.includes(text.replaceAll("=", "")), name);
    }
    await age(folder, 29 * day);
    await claims.sweep(Date.now());
    assert.equal(await claims.isFree("kling task-canary-1", "j2"), false);
    await age(folder, 31 * day);
    await claims.sweep(Date.now());
    assert.deepEqual(await readdir(folder), []);
  });

  const wishesIn = (folder: string) =>
    createWishes({ folder, clock: realClock, patienceMs: 100, ring: () => undefined });
  const wish = {
    act: "tell" as const,
    happenings: [{ type: "noted" as const, asset: "0", note: { alt: "canary" } }],
  };

  it("of what one window asked of another is nothing once it was read, or once nobody did (P-11)", async () => {
    const folder = join(await bench.root(), ".wishes");
    const wishes = wishesIn(folder);
    let isOver = false;
    const asked = wishes
      .ask("j1", wish, async () => false)
      .finally(() => {
        isOver = true;
      });
    const granted: unknown[] = [];
    while (!isOver) {
      await wishes.heed(
        () => true,
        async (_job, heard) => {
          granted.push(heard);
          return {};
        },
      );
      await realClock.sleep(5);
    }
    await asked;
    assert.deepEqual(granted, [wish]);
    assert.deepEqual(await readdir(folder), []);
    await assert.rejects(
      wishes.ask("j1", wish, async () => false),
      { reason: "busy" },
    );
    assert.deepEqual(await readdir(folder), []);
  });

  it("of a window that died while it asked is nothing after the next start (P-11)", async () => {
    const root = await bench.root();
    const folder = join(root, ".wishes");
    await mkdir(folder, { recursive: true });
    for (const end of ["wish", "taken", "answer", "wish.draft"])
      await writeFile(join(folder, `j1.0.${end}`), JSON.stringify(wish));
    await age(folder, day);
    await bench.jobs(root, vendor({})).resume();
    assert.deepEqual(await readdir(folder), []);
  });

  it("of what was pasted is a copy in its job's folder alone, and nothing once it has closed (P-12)", async () => {
    const root = await bench.root();
    const made = vendor({
      async *start() {
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(root, made);
    const stagedInputs = [{ file: "inputs/pasted.png", open: () => bytes(png(2)) }];
    const { id } = await jobs.start(request, { ...from, stagedInputs });
    await until(jobs, id, (job) => job?.state === "done");
    const entries = await readdir(root, { recursive: true });
    assert.deepEqual(
      entries.filter((name) => name.endsWith("pasted.png")),
      [join(id, "inputs", "pasted.png")],
    );
    await jobs.decide(id, "0", { state: "saved", landed: { uri: "file:///site/a.png", at: 1 } });
    assert.ok((await filesIn(root)).every((name) => !name.endsWith(".png")));
  });

  it("of a job with a discarded result is that result, and no input, poster or half a download (P-11, P-12, P-13)", async () => {
    const root = await bench.root();
    const asset = {
      id: "0",
      index: 0,
      state: "waiting" as const,
      file: "assets/0.png",
      kind: "image" as const,
      type: "image/png",
      extension: "png",
      bytes: 1,
      sha256: "0",
      poster: "0.poster.png",
      facts: {},
    };
    const source = { kind: "staged" as const, file: "inputs/pasted.png", sha256: "1", bytes: 1 };
    const inputs = [{ role: "reference" as const, name: "pasted.png", source }];
    const files = {
      "assets/0.png": png(),
      "assets/0.poster.png": png(1),
      "inputs/pasted.png": png(2),
      "incoming/n/1.bin.part": png(3),
      "incoming/n/1.bin.part.json": Buffer.from('{"url":"https://canary.example"}'),
    };
    await bench.write(
      root,
      newJob({ state: "done", request: { ...request, inputs }, assets: [asset] }),
      files,
    );
    const jobs = bench.jobs(root, vendor({}));
    await jobs.resume();
    for (const name of Object.keys(files)) assert.ok(await stat(join(root, "j1", name)), name);
    await jobs.decide("j1", "0", { state: "discarded" });
    const left = await filesIn(join(root, "j1"));
    assert.deepEqual(left.filter((name) => !name.startsWith("lease")).sort(), ["0.png", "job.json"]);
  });
});
