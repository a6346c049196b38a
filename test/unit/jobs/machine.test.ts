import assert from "node:assert/strict";
import fc from "fast-check";
import {
  apply,
  isClosed,
  isOpen,
  type JobEvent,
  mayBeBilled,
  withoutWords,
} from "../../../src/jobs/machine.ts";
import type { Asset, Job } from "../../../src/model/job.ts";
import type { FailureRecord } from "../../../src/vendors/errors.ts";
import { newJob, waitingAsset } from "./support.ts";

const failure: fc.Arbitrary<FailureRecord> = fc.record({
  reason: fc.constantFrom("rateLimit", "policy", "ambiguous", "protocol"),
  sent: fc.constantFrom("no", "refused", "unknown"),
});
const index = fc.integer({ min: 0, max: 3 });
const assetId = index.map(String);

const decision = fc.constantFrom(
  { state: "placed" as const, landed: { uri: "file:///a.png", at: 1 } },
  { state: "saved" as const, landed: { uri: "file:///b.png", at: 1 } },
  { state: "discarded" as const },
  { state: "waiting" as const },
);

const happening = fc.oneof(
  fc.record({ type: fc.constant("spent" as const), step: fc.constantFrom("upload", "submit") }),
  fc.record({
    type: fc.constant("settled" as const),
    step: fc.constantFrom("upload", "submit"),
    outcome: fc.constantFrom("accepted" as const, "refused" as const, "unknown" as const),
  }),
  fc.record({ type: fc.constant("accepted" as const), operation: fc.constant({ id: "t1" }) }),
  index.map((at) => ({ type: "announced" as const, output: { index: at, url: "https://x/y", facts: {} } })),
  index.map((at) => ({ type: "stored" as const, asset: waitingAsset(at) })),
  fc.record({ type: fc.constant("lost" as const), index, error: failure }),
  fc.record({ type: fc.constant("delayed" as const), index, error: failure }),
  fc.constant({ type: "ended" as const }),
  fc.record({
    type: fc.constantFrom("refused" as const, "failed" as const, "doubted" as const),
    error: failure,
  }),
  fc.constant({ type: "cancelled" as const }),
  fc.record({ type: fc.constant("decided" as const), asset: assetId, decision }),
  fc.constant({ type: "text" as const, text: "canary" }),
  fc.constant({ type: "answer" as const, body: { prompt: "canary" } }),
  fc.constant({ type: "warning" as const, code: "changed", args: { to: "canary" } }),
  fc.record({
    type: fc.constant("noted" as const),
    asset: assetId,
    note: fc.constant({ alt: "canary", fileName: "canary.png" }),
  }),
  fc.constant({ type: "usage" as const, usage: { units: { images: 1 } } }),
  fc.constant({ type: "closed" as const }),
);
const events: fc.Arbitrary<JobEvent[]> = fc
  .array(happening, { maxLength: 40 })
  .map((list) => list.map((event, at) => ({ ...event, at: at + 1 }) as JobEvent));

/** Every step of a random history: the job before, the event, the job after. */
function steps(list: JobEvent[], check: (before: Job, event: JobEvent, after: Job) => void): void {
  let job = newJob({
    settings: { nativeUrl: "https://canary.example" },
    request: { ...newJob().request, prompt: "canary" },
  });
  for (const event of list) {
    const after = apply(job, event);
    check(job, event, after);
    job = after;
  }
}

/** The name of a file that has landed is in its address too. */
function withoutLandedName({ fileName: _name, ...rest }: Asset): object {
  return rest;
}

function play(...list: object[]): Job {
  return list.reduce<Job>((job, event, at) => apply(job, { at, ...event } as JobEvent), newJob());
}

const announced = (at: number) => ({ type: "announced", output: { index: at, url: "u", facts: {} } });
const policy = { reason: "policy", sent: "refused" };

describe("job machine", () => {
  it("keeps failed, cancelled and done as they are, whatever comes later", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, _event, after) => {
          if (["failed", "cancelled", "done"].includes(before.state)) assert.equal(after.state, before.state);
        }),
      ),
    );
  });

  it("never loses an output: it goes from pending to an asset or a failure, and no asset goes away", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, event, after) => {
          for (const output of before.pending) {
            const isThere =
              after.pending.some((entry) => entry.index === output.index) ||
              after.assets.some((entry) => entry.index === output.index) ||
              after.failures.some((entry) => entry.index === output.index);
            assert.ok(isThere, `output ${output.index} gone after ${event.type}`);
          }
          assert.ok(after.assets.length >= before.assets.length);
          assert.equal(new Set(after.assets.map((entry) => entry.id)).size, after.assets.length);
        }),
      ),
    );
  });

  it("never forgets a spend, and never turns one that may have been carried out into a refused one", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, _event, after) => {
          assert.deepEqual(
            after.spends.slice(0, before.spends.length).map(({ step, at }) => ({ step, at })),
            before.spends.map(({ step, at }) => ({ step, at })),
          );
          before.spends.forEach((spend, at) => {
            if (spend.outcome !== "open") assert.equal(after.spends[at]?.outcome, spend.outcome);
          });
        }),
      ),
    );
  });

  it("changes a decision only by taking it back first, and takes any back", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, event, after) => {
          for (const was of before.assets) {
            const now = after.assets.find((entry) => entry.id === was.id);
            if (was.state === "waiting") continue;
            const isTakenBack =
              event.type === "decided" && event.asset === was.id && event.decision.state === "waiting";
            assert.equal(now?.state, isTakenBack ? "waiting" : was.state);
            if (isTakenBack) assert.ok(now && !("landed" in now) && !("discardedAt" in now));
          }
        }),
      ),
    );
  });

  it("is closed only with nothing on its way and each asset decided, and reopens when one waits again", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (_before, _event, job) => {
          if (job.closed !== undefined) assert.ok(isClosed(job));
          if (!isClosed(job)) return;
          assert.equal(job.pending.length, 0);
          assert.ok(!isOpen(job));
          assert.ok(job.assets.every((entry) => entry.state !== "waiting"));
        }),
      ),
    );
  });

  it("keeps the last answer for as long as it is open, whatever else happens", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, event, after) => {
          if (after.closed !== undefined) return;
          assert.deepEqual(after.answer, event.type === "answer" ? event.body : before.answer);
        }),
      ),
    );
  });

  it("holds no word of the user, the vendor's answer or its settings once it has closed, and takes in none later (P-11)", () => {
    fc.assert(
      fc.property(events, (list) =>
        steps(list, (before, _event, after) => {
          if (after.closed === undefined) return;
          const text = JSON.stringify({ ...after, assets: after.assets.map(withoutLandedName) });
          assert.ok(!text.includes("canary"), text);
          if (before.closed === undefined) assert.ok(!("answer" in after) && !("settings" in after));
        }),
      ),
      { numRuns: 500 },
    );
  });

  it("returns the same job for an event that does not apply, and dates one that does", () => {
    const done = play(announced(0), { type: "stored", asset: waitingAsset(0) }, { type: "ended" });
    assert.equal(apply(done, { at: 99, type: "cancelled" }), done);
    assert.equal(
      apply(done, { at: 99, type: "decided", asset: "0", decision: { state: "discarded" } }).updated,
      99,
    );
  });

  it("is done when something came and failed when nothing did", () => {
    assert.equal(play({ type: "ended" }).state, "failed");
    assert.equal(play(announced(0), { type: "ended" }).state, "downloading");
    assert.equal(
      play(announced(0), { type: "ended" }, { type: "lost", index: 0, error: policy }).state,
      "failed",
    );
    const part = play(
      announced(0),
      { type: "lost", index: 1, error: policy },
      { type: "stored", asset: waitingAsset(0) },
      { type: "ended" },
    );
    assert.equal(part.state, "done");
    assert.deepEqual(part.failures, [{ index: 1, error: policy }]);
  });

  it("says that a cancelled call may be billed unless it was refused or never sent", () => {
    const spent = { type: "spent", step: "submit" };
    assert.equal(play({ type: "cancelled" }).cancelled?.billed, "no");
    assert.equal(play(spent, { type: "cancelled" }).cancelled?.billed, "maybe");
    assert.equal(
      play(spent, { type: "refused", error: policy }, { type: "cancelled" }).cancelled?.billed,
      "no",
    );
    assert.equal(mayBeBilled(play(spent, { type: "accepted", operation: 1 })), true);
  });

  it("keeps what has come when the rest is in doubt, and is in doubt itself when nothing has", () => {
    const doubt = { type: "doubted", error: { reason: "ambiguous", sent: "unknown" } };
    assert.equal(play({ type: "spent", step: "s" }, doubt).state, "unknown");
    const came = play(
      { type: "spent", step: "s" },
      announced(0),
      { type: "stored", asset: waitingAsset(0) },
      doubt,
    );
    assert.equal(came.state, "done");
    assert.equal(came.failures.length, 1);
  });

  it("carries no word of the user and no link once it has closed (P-11)", () => {
    const job: Job = {
      ...play(
        announced(0),
        {
          type: "stored",
          asset: {
            ...waitingAsset(0),
            alt: "canary",
            fileName: "canary",
            facts: { link: "https://cdn.example/canary", linkExpires: 1 },
          },
        },
        { type: "text", text: "canary" },
        announced(1),
        {
          type: "lost",
          index: 1,
          error: { reason: "policy", sent: "refused", vendorMessage: "not of a canary" },
        },
        { type: "announced", output: { index: 2, url: "https://cdn.example/canary", facts: {} } },
      ),
      anchor: {
        uri: "u",
        languageId: "md",
        offset: 0,
        end: 0,
        line: 0,
        lineText: "canary",
        before: "",
        after: "",
      },
    };
    job.request = { ...job.request, prompt: "canary", options: { negative: "canary", seed: 7 } };
    job.answer = { text: "canary" };
    job.settings = { nativeUrl: "https://canary.example" };
    assert.deepEqual(withoutWords(job).request.options, { seed: 7 });
    assert.ok(!JSON.stringify(withoutWords(job)).includes("canary"));
  });
});
