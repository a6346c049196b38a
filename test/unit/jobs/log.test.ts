import assert from "node:assert/strict";
import { failureLine, faultLine } from "../../../src/jobs/failures.ts";
import { newJob } from "./support.ts";

describe("a line of the log (P-23)", () => {
  it("of a fault has its name and place, and neither its message nor a folder", () => {
    const thrown = new TypeError("canary in /home/canary/fox.png");
    const line = faultLine(thrown);
    assert.match(line, /^TypeError at .*\(log\.test\.ts:\d+:\d+\)?$/);
    for (const error of [thrown, "canary", { message: "canary" }, Object.assign(thrown, { cause: "canary" })])
      assert.ok(!faultLine(error).includes("canary"), faultLine(error));
    thrown.stack = "TypeError: canary\n    at run (C:\\Users\\canary\\app.js:1:2)";
    assert.equal(faultLine(thrown), "TypeError at run (app.js:1:2)");
  });

  it("of a failure has the vendor's codes and ids as they are, and nothing that could be words", () => {
    const job = newJob();
    const failure = { reason: "policy", sent: "refused", status: 400 } as const;
    assert.deepEqual(failureLine(job, { ...failure, code: "Risk.Text", requestId: "r-1" }), {
      job: job.id,
      vendor: job.request.vendor,
      status: "policy refused 400 Risk.Text",
      requestId: "r-1",
    });
    const words = "a prompt canary";
    const line = failureLine(job, {
      ...failure,
      code: words,
      requestId: words,
      vendorMessage: "canary",
      field: "canary",
    });
    assert.deepEqual(line, { job: job.id, vendor: job.request.vendor, status: "policy refused 400" });
  });
});
