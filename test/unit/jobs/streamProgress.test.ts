import assert from "node:assert/strict";
import type { JobProgress } from "../../../src/jobs/types.ts";
import { Bench, bytes, from, png, request, until, vendor } from "./support.ts";

describe("a result that comes with the answer", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  async function told(total: number | undefined): Promise<JobProgress[]> {
    const file = png();
    const source = { kind: "stream" as const, stream: bytes(file.subarray(0, 10), file.subarray(10)) };
    const made = vendor({
      async *start() {
        yield {
          type: "output",
          index: 0,
          source: total === undefined ? source : { ...source, bytes: total },
          facts: {},
        };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const seen: JobProgress[] = [];
    jobs.onDidChange((id) => {
      const progress = jobs.progress(id);
      if (progress?.phase === "downloading") seen.push(progress);
    });
    const { id } = await jobs.start(request, from);
    await until(jobs, id, (job) => job?.state === "done");
    return seen;
  }

  it("tells how far it has come, where its size is known", async () => {
    const [first] = await told(png().length);
    assert.deepEqual(first, { phase: "downloading", fraction: 10 / png().length });
  });

  it("tells that it is coming, where its size is not known", async () => {
    assert.deepEqual((await told(undefined))[0], { phase: "downloading" });
  });
});
