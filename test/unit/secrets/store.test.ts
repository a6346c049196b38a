import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { DownloadRequest, Net } from "../../../src/net/types.ts";
import { Credentials, SecretStoreError } from "../../../src/secrets/credentials.ts";
import { jobKeys } from "../../../src/secrets/jobKeys.ts";
import { Keyring, type VendorAddress } from "../../../src/secrets/keyring.ts";
import { type VendorEntry, vendorEntries, vendorEntry } from "../../../src/vendors/catalog.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";
import { VendorError } from "../../../src/vendors/errors.ts";
import { Bench, from, png, request, vendor as scripted, until } from "../jobs/support.ts";
import { secretStorage } from "./storage.ts";

const entry = vendorEntry("kling");
assert.ok(entry);
const at: VendorAddress = { baseUrl: "https://api.example/v1", settings: {} };
const canary = "key-canary-5d21";
const needsKey = ({ credentials }: VendorEntry) => credentials.length > 0;

/** The store, and a way to lock it: every call of these then fails, and says the key as stores may. */
function lockable() {
  const store = secretStorage();
  const locked = new Set<string>();
  const guarded = Object.fromEntries(
    (["get", "store", "delete", "keys"] as const).map((name) => [
      name,
      async (...args: unknown[]) => {
        if (locked.has(name)) throw new Error(`keyring is locked: ${args.join(" ")} ${canary}`);
        return Reflect.apply(store[name], store, args) as unknown;
      },
    ]),
  );
  return { store: { ...store, ...guarded } as typeof store, locked };
}

/** A task that is looked at with the key there is now; one that was refused says so. */
function task() {
  const calls = new EventEmitter();
  const made = {
    seen: [] as string[],
    refuses: new Set<string>(),
    isDone: false,
    /** Resolves with the next call that brings this key. */
    callWith: (key: string) => once(calls, key),
  };
  const check = (key = "") => {
    made.seen.push(key);
    calls.emit(key);
    if (made.refuses.has(key)) throw new VendorError({ reason: "credentials", sent: "refused", status: 401 });
  };
  const vendor: Vendor = {
    id: "kling",
    models: [],
    poll: { firstMs: 1, everyMs: 5 },
    async *start(_request, context) {
      check(context.credentials.apiKey);
      await context.spend("start", async () => undefined);
      yield { type: "accepted", operation: "t1" };
    },
    async *status(_operation, context) {
      check(context.credentials.apiKey);
      if (made.isDone) {
        yield { type: "failed", error: new VendorError({ reason: "policy", sent: "refused" }) };
      }
    },
  };
  return Object.assign(made, { vendor });
}

describe("keys that change, go or cannot be had", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("a store that is locked says for what, and nothing of the key (P-07)", async () => {
    const { store, locked } = lockable();
    const keyring = new Keyring(new Credentials(store));
    await keyring.set(entry, at, { apiKey: canary });
    const told = (act: string) => (error: unknown) => {
      assert.ok(error instanceof SecretStoreError && error.act === act);
      assert.ok(!`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`.includes(canary));
      return true;
    };
    for (const name of ["get", "store", "delete", "keys"]) locked.add(name);
    await assert.rejects(keyring.get(entry, at), told("read"));
    await assert.rejects(keyring.has(entry), told("read"));
    await assert.rejects(keyring.set(entry, at, { apiKey: canary }), told("write"));
    await assert.rejects(keyring.remove(entry, "https://api.example"), told("remove"));
    locked.clear();
    assert.deepEqual(await keyring.get(entry, at), { apiKey: canary }, "and is as it was once it opens");
  });

  /** Jobs whose keys come from a keyring, as in the app. */
  async function running(made: ReturnType<typeof task>, keyring: Keyring) {
    const jobs = bench.jobs(await bench.root(), made.vendor, {
      ...jobKeys(keyring),
    });
    return jobs;
  }
  const own = { ...from, baseUrl: at.baseUrl };
  const ask = { ...request, vendor: "kling" as const };

  it("a locked store sends nothing, and the job says why", async () => {
    const { store, locked } = lockable();
    const keyring = new Keyring(new Credentials(store));
    locked.add("get");
    const made = task();
    const jobs = await running(made, keyring);
    const { id } = await jobs.start(ask, own);
    const job = await until(jobs, id, (now) => now?.state === "failed");
    assert.partialDeepStrictEqual(job.failures, [
      { error: { reason: "credentials", sent: "no", next: "secretStore" } },
    ]);
    assert.deepEqual(made.seen, []);
  });

  it("a result whose vendor is called at a secret address waits while the store is locked, and comes when it opens", async () => {
    const { store, locked } = lockable();
    const keyring = new Keyring(new Credentials(store));
    const animo = vendorEntry("animo");
    assert.ok(animo);
    const values = { endpoint: "https://animo.example/v1", apiKey: canary };
    await keyring.set(animo, { baseUrl: "", settings: {} }, values);
    const made = scripted({
      id: "animo",
      async *start(_request, context) {
        await context.spend("start", async () => undefined);
        locked.add("get");
        const source = { kind: "link" as const, url: "https://files.example/a.png" };
        yield { type: "output", index: 0, source, facts: {} };
        yield { type: "done" };
      },
    });
    const local: (boolean | undefined)[] = [];
    const download = async ({ target, allowLocal }: DownloadRequest) => {
      local.push(allowLocal);
      await writeFile(target, png());
      return { path: target, bytes: 1, isSized: true };
    };
    const net = { free: () => ({}), billable: () => ({}), download } as unknown as Net;
    const jobs = bench.jobs(await bench.root(), made, { ...jobKeys(keyring), net });
    const { id } = await jobs.start({ ...request, vendor: "animo" }, { baseUrl: "" });
    const held = await until(jobs, id, (now) => now?.failures.length === 1);
    assert.partialDeepStrictEqual(held, {
      state: "downloading",
      failures: [{ index: 0, error: { reason: "credentials", sent: "unknown", next: "secretStore" } }],
    });
    assert.ok(!JSON.stringify([held, bench.lines]).includes(canary));
    locked.clear();
    const job = await jobs.lookAgain(id);
    assert.equal(job.state, "done");
    assert.deepEqual(local, [false], "a vendor out there leads to no address of this network");
  });

  it("a job gets the keys of its own vendor, for its own address, and no others (P-06)", async () => {
    const keyring = new Keyring(new Credentials(secretStorage()));
    const { credentials } = jobKeys(keyring);
    const base = "https://api.example/v1";
    for (const { id, credentials: fields, addressSecret } of vendorEntries.filter(needsKey)) {
      const known = vendorEntry(id);
      assert.ok(known);
      const values = Object.fromEntries(fields.map(({ key }) => [key, `${id}-${key}`]));
      const typed = addressSecret === undefined ? {} : { [addressSecret]: base };
      await keyring.set(known, { baseUrl: base, settings: {} }, { ...values, ...typed });
    }
    for (const { id, addressSecret } of vendorEntries.filter(needsKey)) {
      const { [addressSecret ?? ""]: _address, ...values } = (await credentials(id, base, {})) ?? {};
      assert.ok(Object.keys(values).length > 0, id);
      for (const value of Object.values(values)) assert.ok(value.startsWith(`${id}-`), `${id}: ${value}`);
      if (addressSecret === undefined)
        assert.equal(await credentials(id, "https://other.example", {}), undefined, id);
    }
    assert.deepEqual(await credentials("placeholder", "", {}), {});
  });

  it("a job that runs goes on with a key that was changed in another window, and holds on without one", async () => {
    const { store } = lockable();
    const here = new Keyring(new Credentials(store));
    const there = new Keyring(new Credentials(store));
    await here.set(entry, at, { apiKey: "old" });
    const made = task();
    const jobs = await running(made, here);
    const { id } = await jobs.start(ask, own);
    await until(jobs, id, (now) => now?.state === "running");
    const looked = made.callWith("new");
    await there.set(entry, at, { apiKey: "new" });
    await looked;
    made.refuses.add("old");
    await there.remove(entry, "https://api.example");
    const held = await until(jobs, id, (now) => now?.failures.at(-1)?.error.next === "enterCredentials");
    assert.notEqual(held.state, "failed", "what may be paid for is not given up");
    assert.equal(held.operation, "t1");
    assert.ok(!made.seen.includes(""), "nothing was asked without a key");
    await here.set(entry, at, { apiKey: "newest" });
    made.isDone = true;
    await jobs.lookAgain(id);
    await until(jobs, id, (now) => now?.state === "failed");
    assert.equal(made.seen.at(-1), "newest");
  });

  it("a job keeps the address it was sent to: a key of another address is not sent there (P-06)", async () => {
    const keyring = new Keyring(new Credentials(secretStorage()));
    await keyring.set(entry, { ...at, baseUrl: "https://other.example" }, { apiKey: "other" });
    const made = task();
    const jobs = await running(made, keyring);
    const { id } = await jobs.start(ask, own);
    const job = await until(jobs, id, (now) => now?.state === "failed");
    assert.equal(job.failures.at(-1)?.error.next, "enterCredentials");
    assert.deepEqual(made.seen, []);
  });
});
