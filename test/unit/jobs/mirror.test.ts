import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { type MirrorStore, OperationMirror } from "../../../src/jobs/mirror.ts";
import { hasMirrored } from "../../../src/jobs/mirrorKeys.ts";
import type { Jobs } from "../../../src/jobs/types.ts";
import { createNet } from "../../../src/net/net.ts";
import type { Net } from "../../../src/net/types.ts";
import { paidVendors } from "./paidVendors.ts";
import { PaidService } from "./studioServer.ts";
import { Bench, request, until } from "./support.ts";

/** Values as text, as the editor keeps them. */
class TextStore implements MirrorStore {
  readonly texts = new Map<string, string>();
  keys = () => [...this.texts.keys()];
  get<T>(key: string): T | undefined {
    const text = this.texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }
  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.texts.delete(key);
    else this.texts.set(key, JSON.stringify(value));
  }
}

describe("the mirror of operations", () => {
  const bench = new Bench();
  let service: PaidService;
  let net: Net;
  let store: TextStore;

  before(async () => {
    service = await PaidService.start();
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
  });
  after(async () => {
    await net.close();
    service.close();
  });
  beforeEach(() => {
    store = new TextStore();
    service.reset();
  });
  afterEach(() => bench.clear());

  function open(root: string, kind: "sync" | "async" = "async"): { jobs: Jobs; mirror: OperationMirror } {
    const jobs = bench.jobs(root, paidVendors[kind], { net });
    return { jobs, mirror: new OperationMirror({ jobs, store, onFault: assert.fail }) };
  }

  /** A task that is accepted and goes on; the window that asked for it is gone. */
  async function leaveRunning(root: string): Promise<string> {
    service.status = "running";
    const { jobs } = open(root);
    const { id } = await jobs.start(request, { baseUrl: service.base, settings: { auth: "jwt" } });
    await until(jobs, id, (job) => job?.state === "running");
    await jobs.dispose();
    return id;
  }

  it("brings a paid task back to a ledger that was lost, without the prompt, and pays no second time (P-10)", async () => {
    const lost = await bench.root();
    const id = await leaveRunning(lost);
    assert.ok(hasMirrored(store));
    const kept = [...store.texts.values()].join();
    assert.ok(!kept.includes("prompt-canary") && !kept.includes("key-canary"), kept);
    await rm(lost, { recursive: true });

    service.status = "done";
    const { jobs, mirror } = open(await bench.root());
    await jobs.resume();
    await mirror.restore(true);
    await until(jobs, id, (job) => job?.state === "done");
    assert.equal(jobs.get(id)?.assets.length, 1);
    assert.deepEqual(jobs.get(id)?.settings, { auth: "jwt" }, "it is asked for as before");
    assert.equal(service.charges, 1);
    assert.ok(!hasMirrored(store), "what has come is not asked for again");
  });

  it("leaves a ledger that is there as it is, and forgets what ended without it", async () => {
    const root = await bench.root();
    const id = await leaveRunning(root);
    await store.update("operation.other", { ...store.get<object>(`operation.${id}`), id: "other" });
    const { jobs, mirror } = open(root);
    await jobs.resume();
    await mirror.restore(false);
    assert.deepEqual(store.keys(), [`operation.${id}`]);
    assert.equal(jobs.get("other"), undefined);
    await jobs.forget(id);
    assert.ok(!hasMirrored(store));
  });

  it("keeps nothing of a job whose answer is its result", async () => {
    const { jobs } = open(await bench.root(), "sync");
    const { id } = await jobs.start(request, { baseUrl: service.base });
    await until(jobs, id, (job) => job?.state === "done");
    assert.deepEqual(store.keys(), []);
  });
});
