import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Json } from "../../src/model/json.ts";
import { optionDefaults } from "../../src/model/options.ts";
import { realClock } from "../../src/net/clock.ts";
import { vendorEntries } from "../../src/vendors/catalog.ts";
import type { ForeignTask, Vendor, VendorContext, VendorRequest } from "../../src/vendors/contract.ts";
import { VendorError } from "../../src/vendors/errors.ts";
import { type Ready, type Simulator, startSimulator } from "../simulator/start.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";

/** How a vendor is called, and what of it is tried. */
interface Case {
  reach(ready: Ready): Pick<VendorContext, "baseUrl" | "credentials" | "settings">;
  ask: Pick<ForeignTask, "operation" | "model">;
  prompt?: string;
  /** An id as the vendor writes them that no task has. */
  nobodys: string;
}

const video = "text-to-video";

const cases: Readonly<Record<string, Case>> = {
  seedream: {
    reach: ({ seedream: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    ask: { operation: video, model: "seedance-2-0" },
    nobodys: "cgt-20261112100330-nobody",
  },
  visual: {
    reach: ({ visual: { baseUrl, accessKeyId, secretAccessKey } }) => ({
      baseUrl,
      credentials: { accessKeyId, secretAccessKey },
    }),
    ask: { operation: video, model: "jimeng-video-3.0-pro" },
    nobodys: "7390000000000000001",
  },
  kling: {
    reach: ({ kling: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    ask: { operation: video, model: "kling-v3" },
    nobodys: "829836802793406000",
  },
  "kling by access key": {
    reach: ({ kling: { baseUrl, accessKey, secretKey } }) => ({
      baseUrl,
      credentials: { accessKey, secretKey },
    }),
    ask: { operation: video, model: "kling-v3" },
    nobodys: "829836802793406000",
  },
  animo: {
    reach: ({ animo: { endpoint, apiKey } }) => ({ baseUrl: "", credentials: { endpoint, apiKey } }),
    ask: { operation: video, model: "animo" },
    prompt: "A paper boat [pending]",
    nobodys: randomUUID(),
  },
  gateway: {
    reach: ({ gateway: { baseUrl, nativeUrl, apiKey } }) => ({
      baseUrl,
      credentials: { apiKey },
      settings: { nativeUrl },
    }),
    ask: { operation: video, model: "wan2.6-t2v" },
    nobodys: randomUUID(),
  },
};

describe("tasks that were made elsewhere", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  const contexts: TestContext[] = [];
  const made = new Set<string>();

  before(async () => {
    simulator = await startSimulator({ taskMs: 20 });
  });
  after(async () => {
    for (const { net } of contexts) await net.close();
    await simulator.close();
  });

  const charges = async () =>
    (await (await fetch(`${simulator.ready.control.baseUrl}/charges`)).json()) as unknown[];

  function contextOf({ reach }: Case): VendorContext {
    const context = testContext("", {});
    contexts.push(context);
    return { ...context, clock: realClock, jobId: randomUUID(), ...reach(simulator.ready) };
  }

  async function finished(vendor: Vendor, handle: Json, context: VendorContext): Promise<Told[]> {
    for (;;) {
      assert.ok(vendor.status);
      const told = await eventsOf(vendor.status(handle, context));
      if (told.at(-1)?.type !== "progress") return told;
      await realClock.sleep(20);
    }
  }

  for (const [name, held] of Object.entries(cases)) {
    const entry = vendorEntries.find(({ id }) => name.startsWith(id));

    it(`${name}: by the vendor's id of it, as another machine asks`, async () => {
      const vendor = await entry?.load();
      assert.ok(vendor?.adoption && vendor.taskId);
      const { operation, model } = held.ask;
      assert.ok(vendor.adoption.isTask(operation, model));
      const schema = vendor.models.find(({ id }) => id === model)?.operations[operation]?.options;
      assert.ok(schema, `${model} does no ${operation}`);
      const prompt = held.prompt ?? "A paper boat";
      const request: VendorRequest = {
        ...held.ask,
        prompt,
        inputs: [],
        options: optionDefaults(schema),
      };
      const context = contextOf(held);
      const started = await eventsOf(vendor.start(request, context));
      const accepted = started.findLast(({ type }) => type === "accepted")?.operation as Json;
      const id = vendor.taskId(accepted);
      assert.ok(id, JSON.stringify(started));
      // As another machine would ask: nothing is known but the id.
      const elsewhere = contextOf(held);
      const { handle, ...known } = await vendor.adoption.find({ id, ...held.ask }, elsewhere);
      assert.deepEqual(known, held.ask);
      assert.equal(vendor.taskId(handle), id);
      const told = await finished(vendor, handle, elsewhere);
      const output = told.find(({ type }) => type === "output");
      assert.match(JSON.stringify(output?.source), /"url":"http/, JSON.stringify(told));
      made.add(id);
    });

    it(`${name}: one that nobody knows is not found`, async () => {
      const { adoption } = (await entry?.load()) ?? {};
      assert.ok(adoption);
      await assert.rejects(
        adoption.find({ id: held.nobodys, ...held.ask }, contextOf(held)),
        (error: unknown) => error instanceof VendorError && /notFound|expired/.test(error.reason),
      );
    });
  }

  it("looking at them has cost nothing: each is charged once, as it was made", async () => {
    const charged = (await charges()) as { id: string }[];
    assert.deepEqual(charged.map(({ id }) => id).sort(), [...made].sort());
  });
});
