import assert from "node:assert/strict";
import { newJob } from "../jobs/support.ts";
import { withoutEditor } from "./editor.ts";

withoutEditor();
const { progressText } = await import("../../../src/text/jobs.ts");

describe("what happens to a job, in a sentence", () => {
  const job = newJob({ state: "sent" });

  it("tells the time from the first minute on, where nothing else tells how far it is", () => {
    assert.equal(progressText(job, undefined), "Seedream is at work…");
    assert.equal(progressText(job, { phase: "running" }, 7), "Seedream is at work… 7 min so far.");
  });

  it("tells that a result is coming while it comes with the answer", () => {
    assert.equal(
      progressText(job, { phase: "downloading", fraction: 0.5 }),
      "Downloading the result of Seedream…",
    );
  });
});
