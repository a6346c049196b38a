import assert from "node:assert/strict";
import type { AssetState } from "../../../src/model/job.ts";
import { OnceGuard } from "../../../src/studio/once.ts";
import type { ActionResult, ReviewAction } from "../../../src/studio/protocol.ts";

const done: ActionResult = { outcome: "done" };

function insert(revision = "r1", kind: "insert" | "saveOnly" = "insert"): ReviewAction {
  return { kind, draft: { assetId: "a", alt: "", fileName: "a" }, revision };
}

describe("acting once", () => {
  let acts: number;
  let now: number;
  let guard: OnceGuard;
  const act =
    (result: ActionResult = done) =>
    async () => {
      acts += 1;
      return result;
    };
  const stands = (state: AssetState) => guard.observe([{ id: "a", state }]);
  beforeEach(() => {
    acts = 0;
    now = 0;
    guard = new OnceGuard(() => now);
    stands("waiting");
  });

  it("joins a deed under way, and does not place one asset twice for one revision", async () => {
    const results = await Promise.all([guard.run("1", insert(), act()), guard.run("2", insert(), act())]);
    assert.deepEqual(results, [done, done]);
    await guard.run("3", insert(), act());
    await guard.run("4", insert("r1", "saveOnly"), act());
    assert.equal(acts, 1);
  });

  it("places again after an undo made the asset wait again", async () => {
    await guard.run("1", insert(), act());
    stands("placed");
    stands("waiting");
    await guard.run("2", insert(), act());
    assert.equal(acts, 2);
  });

  it("does not take the same message twice", async () => {
    await guard.run("1", { kind: "openOutside", assetId: "a" }, act());
    await guard.run("1", { kind: "openOutside", assetId: "a" }, act());
    assert.equal(acts, 1);
  });

  it("tries again what did not come to be", async () => {
    await guard.run("1", insert(), act({ outcome: "failed", message: "disk full" }));
    await guard.run("2", insert(), act({ outcome: "backedOut" }));
    await assert.rejects(guard.run("3", insert(), () => Promise.reject(new Error("fault"))));
    await guard.run("4", insert(), act());
    assert.equal(acts, 3);
  });

  it("pays once for two quick Agains, twice for two that are meant", async () => {
    await guard.run("1", { kind: "again" }, act());
    now = 900;
    await guard.run("2", { kind: "again" }, act());
    assert.equal(acts, 1);
    now = 1_000;
    await guard.run("3", { kind: "again" }, act());
    assert.equal(acts, 2);
  });
});
