import assert from "node:assert/strict";
import { keepSecrets } from "../../../src/jobs/secrets.ts";
import type { Happening } from "../../../src/jobs/store.ts";
import type { JobLogLine, JobsOptions } from "../../../src/jobs/types.ts";

const key = "key-canary-77c0";

describe("what a run writes", () => {
  it("holds none of the keys it was given, wherever a vendor repeats them (P-07)", async () => {
    const lines: JobLogLine[] = [];
    const { options, clean } = keepSecrets({
      credentials: async () => ({ apiKey: key }),
      log: (line: JobLogLine) => lines.push(line),
    } as unknown as JobsOptions);
    await options.credentials("kling", "https://api.example", {});
    const error = {
      reason: "policy",
      sent: "refused",
      code: key,
      vendorMessage: `${key} is bad`,
      requestId: key,
      field: key,
    } as const;
    const happenings: Happening[] = [
      { type: "failed", error },
      { type: "refused", error },
      { type: "doubted", error },
      { type: "lost", index: 0, error },
      { type: "delayed", index: 0, error },
      { type: "text", text: `I heard ${key}` },
      { type: "answer", body: { said: [key, { [key]: 1 }] } },
    ];
    for (const happening of happenings) {
      const kept = clean(happening);
      assert.equal(kept.type, happening.type);
      assert.ok(!JSON.stringify(kept).includes(key), JSON.stringify(kept));
    }
    options.log({ job: "j", vendor: "kling", status: `refused ${key}`, requestId: key, fault: key });
    assert.ok(!JSON.stringify(lines).includes(key), JSON.stringify(lines));
  });
});
