import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Json } from "../../src/model/json.ts";
import { optionFields } from "../../src/model/options.ts";
import { realClock } from "../../src/net/clock.ts";
import type { Clock } from "../../src/net/types.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import type { VendorAsk } from "./asks.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import { everyMediaAsk, profileOf, requestOf, variantsOf } from "./gateway-samples.ts";

describe("pictures and videos against the simulated gateway", function () {
  this.timeout(60_000);
  const ready = useSimulator({ imageMs: 1, taskMs: 1 });
  const control = controlOf(ready, "gateway");
  let plain: TestContext;
  let skipped = 0;

  before(async () => {
    const { baseUrl, apiKey } = ready.gateway;
    plain = testContext(baseUrl, { apiKey });
  });
  beforeEach(async () => {
    await control.reset();
    skipped = 0;
  });
  after(() => plain.net.close());

  async function advance(ms: number): Promise<void> {
    skipped += ms;
    await control.advance(ms);
  }

  /** A clock that is where the simulator's is. */
  const clock: Clock = { ...realClock, now: () => Date.now() + skipped, sleep: async () => undefined };

  function contextOf(more: Partial<VendorContext> = {}): VendorContext {
    const jobId = randomUUID();
    // A key of its own for each job's reads, so that none waits for another's limits.
    const http = plain.net.free({ vendor: "gateway", keyId: jobId });
    const { nativeUrl } = ready.gateway;
    return { ...plain, clock, jobId, http, settings: { nativeUrl }, ...more };
  }

  function look(operation: unknown, context: VendorContext): Promise<Told[]> {
    assert.ok(gateway.status);
    return eventsOf(gateway.status(operation as Json, context));
  }

  /** Everything told from the request to the end of its task. */
  async function made(ask: VendorAsk, context = contextOf()): Promise<Told[]> {
    const told = await eventsOf(gateway.start(requestOf(ask), context));
    const operation = told.find(({ type }) => type === "accepted")?.operation;
    for (let looks = 0; operation && looks < 20 && !isOver(told); looks++) {
      await advance(120_000);
      told.push(...(await look(operation, context)));
    }
    return told;
  }

  const isOver = (told: Told[]) => ["done", "thrown", "failed"].includes(told.at(-1)?.type ?? "");
  const wrongIn = (told: Told[], what: string) =>
    told.at(-1)?.type === "done" && told.some(({ type }) => type === "output") ? [] : [[what, told.at(-1)]];

  for (const ask of everyMediaAsk()) {
    it(`makes ${ask.operation} of ${ask.model}`, async () => {
      assert.deepEqual(wrongIn(await made(ask), "plain"), []);
      const charges = await control.charges();
      assert.equal(charges.length, 1, JSON.stringify(charges));
    });

    it(`takes every value of every option: ${ask.operation} of ${ask.model}`, async () => {
      const wrong: unknown[] = [];
      const fields = optionFields(profileOf(ask).options);
      for (const { field, value, changed } of fields.flatMap((each) => variantsOf(ask, each))) {
        if (field.key === "duration" && value === 1) continue;
        const told = await eventsOf(gateway.start(requestOf(changed), contextOf()));
        const last = told.at(-1);
        if (last?.type !== "accepted" && last?.type !== "done") wrong.push([field.key, value, last]);
        await advance(60_000);
      }
      assert.deepEqual(wrong, []);
    });
  }
});
