import assert from "node:assert/strict";
import type { Vendor } from "../../../src/vendors/contract.ts";
import { type FailureRecord, VendorError } from "../../../src/vendors/errors.ts";
import { withoutEditor } from "../text/editor.ts";
import { Bench, bytes, from, png, request, until, vendor } from "./support.ts";

withoutEditor();
const { failureSteps } = await import("../../../src/ui/failureSteps.ts");

const task = { ...request, prompt: "" };
const handle = { task: "t-1" };
const never: Vendor["start"] = () => assert.fail("an adopted task is never sent");

describe("a task that was made elsewhere", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("is looked at until its result is there, and nothing is sent", async () => {
    let looks = 0;
    const made = vendor({
      start: never,
      async *status(operation) {
        assert.deepEqual(operation, handle);
        if (++looks < 3) return yield { type: "progress", phase: "running" };
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id, state, spends } = await jobs.adopt(task, handle, from);
    assert.deepEqual([state, spends], ["running", []]);
    const job = await until(jobs, id, (each) => each?.state === "done");
    assert.deepEqual([job.assets.length, job.spends, looks], [1, [], 3]);
  });

  it("tried again is looked at again: never sent, and never said to be paid twice", async () => {
    let isHidden = true;
    const made = vendor({
      start: never,
      async *status() {
        if (isHidden) throw new VendorError({ reason: "expired", sent: "unknown" });
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.adopt(task, handle, from);
    const failed = await until(jobs, id, (each) => each?.state === "failed");
    const failure = failed.failures.at(-1)?.error as FailureRecord;
    assert.ok(!failureSteps(failed, failure).includes("sendAnew"));
    isHidden = false;
    const again = await jobs.retry(id);
    assert.deepEqual([again.adopted, again.operation], [true, handle]);
    await until(jobs, again.id, (each) => each?.state === "done");
  });

  it("in doubt can be looked at or dropped, and not sent anew", async () => {
    const made = vendor({
      start: never,
      // biome-ignore lint/correctness/useYield: it fails before it tells anything.
      async *status() {
        throw new VendorError({ reason: "credentials", sent: "refused" });
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.adopt(task, handle, from);
    const job = await until(jobs, id, (each) => each?.state === "unknown");
    assert.deepEqual(failureSteps(job, job.failures.at(-1)?.error as FailureRecord), ["lookAgain", "drop"]);
  });

  it("goes on by a further step that the user asks for as a request", async () => {
    const sent: string[] = [];
    const made = vendor({
      async *start({ options }) {
        sent.push(String(options.draftTask));
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
      async *status() {
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.adopt(task, handle, from);
    await until(jobs, id, (each) => each?.state === "done");
    const next = await jobs.retry(id, { draftTask: "t-1" });
    await until(jobs, next.id, (each) => each?.state === "done");
    assert.deepEqual([sent, next.adopted], [["t-1"], undefined]);
  });
});
