import assert from "node:assert/strict";
import type { Memento } from "vscode";
import type { Asset } from "../../../src/model/job.ts";
import { newJob, request } from "../jobs/support.ts";
import { withoutEditor } from "../text/editor.ts";

withoutEditor();
const { PlacedRecords } = await import("../../../src/placement/records.ts");

describe("the record of what was placed", () => {
  let kept: Map<string, unknown>;
  let records: InstanceType<typeof PlacedRecords>;
  beforeEach(() => {
    kept = new Map();
    records = new PlacedRecords({
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) =>
        void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    } as unknown as Memento);
  });

  const asset: Asset = {
    id: "0",
    index: 0,
    state: "placed",
    file: "assets/0.png",
    kind: "image",
    type: "image/png",
    extension: "png",
    bytes: 1,
    sha256: "0",
    facts: {
      seed: 7,
      name: "layer 1",
      description: "canary",
      link: "https://canary.example",
      linkExpires: 1,
    },
    landed: { uri: "file:///site/fox.png", at: 1 },
    alt: "canary",
    poster: "canary.png",
  };
  const placed = (id: string) => ({
    ...newJob({
      id,
      state: "done",
      workspace: "file:///site",
      request: {
        ...request,
        prompt: "canary",
        inputs: [{ role: "reference", name: "canary", source: { kind: "link", url: "https://canary" } }],
        options: { negative: "canary", count: 2 },
      },
      settings: { nativeUrl: "https://canary.example" },
      answer: { said: "canary" },
      assets: [asset],
      texts: ["canary"],
      warnings: [{ code: "optionDropped", args: { option: "canary" } }],
      failures: [{ error: { reason: "policy", sent: "refused", code: "E1", vendorMessage: "canary" } }],
    }),
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
  });

  it("holds no word of the user's or the vendor's, and no link (P-11, P-14)", async () => {
    await records.add(placed("a"));
    const [record] = records.all();
    assert.ok(!JSON.stringify([...kept]).includes("canary"), JSON.stringify([...kept]));
    assert.deepEqual(record?.request.options, { count: 2 });
    assert.deepEqual(record?.assets[0]?.facts, { seed: 7, name: "layer 1" });
    assert.equal(record?.assets[0]?.landed?.uri, "file:///site/fox.png");
  });

  it("is one a job, of the last 200, and none once they are forgotten (P-14)", async () => {
    for (let n = 0; n < 205; n++) await records.add(placed(`j${n}`));
    await records.add(placed("j204"));
    const ids = records.all().map(({ id }) => id);
    assert.deepEqual([ids.length, ids[0], ids.at(-1)], [200, "j5", "j204"]);
    await records.clear();
    assert.deepEqual([...kept], []);
  });
});
