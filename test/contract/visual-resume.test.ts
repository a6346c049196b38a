import assert from "node:assert/strict";
import type { Job } from "../../src/model/job.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import { Bench, until } from "../unit/jobs/support.ts";
import { type Body, controlOf, useSimulator } from "./control.ts";
import { answerLost, linkTo, looksLate, looksOften, openLink } from "./windows.ts";

/** One of several people made to speak: two calls. */
const talk: AssetRequest = {
  operation: "avatar",
  vendor: "visual",
  model: "omnihuman-1.5",
  prompt: "Smiles",
  inputs: [linkTo("person", "two.png"), linkTo("audio", "voice.mp3")],
  options: { subject: 2 },
};

const quick = looksOften(visual);
const slow = looksLate(visual);

const stepOf = (job: Job | undefined) => (job?.operation as { step?: string } | undefined)?.step;

describe("Volcengine Visual over the ledger", function () {
  this.timeout(60_000);
  const bench = new Bench();
  const ready = useSimulator({ taskMs: 200 });
  const control = controlOf(ready, "visual");
  let net: Net;

  before(() => {
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
  });
  beforeEach(() => control.reset());
  afterEach(() => bench.clear());
  after(() => net.close());

  function open(root: string, vendor: Vendor) {
    const { accessKeyId, secretAccessKey } = ready.visual;
    return bench.jobs(root, vendor, {
      net,
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      openInput: openLink,
    });
  }

  /** The algorithms called, in their order, but for looks. */
  async function called(): Promise<unknown[]> {
    const requests = (await control.requests()) as { body: Body | null }[];
    return requests.flatMap(({ body }) => (body && !("task_id" in body) ? [body.req_key] : []));
  }

  const detection = "jimeng_realman_avatar_object_detection";
  const speaking = "jimeng_realman_avatar_picture_omni_v15";

  it("an avatar closed between its two calls goes on in the next window, and makes each call once", async () => {
    const root = await bench.root();
    const first = open(root, slow);
    const { id } = await first.start(talk, { baseUrl: ready.visual.baseUrl });
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
    const { vendor, answered } = answerLost(quick, "status");
    const first = open(root, vendor);
    const { id } = await first.start(talk, { baseUrl: ready.visual.baseUrl });
    await answered;
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
    const { id } = await first.start(inline, { baseUrl: ready.visual.baseUrl });
    await begun.promise;
    await first.dispose();
    const next = open(root, quick);
    await next.resume();
    const done = await until(next, id, (job) => job?.state === "done" || job?.state === "failed");
    assert.deepEqual([done.state, done.assets[0]?.type, done.failures], ["done", "image/jpeg", []]);
    assert.deepEqual(await called(), ["jimeng_t2i_v31"]);
  });
});
