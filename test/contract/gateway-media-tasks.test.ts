import assert from "node:assert/strict";
import type { Json } from "../../src/model/json.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Clock, Net } from "../../src/net/types.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { Bench, until } from "../unit/jobs/support.ts";
import type { VendorAsk } from "./asks.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import { requestOf } from "./gateway-samples.ts";
import { answerLost, looksLate, looksOften } from "./windows.ts";

type Row = Record<string, unknown>;

const film: VendorAsk = { model: "wan2.6-t2v", operation: "text-to-video", prompt: "A lighthouse" };
const pictures: VendorAsk = {
  model: "wan2.5-t2i-preview",
  operation: "text-to-image",
  prompt: "A boat",
  options: { count: 2 },
};

const quick = looksOften(gateway);

describe("tasks of a gateway", function () {
  this.timeout(60_000);
  const bench = new Bench();
  const ready = useSimulator({ taskMs: 200 });
  const control = controlOf(ready, "gateway");
  let net: Net;
  let context: TestContext;
  let skipped = 0;

  before(async () => {
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
    const { baseUrl, apiKey } = ready.gateway;
    context = testContext(baseUrl, { apiKey });
    const clock: Clock = { ...realClock, now: () => Date.now() + skipped, sleep: async () => undefined };
    context.clock = clock;
  });
  beforeEach(async () => {
    skipped = 0;
    await control.reset();
  });
  afterEach(() => bench.clear());
  after(async () => {
    await net.close();
    await context.net.close();
  });

  async function advance(ms: number): Promise<void> {
    skipped += ms;
    await control.advance(ms);
  }

  async function started(ask: VendorAsk): Promise<Json> {
    const told = await eventsOf(gateway.start(requestOf(ask), context));
    const operation = told.find(({ type }) => type === "accepted")?.operation;
    assert.ok(operation, JSON.stringify(told));
    return operation as Json;
  }

  function look(operation: Json): Promise<Told[]> {
    assert.ok(gateway.status);
    return eventsOf(gateway.status(operation, context));
  }

  it("that wait can be cancelled and are not billed; those that run cannot", async () => {
    assert.ok(gateway.cancel);
    const waiting = await started({ ...film, prompt: "A lighthouse [slow 1h]" });
    assert.deepEqual(await gateway.cancel(waiting, context), { result: "cancelled" });
    const [ended] = await look(waiting);
    assert.match(JSON.stringify(ended?.error), /"sent":"refused".*taskCancelled/);
    const done = await started(film);
    await advance(600_000);
    assert.deepEqual(await gateway.cancel(done, context), { result: "tooLate" });
    assert.equal((await control.charges()).length, 1);
  });

  it("bring what was made beside what failed", async () => {
    const operation = await started({ ...pictures, prompt: "A boat [part 1]" });
    await advance(600_000);
    const told = await look(operation);
    assert.deepEqual(
      told.map(({ type, index }) => index ?? type),
      ["answer", 0, 1, "usage", "done"],
    );
    assert.deepEqual(
      told.map(({ type }) => type),
      ["answer", "output", "failed", "usage", "done"],
    );
  });

  it("that fail say why, and are not billed", async () => {
    const operation = await started({ ...film, prompt: "A lighthouse [fail DataInspectionFailed]" });
    await advance(600_000);
    const error = (await look(operation)).at(-1)?.error as Row;
    assert.deepEqual([error.reason, error.sent, error.code], ["policy", "refused", "DataInspectionFailed"]);
    assert.deepEqual(await control.charges(), []);
  });

  it("are forgotten after a day, and say so", async () => {
    const operation = await started(film);
    await advance(25 * 3_600_000);
    const [thrown] = await look(operation);
    assert.match(JSON.stringify(thrown?.error), /"reason":"expired".*taskUnknown/);
  });

  it("give links that die in a day, and can be fetched without a key", async () => {
    const operation = await started(film);
    await advance(600_000);
    const told = await look(operation);
    const source = told.find(({ type }) => type === "output")?.source;
    const { url, expires } = source as { url: string; expires: number };
    const left = expires - context.clock.now();
    assert.ok(left > 0 && left <= 24 * 3_600_000, String(left));
    assert.equal((await fetch(url)).status, 200);
  });

  it("work at the vendor's own host too", async () => {
    const { baseUrl, nativeUrl, apiKey } = ready.gateway.direct;
    const direct = { ...context, baseUrl, credentials: { apiKey }, settings: { nativeUrl } };
    const told = await eventsOf(gateway.start(requestOf(film), direct));
    assert.equal(told.at(-1)?.type, "accepted", JSON.stringify(told));
  });

  const asset = (ask: VendorAsk): AssetRequest => {
    const { operation, model, prompt, options } = requestOf(ask);
    return { operation, vendor: "gateway", model, prompt, inputs: [], options };
  };

  function open(root: string, vendor: Vendor) {
    const { apiKey } = ready.gateway;
    return bench.jobs(root, vendor, { net, credentials: async () => ({ apiKey }) });
  }

  /** A window closed just after its call went out, before anybody wrote the answer down: the ledger it leaves. */
  async function lost(ask: VendorAsk): Promise<{ root: string; id: string }> {
    const root = await bench.root();
    const { vendor, answered } = answerLost(looksLate(gateway), "start");
    const jobs = open(root, vendor);
    const { id } = await jobs.start(asset(ask), { baseUrl: ready.gateway.baseUrl });
    await answered;
    assert.equal(jobs.get(id)?.operation, undefined);
    await jobs.dispose();
    return { root, id };
  }

  for (const ask of [film, pictures]) {
    it(`whose answer is lost with the window are found in the list, and charged once: ${ask.model}`, async () => {
      const { root, id } = await lost(ask);
      const next = open(root, quick);
      await next.resume();
      const done = await until(next, id, (job) => job?.state === "done");
      assert.equal(done.assets.length, ask.options?.count ?? 1);
      assert.equal((await control.charges()).length, 1);
    });
  }

  it("of somebody else at the same account are passed over by their prompt", async () => {
    const foreign = await started({ ...film, prompt: "Somebody else's" });
    const { root, id } = await lost(film);
    await control.advance(60_000);
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done");
    assert.notEqual(gateway.taskId?.(done.operation ?? null), gateway.taskId?.(foreign));
  });

  it("that could each be the one are all told, so that the user decides", async () => {
    const ours = [await started(film), await started(film)].map((task) => gateway.taskId?.(task));
    await started({ ...film, model: "wan2.5-t2v-preview" });
    const found = (await gateway.find?.(requestOf(film), Date.now(), context)) ?? [];
    assert.deepEqual(found.map(({ operation }) => gateway.taskId?.(operation)).sort(), ours.sort());
    assert.deepEqual(await gateway.find?.(requestOf(film), Date.now() - 3_600_000, context), []);
  });

  it("are not looked for where the answer brings the pictures itself", async () => {
    const ask: VendorAsk = {
      model: "qwen-image-plus",
      operation: "text-to-image",
      options: { asTask: false },
    };
    assert.deepEqual(await gateway.find?.(requestOf(ask), Date.now(), context), []);
    assert.deepEqual(await control.requests(), []);
  });
});
