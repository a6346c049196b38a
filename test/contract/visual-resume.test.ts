import assert from "node:assert/strict";
import type { Job } from "../../src/model/job.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { Bench, until } from "../unit/jobs/support.ts";

const link = (role: "person" | "audio", name: string): AssetRequest["inputs"][number] => ({
  role,
  name,
  source: { kind: "link", url: `https://example.com/${name}` },
});
/** One of several people made to speak: two calls. */
const talk: AssetRequest = {
  operation: "avatar",
  vendor: "visual",
  model: "omnihuman-1.5",
  prompt: "Smiles",
  inputs: [link("person", "two.png"), link("audio", "voice.mp3")],
  options: { subject: 2 },
};

/** Looks at tasks often; or so late that the window is closed before. */
const quick: Vendor = { ...visual, poll: { firstMs: 20, everyMs: 200 } };
const slow: Vendor = { ...visual, poll: { firstMs: 600_000, everyMs: 600_000 } };

const stepOf = (job: Job | undefined) => (job?.operation as { step?: string } | undefined)?.step;

describe("Volcengine Visual over the ledger", function () {
  this.timeout(60_000);
  const bench = new Bench();
  let simulator: Simulator;
  let net: Net;

  before(async () => {
    simulator = await startSimulator({ taskMs: 200 });
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
  });
  beforeEach(() => fetch(`${simulator.ready.control.baseUrl}/reset`, { method: "POST", body: "{}" }));
  afterEach(() => bench.clear());
  after(async () => {
    await net.close();
    await simulator.close();
  });

  function open(root: string, vendor: Vendor) {
    const { accessKeyId, secretAccessKey } = simulator.ready.visual;
    return bench.jobs(root, vendor, {
      net,
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      openInput: async ({ role, name, source }) => ({
        role,
        name,
        type: "",
        bytes: 0,
        ...(source.kind === "link" ? { url: source.url } : {}),
      }),
    });
  }

  /** The algorithms called, in their order, but for looks. */
  async function called(): Promise<unknown[]> {
    const answer = await fetch(`${simulator.ready.control.baseUrl}/requests`);
    const requests = (await answer.json()) as { body: Record<string, unknown> | null }[];
    return requests.flatMap(({ body }) => (body && !("task_id" in body) ? [body.req_key] : []));
  }

  const detection = "jimeng_realman_avatar_object_detection";
  const speaking = "jimeng_realman_avatar_picture_omni_v15";

  it("an avatar closed between its two calls goes on in the next window, and makes each call once", async () => {
    const root = await bench.root();
    const first = open(root, slow);
    const { id } = await first.start(talk, { baseUrl: simulator.ready.visual.baseUrl });
    await until(first, id, (job) => stepOf(job) === "subjects");
    await first.dispose();
    assert.deepEqual(await called(), [detection]);
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done");
    assert.equal(done.assets[0]?.kind, "video");
    assert.match(JSON.stringify(done.answer), /"status":"done"/);
    assert.deepEqual(await called(), [detection, speaking]);
  });

  it("an avatar whose second answer is lost with the window is not sent again, and says that it may be billed", async () => {
    const root = await bench.root();
    const answered = Promise.withResolvers<void>();
    const first = open(root, {
      ...quick,
      // The second call goes out, and nobody is left to write its answer down.
      async *status(operation, context) {
        for await (const event of visual.status?.(operation, context) ?? []) {
          if (event.type !== "accepted") yield event;
          else answered.resolve();
          if (event.type === "accepted") await context.clock.sleep(600_000, context.signal);
        }
      },
    });
    const { id } = await first.start(talk, { baseUrl: simulator.ready.visual.baseUrl });
    await answered.promise;
    await first.dispose();
    const next = open(root, quick);
    await next.resume();
    const failed = await until(next, id, (job) => job?.state === "failed" || job?.state === "unknown");
    assert.equal(failed.failures.at(-1)?.error.sent, "unknown");
    assert.deepEqual(await called(), [detection, speaking]);
  });

  it("a picture inside an answer that the window's end cuts off is asked for again, and charged once", async () => {
    const inline: AssetRequest = {
      operation: "text-to-image",
      vendor: "visual",
      model: "jimeng-3.1",
      prompt: "A boat",
      inputs: [],
      options: { delivery: "b64_json" },
    };
    const root = await bench.root();
    const begun = Promise.withResolvers<void>();
    const first = open(root, {
      ...quick,
      async *status(operation, context) {
        for await (const event of visual.status?.(operation, context) ?? []) {
          if (event.type !== "output") yield event;
          else yield { ...event, source: { kind: "stream", stream: cutOff(context.signal) } };
        }
      },
    });
    async function* cutOff(signal: AbortSignal) {
      yield Buffer.from("half a");
      begun.resolve();
      await realClock.sleep(600_000, signal);
    }
    const { id } = await first.start(inline, { baseUrl: simulator.ready.visual.baseUrl });
    await begun.promise;
    await first.dispose();
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done" || job?.state === "failed");
    assert.deepEqual([done.state, done.assets[0]?.type, done.failures], ["done", "image/jpeg", []]);
    assert.deepEqual(await called(), ["jimeng_t2i_v31"]);
  });
});
