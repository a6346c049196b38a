import assert from "node:assert/strict";
import type { Asset, Job } from "../../../src/model/job.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";
import { chinese, lookedUp, withoutEditor } from "../text/editor.ts";

withoutEditor();
const { cancelProspect, jobActions, retryOf, taskIdOf } = await import("../../../src/ui/jobActions.ts");
const { costText, standingText } = await import("../../../src/text/jobList.ts");
const { cancelQuestion, forgetQuestion } = await import("../../../src/text/jobActions.ts");
const { jobFactsText } = await import("../../../src/text/jobFacts.ts");

const base: Job = {
  version: 1,
  id: "job-1",
  created: 0,
  updated: 0,
  state: "running",
  request: {
    operation: "text-to-image",
    vendor: "seedream",
    model: "seedream-4-5",
    prompt: "A secret garden",
    inputs: [],
    options: { count: 4 },
  },
  baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
  spends: [],
  pending: [],
  assets: [],
  failures: [],
  warnings: [],
  texts: [],
};
const job = (changes: Partial<Job>): Job => ({ ...base, ...changes });
const sent = [{ step: "images", at: 0, outcome: "open" as const }];
const asset = {
  id: "0",
  index: 0,
  state: "waiting",
  type: "image/png",
  facts: { requestId: "r-1" },
} as Asset;
const failure = (error: object, index?: number) => ({
  ...(index === undefined ? {} : { index }),
  error: { reason: "unavailable", sent: "refused" as const, ...error },
});
const vendor = (more: Partial<Vendor> = {}) => ({ id: "seedream", models: [], ...more }) as Vendor;
const cancel = async () => ({ result: "cancelled" as const });

describe("what can be done with a job in the tree", () => {
  const actions = (changes: Partial<Job>) =>
    jobActions(job(changes)).filter((action) => action !== "copyTaskId" && action !== "showFacts");

  it("running: cancel, but not forget, which would lose what may be paid for", () => {
    for (const state of ["intent", "sent", "running"] as const) {
      assert.deepEqual(actions({ state }), ["cancel"], state);
    }
    assert.deepEqual(actions({ state: "downloading", pending: [{ index: 0, url: "u", facts: {} }] }), []);
  });

  it("in doubt: look again, send anew, drop", () => {
    const doubt = failure({ reason: "ambiguous", sent: "unknown" });
    assert.deepEqual(actions({ state: "unknown", failures: [doubt] }), ["lookAgain", "sendAnew", "drop"]);
  });

  it("a download that was put off can be fetched again, and given up", () => {
    const changes: Partial<Job> = {
      state: "downloading",
      pending: [{ index: 0, url: "u", facts: {} }],
      failures: [failure({ next: "download" }, 0)],
    };
    assert.deepEqual(actions(changes), ["retry", "forget"]);
    assert.deepEqual(retryOf(job(changes)), { kind: "fetch" });
  });

  it("its record at the vendor is deleted only when it has ended and everything is safe here", () => {
    const operation = { task: "cgt-1" };
    const pending = [{ index: 0, url: "u", facts: {} }];
    const can = (changes: Partial<Job>) => actions({ operation, ...changes }).includes("erase");
    assert.ok(can({ state: "done", assets: [asset] }));
    assert.ok(!can({ state: "running" }));
    assert.ok(!can({ state: "unknown" }));
    assert.ok(!can({ state: "downloading", assets: [asset], pending }));
    assert.ok(!actions({ state: "done", assets: [asset] }).includes("erase"), "a picture that came at once");
  });

  it("a refusal by policy is not tried again", () => {
    assert.deepEqual(actions({ state: "failed", failures: [failure({ reason: "policy" })] }), ["forget"]);
  });

  it("of a group, only what failed is asked for again", () => {
    const failures = [failure({}, 1), failure({}, 2), failure({ reason: "policy" }, 3)];
    const done = job({ state: "done", assets: [asset], failures });
    assert.deepEqual(retryOf(done), { kind: "missing", count: 2 });
  });

  it("sending all of it again says so if the first may have been paid for", () => {
    const failed = (sentHow: "refused" | "unknown") =>
      retryOf(job({ state: "failed", failures: [failure({ sent: sentHow })] }));
    assert.deepEqual(failed("refused"), { kind: "all", mayPayTwice: false });
    assert.deepEqual(failed("unknown"), { kind: "all", mayPayTwice: true });
  });
});

describe("what cancelling will do", () => {
  const running = job({ operation: { id: "cgt-1" }, spends: sent });

  it("before anything is sent, nothing is billed; after it, nobody knows", () => {
    assert.deepEqual(cancelProspect(job({}), vendor()), { means: "unsent", billed: "no" });
    assert.deepEqual(cancelProspect(job({ spends: sent }), vendor({ cancel })), {
      means: "abandoned",
      billed: "maybe",
    });
  });

  it("a task is taken back as far as the vendor says it can be", () => {
    assert.equal(cancelProspect(running, vendor()).means, "cannot");
    assert.deepEqual(cancelProspect(running, vendor({ cancel })), { means: "queue", billed: "no" });
    const cancelling = { reaches: "any", billed: "maybe" } as const;
    assert.deepEqual(cancelProspect(running, vendor({ cancel, cancelling })), {
      means: "any",
      billed: "maybe",
    });
  });

  it("is said in both languages, always with a word on the bill", () => {
    const bundle = chinese();
    const texts = lookedUp(() => {
      for (const means of ["abandoned", "queue", "any", "cannot"] as const) {
        for (const billed of ["no", "maybe"] as const) {
          assert.match(cancelQuestion(means, billed, "Kling").detail, /bill/, means);
        }
      }
      forgetQuestion(
        job({ state: "unknown", assets: [asset], pending: [{ index: 1, url: "", facts: {} }] }),
        "",
      );
      forgetQuestion(job({}), "");
    });
    assert.deepEqual(
      texts.filter((text) => !bundle[text]),
      [],
    );
  });
});

describe("a job's row", () => {
  const estimate = {
    kind: "money",
    low: 1,
    high: 1,
    currency: "CNY",
    basis: { unitPrice: 0.25, per: "image", count: 4 },
  } as const;

  it("tells the cost: an estimate before, the bill after, and doubt where there is doubt", () => {
    assert.equal(costText(job({}), estimate), "about ¥1.00");
    const usage = { units: { images: 3 }, money: { amount: 0.75, currency: "CNY" as const } };
    assert.equal(costText(job({ state: "done", usage }), estimate), "¥0.75");
    assert.equal(costText(job({ state: "failed", failures: [failure({})] }), estimate), "not billed");
    assert.equal(costText(job({ state: "unknown" }), estimate), "perhaps billed, about ¥1.00");
    const cancelled = { at: 0, billed: "maybe" } as const;
    assert.equal(costText(job({ state: "cancelled", cancelled }), undefined), "perhaps billed");
  });

  it("tells how far it is", () => {
    assert.equal(standingText(job({}), { phase: "queued" }), "in the queue");
    assert.equal(standingText(job({}), { phase: "running", fraction: 0.4 }), "being made 40 %");
    assert.equal(
      standingText(job({ state: "done", assets: [asset], failures: [failure({}, 1)] }), undefined),
      "1 waiting, 1 failed",
    );
    assert.equal(standingText(job({ assets: [asset] }), undefined), "being made, 1 waiting");
  });

  it("in the vendor's terms: its ids and the calls, never the prompt", () => {
    const text = jobFactsText(
      job({ assets: [asset], spends: sent, failures: [failure({ requestId: "r-2", code: "X" })] }),
      undefined,
      "cgt-1",
    );
    for (const wanted of ["cgt-1", "job-1", "ark.cn-beijing.volces.com", "seedream-4-5", "r-1", "r-2", "X"]) {
      assert.ok(text.includes(wanted), wanted);
    }
    assert.ok(!text.includes(base.request.prompt));
  });

  it("its id to copy is the vendor's, else the job's own", () => {
    const taskId = (operation: unknown) => (operation as { id: string }).id;
    const running = job({ operation: { id: "cgt-1" } });
    assert.deepEqual(taskIdOf(running, vendor({ taskId })), { id: "cgt-1", from: "vendor" });
    assert.deepEqual(taskIdOf(running, vendor()), { id: "job-1", from: "easel" });
  });
});
