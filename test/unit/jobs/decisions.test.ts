import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withoutWords } from "../../../src/jobs/machine.ts";
import type { Jobs, JobsOptions } from "../../../src/jobs/types.ts";
import type { Job } from "../../../src/model/job.ts";
import type { Clock } from "../../../src/net/types.ts";
import { Bench, bytes, from, newJob, png, request, until, vendor, waitingAsset } from "./support.ts";

const landed = { uri: "file:///site/a.png", at: 1 };
const pictures = (count: number) =>
  vendor({
    async *start() {
      for (let index = 0; index < count; index++) {
        yield { type: "output", index, source: { kind: "stream", stream: bytes(png(index)) }, facts: {} };
      }
      yield { type: "done" };
    },
  });

describe("decisions", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  async function made(count: number, parts: Partial<JobsOptions> = {}) {
    const root = await bench.root();
    const jobs = bench.jobs(root, pictures(count), parts);
    const { id } = await jobs.start(request, from);
    const job = await until(jobs, id, (now) => now?.state === "done");
    return { root, jobs, job, id };
  }

  /** What placement's edit does: the staged file moves away; its undo brings it back. */
  async function place(jobs: Jobs, job: Job, asset: string) {
    const entry = job.assets.find(({ id }) => id === asset);
    assert.ok(entry);
    const staged = jobs.stagedPath(job, entry);
    const away = `${dirname(dirname(dirname(staged)))}-${asset}.png`;
    await rename(staged, away);
    await jobs.decide(job.id, asset, { state: "placed", landed });
    return async () => {
      await mkdir(dirname(staged), { recursive: true });
      await rename(away, staged);
    };
  }

  const onDisk = async (root: string, id: string) =>
    JSON.parse(await readFile(join(root, id, "job.json"), "utf8"));

  it("close a job with its last one, and leave nothing of it on disk (P-11)", async () => {
    const { root, jobs, job, id } = await made(2);
    await place(jobs, job, "0");
    assert.equal((await onDisk(root, id)).request.prompt, "prompt-canary");
    assert.deepEqual(
      jobs.list().map((entry) => entry.id),
      [id],
    );
    await place(jobs, job, "1");
    assert.deepEqual(jobs.list(), []);
    assert.deepEqual(await bench.ids(root), []);
  });

  it("are undone after the job has closed: it is there again, whole, and waits", async () => {
    const { root, jobs, job, id } = await made(1);
    const undo = await place(jobs, job, "0");
    assert.deepEqual(
      jobs.closed().map((entry) => entry.id),
      [id],
    );
    await undo();
    await jobs.settle();
    assert.partialDeepStrictEqual(jobs.list(), [{ id, assets: [{ state: "waiting" }] }]);
    const kept = await onDisk(root, id);
    assert.equal(kept.request.prompt, "prompt-canary");
    assert.equal(kept.closed, undefined);
    const again = jobs.get(id);
    assert.ok(again);
    await place(jobs, again, "0");
    assert.deepEqual(await bench.ids(root), []);
    const later = bench.jobs(root, pictures(1));
    await later.resume();
    assert.deepEqual(later.list(), []);
  });

  it("keep a discarded file for a day, without a word of the prompt (P-11, P-13)", async () => {
    let now = Date.now();
    const clock: Clock = {
      now: () => now,
      sleep: (_ms, signal) =>
        new Promise((_r, no) => signal?.addEventListener("abort", () => no(signal.reason))),
    };
    const { root, jobs, job, id } = await made(2, { clock });
    await place(jobs, job, "0");
    await jobs.note(id, "1", { alt: "alt-canary", fileName: "name-canary" });
    await jobs.decide(id, "1", { state: "discarded" });
    assert.deepEqual(jobs.list(), []);
    const text = await readFile(join(root, id, "job.json"), "utf8");
    assert.ok(!text.includes("canary"), text);
    assert.deepEqual(await readdir(join(root, id, "assets")), ["1.png"]);

    const other = bench.jobs(root, pictures(0), { clock });
    now += 80_000_000;
    await other.resume();
    const back = await other.decide(id, "1", { state: "waiting" });
    assert.equal(back.closed, undefined);
    assert.deepEqual(
      other.list().map((entry) => entry.id),
      [id],
    );
    await other.decide(id, "1", { state: "discarded" });

    now += 90_000_000;
    const last = bench.jobs(root, pictures(0), { clock });
    await last.resume();
    assert.deepEqual(await bench.ids(root), []);
    assert.deepEqual(last.closed(), []);
  });

  it("taken back in the session of a discard bring the prompt back too", async () => {
    const { root, jobs, id } = await made(1);
    await jobs.decide(id, "0", { state: "discarded" });
    assert.ok(!JSON.stringify(await onDisk(root, id)).includes("canary"));
    await jobs.decide(id, "0", { state: "waiting" });
    assert.equal((await onDisk(root, id)).request.prompt, "prompt-canary");
    assert.deepEqual(jobs.closed(), []);
  });

  it("that a crash cut off are found out from the files at the next start", async () => {
    const root = await bench.root();
    const one = (id: string, parts: object) =>
      newJob({
        id,
        state: "done",
        assets: [{ ...waitingAsset(), ...parts } as never],
      });
    const file = { "assets/0.png": png() };
    await bench.write(
      root,
      one("undone", { state: "placed", landed: { uri: "file:///gone.png", at: 1 } }),
      file,
    );
    await bench.write(root, one("applied", { placing: { uri: "file:///there.png", at: 1 } }));
    await bench.write(
      root,
      one("copied", { state: "saved", landed: { uri: "file:///there.png", at: 1 } }),
      file,
    );
    await bench.write(root, one("notYet", { placing: { uri: "file:///gone.png", at: 1 } }), file);
    const isStillPlaced = async ({ uri }: { uri: string }) => uri === "file:///there.png";
    const jobs = bench.jobs(root, pictures(0), { isStillPlaced });
    await jobs.resume();
    assert.deepEqual(
      jobs
        .list()
        .map(({ id, assets }) => [id, assets[0]?.state])
        .sort(),
      [
        ["notYet", "waiting"],
        ["undone", "waiting"],
      ],
    );
    assert.deepEqual((await bench.ids(root)).sort(), ["notYet", "undone"]);
  });

  it("let go what has waited longer than the user wants, and only that (P-13)", async () => {
    const { root, id } = await made(1);
    await bench.write(root, newJob({ id: "failed", state: "failed" }));
    await bench.write(root, newJob({ id: "doubted", state: "unknown" }));
    let keepWaitingMs: number | undefined;
    const later = bench.jobs(root, pictures(0), { keepWaitingMs: () => keepWaitingMs });
    await later.resume();
    assert.deepEqual((await bench.ids(root)).sort(), ["doubted", "failed", id].sort());
    keepWaitingMs = -1;
    await later.resume();
    assert.deepEqual(await bench.ids(root), ["doubted"]);
  });

  it("are seen by other windows at once", async () => {
    const { root, jobs, id } = await made(1);
    const other = bench.jobs(root, pictures(0));
    await other.resume();
    assert.equal(other.get(id)?.state, "done");
    const seen = until(jobs, id, (job) => job?.assets[0]?.alt === "Sea");
    await other.note(id, "0", { alt: "Sea" });
    await seen;
    const gone = until(jobs, id, (job) => job === undefined);
    await other.decide(id, "0", { state: "saved", landed });
    await gone;
  });

  it("bring back a job from a copy without words, if its file came back or its task still runs", async () => {
    const { root, jobs, job, id } = await made(1);
    const record = withoutWords({ ...job, state: "done" });
    const undo = await place(jobs, job, "0");
    const other = bench.jobs(root, pictures(0));
    assert.equal(await other.revive(record), undefined);
    await undo();
    assert.partialDeepStrictEqual(await other.revive(record), { id, assets: [{ state: "waiting" }] });
    assert.equal((await onDisk(root, id)).request.prompt, "");

    const task = newJob({ id: "task", state: "running", operation: { task: 1 } });
    const polls = bench.jobs(
      await bench.root(),
      vendor({
        async *status() {
          yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
          yield { type: "done" };
        },
      }),
    );
    await polls.revive(task);
    await until(polls, "task", (now) => now?.state === "done");
  });
});

describe("requests again", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("keep the inputs that were staged, and take the place of what brought nothing", async () => {
    const root = await bench.root();
    const seen: string[] = [];
    const made = vendor({
      async *start(asked) {
        for (const input of asked.inputs)
          for await (const chunk of input.open?.() ?? []) seen.push(Buffer.from(chunk).toString());
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(root, made, {
      openInput: async (ref, _job, path) => ({
        role: ref.role,
        name: ref.name,
        type: "image/png",
        bytes: 3,
        open: async function* () {
          yield await readFile(path ?? "");
        },
      }),
    });
    const source = { kind: "staged" as const, file: "inputs/a.png", sha256: "", bytes: 3 };
    const asked = { ...request, inputs: [{ role: "reference" as const, name: "a.png", source }] };
    const first = await jobs.start(asked, {
      ...from,
      stagedInputs: [{ file: "inputs/a.png", open: () => bytes(Buffer.from("abc")) }],
    });
    await until(jobs, first.id, (job) => job?.state === "failed");
    const second = await jobs.retry(first.id);
    await until(jobs, second.id, (job) => job?.state === "failed");
    assert.deepEqual(seen, ["abc", "abc"]);
    assert.equal(jobs.get(first.id), undefined);
    assert.deepEqual(await bench.ids(root), [second.id]);
    await assert.rejects(
      jobs.start(asked, { ...from, stagedInputs: [{ file: "../../x", open: () => bytes() }] }),
      TypeError,
    );
  });

  it("forget a job and abort what it does", async () => {
    const root = await bench.root();
    let aborted = false;
    const made = vendor({
      async *start(_request, { signal }) {
        await new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason)),
        ).finally(() => {
          aborted = true;
        });
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(root, made);
    const { id } = await jobs.start(request, from);
    await until(jobs, id, () => jobs.progress(id) !== undefined);
    await jobs.forget(id);
    assert.ok(aborted);
    assert.equal(jobs.get(id), undefined);
    assert.deepEqual(await bench.ids(root), []);
  });
});

describe("what is on disk", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("never holds a key, and only the ledger holds the prompt (P-05, P-10, P-23)", async () => {
    const root = await bench.root();
    const jobs = bench.jobs(root, pictures(2));
    const { id } = await jobs.start(request, from);
    await until(jobs, id, (job) => job?.state === "done");
    await jobs.dispose();
    const names = await readdir(dirname(root), { recursive: true });
    for (const name of names) {
      const path = join(dirname(root), name);
      if (!(await stat(path)).isFile()) continue;
      const text = await readFile(path, "latin1");
      assert.ok(!text.includes("key-canary"), name);
      assert.equal(text.includes("prompt-canary"), name.endsWith("job.json"), name);
      assert.ok(!name.includes("canary"));
    }
    assert.ok(!JSON.stringify(bench.lines).includes("canary"));
  });

  it("is touched by nobody where there is nothing to do", async () => {
    const root = await bench.root();
    const jobs = bench.jobs(root, pictures(0), { watchOtherWindows: false });
    await jobs.resume();
    await assert.rejects(stat(root));
    await mkdir(root, { recursive: true });
    await writeFile(join(root, "stray"), "");
    await jobs.resume();
    assert.deepEqual(jobs.list(), []);
  });
});
