import assert from "node:assert/strict";
import { NetError } from "../../../src/net/types.ts";
import type { Vendor, VendorContext } from "../../../src/vendors/contract.ts";
import { VendorError, type VendorErrorFacts } from "../../../src/vendors/errors.ts";
import { Bench, bytes, from, newJob, png, quick, request, until, vendor } from "./support.ts";

const output = (index = 0) => ({
  type: "output" as const,
  index,
  source: { kind: "stream" as const, stream: bytes(png(index)) },
  facts: {},
});
const done = { type: "done" } as const;

/** A vendor whose billable call fails as told, in turn, and then succeeds; `calls` counts them. */
function failing(...failures: (VendorErrorFacts | Error)[]) {
  const made = {
    calls: 0,
    vendor: vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => {
          const failure = failures[made.calls++];
          if (failure) throw failure instanceof Error ? failure : new VendorError(failure);
        });
        yield output();
        yield done;
      },
    }),
  };
  return made;
}

describe("sending", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  async function outcome(made: Vendor) {
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start(request, from);
    return until(jobs, id, (job) => ["done", "failed", "unknown"].includes(job?.state ?? ""));
  }

  const cases: [string, VendorErrorFacts | Error, { calls: number; state: string }][] = [
    ["a rate limit", { reason: "rateLimit", sent: "refused" }, { calls: 2, state: "done" }],
    ["no connection", new NetError("refused", "no"), { calls: 2, state: "done" }],
    ["a policy refusal", { reason: "policy", sent: "refused" }, { calls: 1, state: "failed" }],
    [
      "a refusal not to be retried",
      { reason: "rateLimit", sent: "refused", retryable: false },
      { calls: 1, state: "failed" },
    ],
    [
      "a long Retry-After",
      { reason: "rateLimit", sent: "refused", retryAfterMs: 3_600_000 },
      { calls: 1, state: "failed" },
    ],
    ["a reset", new NetError("reset", "unknown"), { calls: 1, state: "unknown" }],
    [
      "an unclear 502, even if called retryable",
      { reason: "unavailable", sent: "unknown", retryable: true },
      { calls: 1, state: "unknown" },
    ],
    ["an error nobody foresaw", new TypeError("prompt-canary"), { calls: 1, state: "unknown" }],
  ];
  for (const [name, failure, expected] of cases) {
    it(`after ${name}: ${expected.calls} call, ${expected.state}`, async () => {
      const made = failing(failure);
      const job = await outcome(made.vendor);
      assert.deepEqual({ calls: made.calls, state: job.state }, expected);
      assert.ok(!JSON.stringify(bench.lines).includes("canary"));
    });
  }

  it("gives up after three refusals, and counts those of an earlier process", async () => {
    const busy: VendorErrorFacts = { reason: "rateLimit", sent: "refused" };
    const made = failing(busy, busy, busy, busy);
    assert.equal((await outcome(made.vendor)).state, "failed");
    assert.equal(made.calls, 3);

    const root = await bench.root();
    const spend = { step: "submit", at: 1, outcome: "refused" as const };
    await bench.write(root, newJob({ updated: Date.now(), spends: [spend, spend] }));
    const again = failing(busy, busy);
    const jobs = bench.jobs(root, again.vendor);
    await jobs.resume();
    await until(jobs, "j1", (job) => job?.state === "failed");
    assert.equal(again.calls, 1);
  });

  it("never sends a step twice, however a vendor goes about it", async () => {
    let calls = 0;
    const job = await outcome(
      vendor({
        async *start(_request, context) {
          const send = async () => void calls++;
          await context.spend("submit", send);
          await context.spend("submit", send);
          yield done;
        },
      }),
    );
    assert.equal(calls, 1);
    assert.equal(job.state, "unknown");
  });

  it("sends one call for one journalled step", async () => {
    let calls = 0;
    const billable = () => ({
      send: async () => {
        calls++;
        return {} as never;
      },
    });
    const made = vendor({
      async *start(_request, context) {
        await context.spend("submit", (http) =>
          Promise.all([http.send({ url: "x" }), http.send({ url: "x" })]),
        );
        yield done;
      },
    });
    const jobs = bench.jobs(await bench.root(), made, {
      net: {
        billable,
        free: () => ({
          get: async () => ({}) as never,
          ask: async () => ({}) as never,
          withdraw: async () => ({}) as never,
        }),
        download: async () => ({}) as never,
      },
    });
    const { id } = await jobs.start(request, from);
    const job = await until(jobs, id, (now) => now?.state === "unknown");
    assert.equal(calls, 1);
    assert.equal(job.spends[0]?.outcome, "unknown");
  });

  const interrupted = { step: "submit", at: 5, outcome: "open" as const };
  for (const outcomeThen of ["open", "unknown", "accepted"] as const) {
    it(`does not send again what an earlier process may have sent: ${outcomeThen}`, async () => {
      const root = await bench.root();
      await bench.write(root, newJob({ state: "sent", spends: [{ ...interrupted, outcome: outcomeThen }] }));
      const made = failing();
      const jobs = bench.jobs(root, made.vendor);
      await jobs.resume();
      const job = await until(jobs, "j1", (now) => now?.state === "unknown");
      assert.equal(made.calls, 0);
      assert.equal(job.failures[0]?.error.next, "interrupted");
      await jobs.lookAgain("j1");
      assert.equal(jobs.get("j1")?.state, "unknown");
      assert.equal(made.calls, 0);
    });
  }

  it("sends an intent of an earlier process once, but not one of yesterday", async () => {
    const root = await bench.root();
    await bench.write(root, newJob({ id: "young", updated: Date.now() }));
    await bench.write(root, newJob({ id: "old", updated: Date.now() - 86_400_000 }));
    const made = failing();
    const jobs = bench.jobs(root, made.vendor);
    await jobs.resume();
    await until(jobs, "young", (job) => job?.state === "done");
    await until(jobs, "old", (job) => job?.state === "failed");
    assert.equal(made.calls, 1);
  });

  const tasks = [
    { operation: { task: "a" }, created: 6 },
    { operation: { task: "b" }, created: 7 },
  ];
  const findCases: [string, number, string[], string][] = [
    ["adopts the one task that can be it", 1, [], "done"],
    ["adopts none of several", 2, [], "unknown"],
    ["leaves a task that another job has", 1, ["a"], "unknown"],
    ["adopts the one that is left", 2, ["a"], "done"],
    ["leaves a task that another job has under other words", 1, ["a asked otherwise"], "unknown"],
  ];
  for (const [name, count, taken, state] of findCases) {
    it(`looks for a job whose answer never came, and ${name}`, async () => {
      const root = await bench.root();
      await bench.write(root, newJob({ state: "sent", spends: [interrupted] }));
      for (const task of taken) {
        const spends = [{ ...interrupted, outcome: "accepted" as const }];
        const [id = "", ...more] = task.split(" ");
        const operation = more.length > 0 ? { task: id, more } : { task: id };
        await bench.write(root, newJob({ id, state: "done", operation, spends, assets: [] }));
      }
      let since = 0;
      const made = vendor({
        async *status() {
          yield output();
          yield done;
        },
        taskId: (operation) => (operation as { task: string }).task,
        find: async (_request, at) => {
          since = at;
          return tasks.slice(0, count);
        },
      });
      const jobs = bench.jobs(root, made);
      await jobs.resume();
      await until(jobs, "j1", (job) => job?.state !== "sent");
      await jobs.lookAgain("j1");
      assert.equal(jobs.get("j1")?.state, state);
      assert.equal(since, 5);
    });
  }

  it("gives a task that two jobs in doubt could have made to one of them, when both have just seen that it is free", async () => {
    const root = await bench.root();
    let looks = 0;
    let bothLook = () => {};
    const both = new Promise<void>((resolve) => {
      bothLook = resolve;
    });
    const made = vendor({
      async *status() {
        yield output();
        yield done;
      },
      find: async () => {
        if (++looks === 2) bothLook();
        await both;
        return [{ operation: { task: "a" }, created: 6 }];
      },
    });
    const spends = [{ ...interrupted, at: Date.now() }];
    const alone = { watchOtherWindows: false, timings: { ...quick, beatMs: 3_600_000, findMs: [0] } };
    const windows = [];
    for (const id of ["j1", "j2"]) {
      await bench.write(root, newJob({ id, state: "sent", spends }));
      const window = bench.jobs(root, made, alone);
      await window.resume();
      windows.push(window);
    }
    const settled = windows.map((window, at) => until(window, `j${at + 1}`, (job) => job?.state !== "sent"));
    await Promise.all(settled);
    await Promise.all(windows.map((window, at) => window.lookAgain(`j${at + 1}`)));
    const operations = windows.map((window, at) => window.get(`j${at + 1}`)?.operation);
    assert.deepEqual(operations.filter(Boolean), [{ task: "a" }]);
  });

  it("does not take the task of a job that was decided and has closed for a lost one", async () => {
    const root = await bench.root();
    const operation = { task: "a" };
    const made = vendor({
      async *start() {
        yield { type: "accepted", operation };
      },
      async *status() {
        yield output();
        yield done;
      },
      find: async () => [{ operation, created: 6 }],
    });
    const first = bench.jobs(root, made);
    const { id } = await first.start(request, from);
    await until(first, id, (job) => job?.state === "done");
    await first.decide(id, "0", { state: "saved", landed: { uri: "file:///a.png", at: 1 } });
    assert.deepEqual(await bench.ids(root), []);
    await first.dispose();

    await bench.write(root, newJob({ state: "sent", spends: [interrupted] }));
    const later = bench.jobs(root, made);
    await later.resume();
    await until(later, "j1", (job) => job?.state === "unknown");
    await later.lookAgain("j1");
    assert.equal(later.get("j1")?.state, "unknown");
  });

  it("fails without sending when the key is missing or an input cannot be opened (P-03)", async () => {
    const made = failing();
    const jobs = bench.jobs(await bench.root(), made.vendor, { credentials: async () => undefined });
    const { id } = await jobs.start(request, from);
    const job = await until(jobs, id, (now) => now?.state === "failed");
    assert.partialDeepStrictEqual(job.failures, [{ error: { reason: "credentials", sent: "no" } }]);

    const others = bench.jobs(await bench.root(), made.vendor);
    const source = { kind: "file" as const, uri: "file:///gone.png", sha256: "", bytes: 1 };
    const asked = await others.start(
      { ...request, inputs: [{ role: "reference", name: "gone.png", source }] },
      from,
    );
    const failed = await until(others, asked.id, (now) => now?.state === "failed");
    assert.partialDeepStrictEqual(failed.failures, [
      { error: { reason: "invalid", sent: "no", next: "inputs" } },
    ]);
    assert.equal(made.calls, 0);
  });

  it("is in doubt when a synchronous answer takes longer than its model may", async () => {
    const hangs = vendor({
      models: [{ id: "m", name: "M", operations: { "text-to-image": { deadlineMs: 20 } as never } }],
      async *start(_request, context) {
        await context.spend("submit", () => hang(context));
        yield done;
      },
    });
    const job = await outcome(hangs);
    assert.equal(job.state, "unknown");
    assert.partialDeepStrictEqual(job.failures, [{ error: { sent: "unknown", next: "deadline" } }]);
  });

  it("puts what fails apart from what is good", async () => {
    const error = new VendorError({ reason: "policy", sent: "refused", code: "Sensitive" });
    const job = await outcome(
      vendor({
        async *start(_request, context) {
          await context.spend("submit", async () => undefined);
          yield output(0);
          yield { type: "failed", index: 1, error };
          yield output(2);
          yield { type: "usage", usage: { units: { images: 2 } } };
          yield done;
        },
      }),
    );
    assert.deepEqual(
      job.assets.map(({ id }) => id),
      ["0", "2"],
    );
    assert.deepEqual(job.failures, [{ index: 1, error: error.facts }]);
    assert.deepEqual(job.usage, { units: { images: 2 } });
  });

  it("keeps what came of a group whose stream broke off", async () => {
    const job = await outcome(
      vendor({
        async *start(_request, context) {
          await context.spend("submit", async () => undefined);
          yield output(0);
          throw new NetError("reset", "unknown");
        },
      }),
    );
    assert.equal(job.state, "done");
    assert.equal(job.assets.length, 1);
    assert.partialDeepStrictEqual(job.failures, [{ error: { reason: "ambiguous" } }]);
  });

  it("calls an answer that ends without a word about its end unreadable", async () => {
    const job = await outcome(vendor({ async *start() {} }));
    assert.partialDeepStrictEqual(job.failures, [{ error: { reason: "protocol", next: "brokeOff" } }]);
  });
});

describe("cancelling", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  it("aborts a call whose answer is still out, and says that it may be billed", async () => {
    const root = await bench.root();
    let aborted = false;
    const made = vendor({
      async *start(_request, context) {
        await context.spend("submit", () => hang(context).finally(() => (aborted = true)));
        yield done;
      },
    });
    const jobs = bench.jobs(root, made);
    const { id } = await jobs.start(request, from);
    await until(jobs, id, (job) => job?.state === "sent");
    assert.deepEqual(await jobs.cancel(id), { result: "cancelled", billed: "maybe" });
    assert.ok(aborted);
    assert.equal(jobs.get(id)?.cancelled?.billed, "maybe");
    assert.deepEqual(jobs.list(), []);
    assert.deepEqual(await bench.ids(root), []);
  });

  it("sends nothing when it comes before the call", async () => {
    let calls = 0;
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const made = vendor({
      async *start(_request, context) {
        await opened;
        await context.spend("submit", async () => void calls++);
        yield done;
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start(request, from);
    const cancelled = jobs.cancel(id);
    open();
    assert.deepEqual(await cancelled, { result: "cancelled", billed: "no" });
    assert.equal(calls, 0);
  });

  it("keeps the pictures that had already come", async () => {
    const made = vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => undefined);
        yield output();
        await hang(context);
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start(request, from);
    await until(jobs, id, (job) => job?.assets.length === 1);
    await jobs.cancel(id);
    assert.partialDeepStrictEqual(jobs.list(), [{ state: "cancelled", assets: [{ state: "waiting" }] }]);
  });

  for (const [result, billed, state] of [
    ["cancelled", "no", "cancelled"],
    ["tooLate", "yes", "running"],
    ["cannot", "yes", "running"],
  ] as const) {
    it(`asks the vendor about a running task: ${result}`, async () => {
      const asked: unknown[] = [];
      const made = vendor({
        async *start() {
          yield { type: "accepted", operation: { task: 1 } };
        },
        async *status() {},
      });
      if (result !== "cannot")
        made.cancel = async (operation) => {
          asked.push(operation);
          return { result };
        };
      const jobs = bench.jobs(await bench.root(), made);
      const { id } = await jobs.start(request, from);
      await until(jobs, id, (job) => job?.state === "running");
      assert.deepEqual(await jobs.cancel(id), { result, billed });
      assert.equal(jobs.get(id)?.state, state);
      assert.deepEqual(asked, result === "cannot" ? [] : [{ task: 1 }]);
    });
  }

  it("says that a task the vendor stopped may be billed, where the vendor does not rule it out", async () => {
    const made = vendor({
      async *start() {
        yield { type: "accepted", operation: { task: 1 } };
      },
      async *status() {},
    });
    made.cancel = async () => ({ result: "cancelled" });
    made.cancelling = { reaches: "any", billed: "maybe" };
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start(request, from);
    await until(jobs, id, (job) => job?.state === "running");
    assert.deepEqual(await jobs.cancel(id), { result: "cancelled", billed: "maybe" });
    assert.equal(jobs.get(id)?.cancelled?.billed, "maybe");
  });
});

/** Never answers; fails as the transport does when it is aborted. */
function hang({ signal }: VendorContext): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new NetError("aborted", "unknown")));
  });
}
