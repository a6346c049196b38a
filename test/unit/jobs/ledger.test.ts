import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLeases, type Lease, LeaseLost } from "../../../src/jobs/lease.ts";
import { createLedger, type Ledger } from "../../../src/jobs/ledger.ts";
import { apply } from "../../../src/jobs/machine.ts";
import { realClock } from "../../../src/net/clock.ts";
import { Bench, newJob, request } from "./support.ts";

const fixtures = new URL("../../fixtures/ledger/", import.meta.url);

describe("ledger", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  const leases = () => createLeases({ clock: realClock, beatMs: 1, misses: 3 });
  async function leaseOf(ledger: Ledger, id: string): Promise<Lease> {
    const lease = await leases().take(ledger.path(id));
    assert.ok(lease);
    return lease;
  }

  for (const name of ["1-first", "2-extended"]) {
    it(`reads ${name}, and keeps what it does not know when it writes it again`, async () => {
      const ledger = createLedger(await bench.root());
      await cp(fixtures, ledger.path("."), { recursive: true });
      const found = await ledger.read(name);
      assert.ok(found && "job" in found, JSON.stringify(found));
      const before = JSON.parse(await readFile(new URL(`${name}/job.json`, fixtures), "utf8"));
      assert.deepEqual(found.job, before);
      const next = apply(found.job, { at: 9, type: "noted", asset: "0", note: { alt: "Lighthouse" } });
      await ledger.write(next, await leaseOf(ledger, name));
      const after = JSON.parse(await readFile(ledger.path(name, "job.json"), "utf8"));
      assert.deepEqual(after, {
        ...before,
        updated: 9,
        assets: [{ ...before.assets[0], alt: "Lighthouse" }],
      });
    });
  }

  it("reads a file whatever a newer version has added to any part of it", async () => {
    const ledger = createLedger(await bench.root());
    const whole = JSON.parse(await readFile(new URL("2-extended/job.json", fixtures), "utf8"));
    // What holds values by name takes any name already.
    const free = ["options", "settings", "operation", "answer", "units", "args"];
    const extended = (value: unknown, key = ""): unknown => {
      if (Array.isArray(value)) return value.map((entry) => extended(entry));
      if (typeof value !== "object" || value === null || free.includes(key)) return value;
      const fields = Object.entries(value).map(([name, entry]) => [name, extended(entry, name)]);
      return Object.fromEntries([...fields, ["addedLater", { deep: [1] }]]);
    };
    const newer = extended(whole);
    await mkdir(ledger.path("2-extended"), { recursive: true });
    await writeFile(ledger.path("2-extended", "job.json"), JSON.stringify(newer));
    assert.deepEqual(await ledger.read("2-extended"), { job: newer });
  });

  it("leaves a file of a newer version, and one that is damaged, as they are", async () => {
    const root = await bench.root();
    const jobs = bench.jobs(root, {} as never);
    const files = {
      newer: '{"version":2,"id":"newer"}',
      grown: JSON.stringify({ ...newJob({ id: "grown" }), request: { ...request, operation: "hologram" } }),
      damaged: '{"version":1,',
      foreign: '{"version":1,"id":"x"}',
    };
    for (const [id, text] of Object.entries(files)) {
      await mkdir(join(root, id), { recursive: true });
      await writeFile(join(root, id, "job.json"), text);
    }
    await jobs.resume();
    assert.deepEqual(jobs.list(), []);
    assert.deepEqual(
      new Map(jobs.unreadable().map(({ id, why }) => [id, why])),
      new Map([
        ["damaged", "damaged"],
        ["foreign", "damaged"],
        ["grown", "newer"],
        ["newer", "newer"],
      ]),
    );
    for (const [id, text] of Object.entries(files))
      assert.equal(await readFile(join(root, id, "job.json"), "utf8"), text);
  });

  it("writes nothing once the lease is lost, however far the write has got, and leaves no draft (P-10)", async () => {
    const ledger = createLedger(await bench.root());
    const job = newJob();
    await ledger.create(job, "lease.free");
    const first = await leaseOf(ledger, job.id);
    let second: Lease | undefined;
    let looks = 0;
    const overtaken: Lease = {
      ...first,
      // The process stands still after its last look at the lease, and goes on when the job has another owner.
      check: async () => {
        await first.check();
        if (++looks < 2) return;
        const silent = leases();
        while (!second) {
          second = await silent.take(ledger.path(job.id));
          await realClock.sleep(2);
        }
      },
    };
    await assert.rejects(ledger.write({ ...job, updated: 1 }, overtaken), LeaseLost);
    assert.ok(second);
    await ledger.write({ ...job, updated: 2 }, second);
    await assert.rejects(ledger.write({ ...job, updated: 3 }, first), LeaseLost);
    await assert.rejects(ledger.remove(job.id, first), LeaseLost);
    const found = await ledger.read(job.id);
    assert.ok(found && "job" in found);
    assert.equal(found.job.updated, 2);
    assert.ok((await readdir(ledger.path(job.id))).every((name) => !name.endsWith(".draft")));
  });

  it("removes what an interrupted creation or removal left, but not a creation that is under way", async () => {
    const root = await bench.root();
    const ledger = createLedger(root);
    for (const name of [".gone-a-1", ".new-old", ".new-young", "kept"])
      await mkdir(join(root, name), { recursive: true });
    const now = Date.now();
    await utimes(join(root, ".new-old"), new Date(now - 7_200_000), new Date(now - 7_200_000));
    await ledger.sweep(now);
    assert.deepEqual((await readdir(root)).sort(), [".new-young", "kept"]);
    assert.deepEqual(await ledger.ids(), ["kept"]);
  });
});

describe("lease", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  async function folder(...names: string[]): Promise<string> {
    const path = await bench.root();
    await mkdir(path, { recursive: true });
    for (const name of names) await writeFile(join(path, name), "");
    return path;
  }

  it("goes to exactly one of many that want it", async () => {
    const path = await folder("lease.free");
    const takers = Array.from({ length: 20 }, () =>
      createLeases({ clock: realClock, beatMs: 1e6, misses: 9 }),
    );
    const taken = await Promise.all(takers.map((leases) => leases.take(path)));
    assert.equal(taken.filter(Boolean).length, 1);
    await taken.find(Boolean)?.release();
    assert.deepEqual(await readdir(path), ["lease.free"]);
  });

  it("is never with two when a folder without one came back", async () => {
    for (let round = 0; round < 20; round++) {
      const path = await folder();
      const takers = Array.from({ length: 4 }, () =>
        createLeases({ clock: realClock, beatMs: 1e6, misses: 9 }),
      );
      await Promise.all(takers.map((leases) => leases.take(path)));
      assert.ok((await readdir(path)).length <= 1);
    }
  });

  it("is given back by who took a free one that was made beside a lease that is held", async () => {
    // Its name comes after "lease.free", which is therefore the one that is read.
    const held = "lease.zz.1.0123456789abcdef";
    const path = await folder("lease.free", held);
    const leases = createLeases({ clock: realClock, beatMs: 1e6, misses: 9 });
    assert.equal(await leases.take(path), undefined);
    assert.deepEqual(await readdir(path), [held]);
  });

  it("passes on only when its heartbeat has stood still over several looks", async () => {
    const path = await folder("lease.free");
    let now = 1_000_000;
    const clock = { now: () => now, sleep: realClock.sleep };
    const leases = createLeases({ clock, beatMs: 10, misses: 3 });
    const owner = await leases.take(path);
    assert.ok(owner);
    const other = createLeases({ clock, beatMs: 10, misses: 3 });
    // A machine that slept for a day has missed one look, not many.
    now += 86_400_000;
    assert.equal(await other.take(path), undefined);
    for (let look = 0; look < 6; look++) {
      now += 10;
      await owner.beat();
      assert.equal(await other.take(path), undefined);
    }
    now += 10;
    assert.equal(await other.take(path), undefined);
    now += 10;
    assert.equal(await other.take(path), undefined);
    now += 10;
    assert.ok(await other.take(path));
    await assert.rejects(owner.check(), LeaseLost);
    await assert.rejects(owner.beat(), LeaseLost);
    await owner.release();
    assert.equal(await createLeases({ clock, beatMs: 10, misses: 3 }).take(path), undefined);
  });
});
