import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Bench, bytes, from, png, request, until, vendor } from "./support.ts";

describe("the way of a job", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("writes the intent, journals before it sends, and stages what comes", async () => {
    const root = await bench.root();
    let onDisk: unknown;
    const made = vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => {
          onDisk = JSON.parse(await readFile(join(root, context.jobId, "job.json"), "utf8"));
        });
        yield {
          type: "output",
          index: 0,
          source: { kind: "stream", stream: bytes(png()) },
          facts: { seed: 7 },
        };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(root, made);
    const started = await jobs.start(request, from);
    assert.equal(
      JSON.parse(await readFile(join(root, started.id, "job.json"), "utf8")).request.prompt,
      "prompt-canary",
    );
    const job = await until(jobs, started.id, (now) => now?.state === "done");
    assert.partialDeepStrictEqual(onDisk, { state: "sent", spends: [{ step: "submit", outcome: "open" }] });
    assert.partialDeepStrictEqual(job.spends, [{ step: "submit", outcome: "accepted" }]);
    const [asset] = job.assets;
    assert.ok(asset);
    assert.partialDeepStrictEqual(asset, {
      state: "waiting",
      type: "image/png",
      width: 2,
      facts: { seed: 7 },
    });
    assert.deepEqual(new Uint8Array(await readFile(jobs.stagedPath(job, asset))), png());
    await jobs.decide(job.id, asset.id, { state: "saved", landed: { uri: "file:///x.png", at: 1 } });
    assert.deepEqual(jobs.list(), []);
    await assert.rejects(stat(join(root, job.id)));
  });
});
