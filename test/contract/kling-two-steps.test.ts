import assert from "node:assert/strict";
import type { Job } from "../../src/model/job.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { kling } from "../../src/vendors/kling/index.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { Bench, until } from "../unit/jobs/support.ts";
import { klingClient } from "./kling-client.ts";
import { requestOf } from "./kling-samples.ts";

const asked = requestOf({ model: "kling-lip-sync", operation: "lip-sync", options: { soundTo: 3 } });
const link = (role: "video" | "audio", name: string): AssetRequest["inputs"][number] => ({
  role,
  name,
  source: { kind: "link", url: `https://example.com/${name}` },
});
const request: AssetRequest = {
  operation: "lip-sync",
  vendor: "kling",
  model: "kling-lip-sync",
  prompt: "",
  inputs: [link("video", "talk.mp4"), link("audio", "voice.mp3")],
  options: asked.options,
};

/** Looks at tasks often; or so late that the window is closed before. */
const quick: Vendor = { ...kling, poll: { firstMs: 20, everyMs: 100 } };
const slow: Vendor = { ...kling, poll: { firstMs: 600_000, everyMs: 600_000 } };

const stepOf = (job: Job | undefined) => (job?.operation as { step?: string } | undefined)?.step;

describe("a lip sync of Kling over the ledger", function () {
  this.timeout(60_000);
  const bench = new Bench();
  let simulator: Simulator;
  let control: ReturnType<typeof klingClient>;
  let net: Net;

  before(async () => {
    simulator = await startSimulator({ taskMs: 200 });
    control = klingClient(simulator.ready);
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
  });
  afterEach(() => bench.clear());
  after(async () => {
    await net.close();
    await simulator.close();
  });

  function open(root: string, vendor: Vendor) {
    const { accessKey, secretKey } = simulator.ready.kling;
    return bench.jobs(root, vendor, {
      net,
      credentials: async () => ({ accessKey, secretKey }),
      openInput: async ({ role, name, source }) => ({
        role,
        name,
        type: "",
        bytes: 0,
        ...(source.kind === "link" ? { url: source.url } : {}),
      }),
    });
  }

  it("closed between its two calls goes on in the next window, and each call is charged once", async () => {
    const root = await bench.root();
    const first = open(root, slow);
    const { id } = await first.start(request, { baseUrl: simulator.ready.kling.baseUrl });
    const between = await until(first, id, (job) => stepOf(job) === "identified");
    assert.equal(between.state, "running");
    await first.dispose();
    assert.deepEqual(
      (await control.charges()).map(({ operation }) => operation),
      ["identify-face"],
    );
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done");
    assert.equal(done.assets[0]?.kind, "video");
    assert.deepEqual(done.usage, { units: { videoUnits: 1.05 } });
    assert.deepEqual(
      done.spends.map(({ step, outcome }) => [step, outcome]),
      [
        ["identify", "accepted"],
        ["lipSync", "accepted"],
      ],
    );
    assert.deepEqual(
      (await control.charges()).map(({ operation }) => operation),
      ["identify-face", "lip-sync"],
    );
  });

  it("whose second answer is lost with the window finds its task by the job's id", async () => {
    await control.reset();
    const root = await bench.root();
    const answered = Promise.withResolvers<void>();
    const first = open(root, {
      ...quick,
      // The second call goes out, and nobody is left to write its answer down.
      async *status(operation, context) {
        for await (const event of kling.status?.(operation, context) ?? []) {
          if (event.type !== "accepted") yield event;
          else answered.resolve();
          if (event.type === "accepted") await context.clock.sleep(600_000, context.signal);
        }
      },
    });
    const { id } = await first.start(request, { baseUrl: simulator.ready.kling.baseUrl });
    await answered.promise;
    await first.dispose();
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done");
    assert.equal(done.assets.length, 1);
    assert.deepEqual(
      (await control.charges()).map(({ operation }) => operation),
      ["identify-face", "lip-sync"],
    );
  });
});
