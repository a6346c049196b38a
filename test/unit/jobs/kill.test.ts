import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { JobsOptions } from "../../../src/jobs/types.ts";
import { createNet } from "../../../src/net/net.ts";
import type { Net } from "../../../src/net/types.ts";
import { type PaidKind, paidVendors } from "./paidVendors.ts";
import { PaidService, picture, type Seen } from "./studioServer.ts";
import { Bench, newJob, quick, request, until } from "./support.ts";

const program = fileURLToPath(new URL("child.ts", import.meta.url));

describe("several processes on one ledger", function () {
  this.timeout(60_000);
  const bench = new Bench();
  const children: ChildProcess[] = [];
  let service: PaidService;
  let net: Net;

  before(async () => {
    service = await PaidService.start();
    net = createNet({ settings: { client: "undici" }, userAgent: "here", allowInsecure: () => true });
  });
  after(async () => {
    await net.close();
    service.close();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await bench.clear();
    service.reset();
  });

  function child(
    act: "start" | "resume" | "resumeOnce",
    root: string,
    kind: PaidKind,
    dieAt = "",
  ): ChildProcess {
    const started = spawn(process.execPath, [program, act, root, service.base, kind, dieAt], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "easel-jobs-compile-cache") },
    });
    children.push(started);
    return started;
  }

  /** A service of this process on the ledger: the window that is opened next. */
  async function reopen(root: string, kind: PaidKind, parts: Partial<JobsOptions> = {}) {
    const jobs = bench.jobs(root, paidVendors[kind], {
      net,
      credentials: async () => ({}),
      timings: { ...quick, beatMs: 50, misses: 8 },
      ...parts,
    });
    await jobs.resume();
    return jobs;
  }

  const callsOf = (who: string, what?: Seen["what"]) =>
    service.seen.filter((call) => call.who === who && (what === undefined || call.what === what)).length;

  /** Signs of life of a process that stands still until they come: it has had its turn. */
  async function livesOn(stopped: ChildProcess, signs: number): Promise<void> {
    assert.ok(stopped.stdout);
    let count = 0;
    for await (const _line of createInterface({ input: stopped.stdout })) if (++count === signs) return;
  }

  describe("killed at any step, and carried on by another process", () => {
    // What is left after each step: how often it was charged, and whether the result is there.
    const steps: [step: string, sync: [number, string], async: [number, string]][] = [
      ["intent", [1, "done"], [1, "done"]],
      ["journalled", [0, "unknown"], [0, "unknown"]],
      ["sent", [1, "unknown"], [1, "done"]],
      ["answered", [1, "unknown"], [1, "done"]],
      ["accepted", [1, ""], [1, "done"]],
      ["polling", [1, ""], [1, "done"]],
      ["announced", [1, "done"], [1, "done"]],
      ["half", [1, "done"], [1, "done"]],
      ["downloaded", [1, "done"], [1, "done"]],
      ["renamed", [1, "done"], [1, "done"]],
      ["stored", [1, "done"], [1, "done"]],
      ["decided", [1, "closed"], [1, "closed"]],
    ];
    const held: Record<string, Seen["what"]> = { sent: "submit", polling: "status", half: "result" };

    for (const [step, ...outcomes] of steps) {
      for (const [at, kind] of (["sync", "async"] as const).entries()) {
        const [charges, state] = outcomes[at] ?? [0, ""];
        if (state === "") continue;
        it(`${kind}, ${step}: charged ${charges}, ${state}`, async () => {
          const root = await bench.root();
          const hold = step === "sent" && kind === "sync" ? "generate" : held[step];
          service.hold = hold;
          const doomed = child("start", root, kind, step);
          const died = once(doomed, "exit");
          if (hold && step !== "half") {
            await service.saw(hold);
            doomed.kill("SIGKILL");
          }
          assert.equal((await died)[1], "SIGKILL");
          service.release();

          const jobs = await reopen(root, kind);
          if (state === "closed") {
            assert.deepEqual(jobs.list(), []);
            assert.deepEqual(await bench.ids(root), []);
          } else {
            const [id = ""] = await bench.ids(root);
            await until(jobs, id, (job) => job?.state === state);
            await jobs.lookAgain(id);
            const job = jobs.get(id);
            assert.equal(job?.state, state);
            if (state === "done") await assertWhole(root, id);
          }
          assert.equal(service.charges, charges);
          const again = await reopen(root, kind);
          for (const job of again.list()) await again.lookAgain(job.id);
          assert.equal(service.charges, charges);
        });
      }
    }
  });

  async function assertWhole(root: string, id: string): Promise<void> {
    assert.deepEqual(await readdir(join(root, id, "assets")), ["0.png"]);
    assert.deepEqual(new Uint8Array(await readFile(join(root, id, "assets", "0.png"))), picture);
  }

  it("killed at the first of two links of one answer: the other is not lost with the answer", async () => {
    const root = await bench.root();
    await once(child("start", root, "pair", "announced"), "exit");
    const jobs = await reopen(root, "pair");
    const [id = ""] = await bench.ids(root);
    const job = await until(jobs, id, (now) => now?.state === "done");
    assert.deepEqual(
      job.assets.map(({ index }) => index),
      [0, 1],
    );
    assert.equal(service.charges, 1);
  });

  it("give a task that two jobs in doubt could have made to one of them, looking at the same moment", async () => {
    const root = await bench.root();
    const spends = [{ step: "submit", at: Date.now(), outcome: "open" as const }];
    const lost = (id: string) =>
      bench.write(root, newJob({ id, state: "sent", baseUrl: service.base, spends }));
    service.tasks.push("t1");
    service.status = "running";
    service.hold = "find";
    await lost("j1");
    child("resumeOnce", root, "listing");
    await service.saw("find");
    await lost("j2");
    const here = await reopen(root, "listing");
    await service.saw("find", 2);
    assert.equal(callsOf("here", "find"), 1);
    service.release();
    await service.saw("find", 3);
    const operations = async () => {
      const files = await Promise.all(["j1", "j2"].map((id) => readFile(join(root, id, "job.json"), "utf8")));
      return files.map((file) => JSON.parse(file).operation).filter(Boolean);
    };
    await service.saw("status", 3);
    assert.deepEqual(await operations(), [{ task: "t1" }]);
    // The other one looks once more, and leaves it at that.
    await here.dispose();
    assert.deepEqual(await operations(), [{ task: "t1" }]);
  });

  it("pay once and poll in one, however many start at the same moment", async () => {
    const root = await bench.root();
    const doomed = child("start", root, "async", "intent");
    await once(doomed, "exit");
    const [id = ""] = await bench.ids(root);
    const windows = await Promise.all(Array.from({ length: 6 }, () => reopen(root, "async")));
    child("resume", root, "async");
    await Promise.all(windows.map((jobs) => until(jobs, id, (job) => job?.state === "done")));
    assert.equal(service.charges, 1);
    assert.equal(service.seen.filter(({ what }) => what === "result").length, 1);
    await assertWhole(root, id);
  });

  it("leave a job to the one that runs it, and take it over when that one is gone", async () => {
    const root = await bench.root();
    service.status = "running";
    const owner = child("start", root, "async");
    await service.saw("status");
    const jobs = await reopen(root, "async");
    const [id = ""] = await bench.ids(root);
    await service.saw("status", 15);
    assert.equal(callsOf("here"), 0);
    assert.deepEqual(await jobs.cancel(id), { result: "cannot", billed: "yes" });
    owner.kill("SIGKILL");
    await once(owner, "exit");
    service.status = "done";
    await until(jobs, id, (job) => job?.state === "done");
    assert.equal(service.charges, 1);
    await assertWhole(root, id);
  });

  describe("about a job that another one runs", () => {
    /** A job with one picture to decide about, still looked at by another process. */
    async function shared(parts: Partial<JobsOptions> = {}) {
      const root = await bench.root();
      service.status = "running";
      const owner = child("start", root, "growing");
      await service.saw("status", 2);
      const jobs = await reopen(root, "growing", parts);
      const [id = ""] = await bench.ids(root);
      await until(jobs, id, (job) => job?.assets.length === 1);
      return { root, owner, jobs, id };
    }
    const inLedger = async (root: string, id: string) =>
      JSON.parse(await readFile(join(root, id, "job.json"), "utf8"));

    it("have it note and decide what is asked, and leave the looking to it", async () => {
      const { root, jobs, id } = await shared();
      assert.equal((await jobs.note(id, "0", { alt: "A quay" })).assets[0]?.alt, "A quay");
      const landed = { uri: "file:///a.png", at: 1 };
      assert.equal((await jobs.decide(id, "0", { state: "placed", landed })).assets[0]?.state, "placed");
      assert.partialDeepStrictEqual(await inLedger(root, id), {
        state: "running",
        assets: [{ alt: "A quay", state: "placed", landed }],
      });
      const looks = callsOf("child", "status");
      await service.saw("status", looks + 3);
      assert.equal(callsOf("here"), 0);
      assert.deepEqual(await readdir(join(root, ".wishes")), [], "no words are left there");
    });

    it("have it cancel, which asks the vendor once", async () => {
      const { root, jobs, id } = await shared();
      assert.deepEqual(await jobs.cancel(id), { result: "cancelled", billed: "no" });
      assert.equal(callsOf("child", "cancel"), 1);
      assert.equal(callsOf("here"), 0);
      assert.partialDeepStrictEqual(await inLedger(root, id), {
        state: "cancelled",
        assets: [{ state: "waiting" }],
      });
    });

    it("have it forget, and it looks no more", async () => {
      const { root, owner, jobs, id } = await shared();
      await jobs.forget(id);
      assert.equal(jobs.get(id), undefined);
      assert.deepEqual(await bench.ids(root), []);
      const looks = callsOf("child");
      await livesOn(owner, 15);
      assert.ok(callsOf("child") <= looks + 1);
    });

    it("decide themselves where it stands still, and it undoes nothing when it wakes", async () => {
      const { root, owner, jobs, id } = await shared({
        timings: { ...quick, beatMs: 50, misses: 8, busyMs: 15_000 },
      });
      owner.kill("SIGSTOP");
      await jobs.decide(id, "0", { state: "discarded" });
      owner.kill("SIGCONT");
      await livesOn(owner, 15);
      assert.partialDeepStrictEqual(await inLedger(root, id), { assets: [{ state: "discarded" }] });
      assert.deepEqual(await readdir(join(root, ".wishes")), []);
    });

    it("say that it is busy where it does not answer in time, and then nothing happens later either", async () => {
      const { root, owner, jobs, id } = await shared({
        timings: { ...quick, beatMs: 50, misses: 1_000, busyMs: 200 },
      });
      owner.kill("SIGSTOP");
      await assert.rejects(jobs.decide(id, "0", { state: "discarded" }), { reason: "busy" });
      await assert.rejects(jobs.cancel(id), { reason: "busy" });
      owner.kill("SIGCONT");
      await livesOn(owner, 15);
      assert.partialDeepStrictEqual(await inLedger(root, id), {
        state: "running",
        assets: [{ state: "waiting" }],
      });
    });
  });

  it("let go of what they run when they end, so that another goes on at once", async () => {
    const root = await bench.root();
    service.status = "running";
    const first = bench.jobs(root, paidVendors.async, { net, credentials: async () => ({}) });
    const { id } = await first.start(request, { baseUrl: service.base });
    await service.saw("status");
    await first.dispose();
    const looks = service.seen.length;
    const second = await reopen(root, "async");
    await service.saw("status", looks);
    service.status = "done";
    await until(second, id, (job) => job?.state === "done");
    assert.equal(service.charges, 1);
  });

  const standStill: [string, Seen["what"]][] = [
    ["polling", "status"],
    ["in the middle of a download", "result"],
    ["before the answer to a paid call", "submit"],
  ];
  for (const [name, hold] of standStill) {
    it(`stopped while ${name} and woken after a take-over: writes nothing, asks nothing`, async () => {
      const root = await bench.root();
      service.hold = hold;
      const sleeper = child("start", root, "async");
      await service.saw(hold);
      const [id = ""] = await bench.ids(root);
      sleeper.kill("SIGSTOP");
      service.hold = undefined;
      const jobs = await reopen(root, "async");
      await until(jobs, id, (job) => job?.state === "done");
      await jobs.note(id, "0", { alt: "mine" });
      const before = await snapshot(root, id);
      const asked = callsOf("child");
      service.release();
      sleeper.kill("SIGCONT");
      await livesOn(sleeper, 25);
      assert.deepEqual(await snapshot(root, id), before);
      assert.equal(
        service.seen.filter(({ who, what }) => who === "child" && what !== "resultEnd").length,
        asked,
      );
      assert.equal(service.charges, 1);
      await assertWhole(root, id);
    });
  }

  /** Every file of a job with what is in it and when it was written. */
  async function snapshot(root: string, id: string) {
    const names = (await readdir(join(root, id), { recursive: true })).sort();
    return Promise.all(
      names.map(async (name) => {
        const path = join(root, id, name);
        const { mtimeMs, size } = await stat(path);
        return { name, mtimeMs, size };
      }),
    );
  }
});
