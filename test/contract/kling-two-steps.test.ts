import assert from "node:assert/strict";
import type { Job } from "../../src/model/job.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { kling } from "../../src/vendors/kling/index.ts";
import { Bench, until } from "../unit/jobs/support.ts";
import { controlOf, useSimulator } from "./control.ts";
import { requestOf } from "./kling-samples.ts";
import { answerLost, linkTo, looksLate, looksOften, openLink } from "./windows.ts";

const asked = requestOf({ model: "kling-lip-sync", operation: "lip-sync", options: { soundTo: 3 } });
const request: AssetRequest = {
  operation: "lip-sync",
  vendor: "kling",
  model: "kling-lip-sync",
  prompt: "",
  inputs: [linkTo("video", "talk.mp4"), linkTo("audio", "voice.mp3")],
  options: asked.options,
};

const quick = looksOften(kling);
const slow = looksLate(kling);

const stepOf = (job: Job | undefined) => (job?.operation as { step?: string } | undefined)?.step;

describe("a lip sync of Kling over the ledger", function () {
  this.timeout(60_000);
  const bench = new Bench();
  const ready = useSimulator({ taskMs: 200 });
  const control = controlOf(ready, "kling");
  let net: Net;

  before(() => {
    net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
  });
  afterEach(() => bench.clear());
  after(() => net.close());

  function open(root: string, vendor: Vendor) {
    const { accessKey, secretKey } = ready.kling;
    return bench.jobs(root, vendor, {
      net,
      credentials: async () => ({ accessKey, secretKey }),
      openInput: openLink,
    });
  }

  it("closed between its two calls goes on in the next window, and each call is charged once", async () => {
    const root = await bench.root();
    const first = open(root, slow);
    const { id } = await first.start(request, { baseUrl: ready.kling.baseUrl });
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
    const { vendor, answered } = answerLost(quick, "status");
    const first = open(root, vendor);
    const { id } = await first.start(request, { baseUrl: ready.kling.baseUrl });
    await answered;
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
