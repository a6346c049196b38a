import assert from "node:assert/strict";
import { createLeases } from "../../../src/jobs/lease.ts";
import { createLedger } from "../../../src/jobs/ledger.ts";
import { createStore } from "../../../src/jobs/store.ts";
import { createWishes } from "../../../src/jobs/wishes.ts";
import { realClock } from "../../../src/net/clock.ts";
import { Bench, newJob, png, waitingAsset } from "./support.ts";

const landed = { uri: "file:///a.png", at: 1 };
const asset = waitingAsset();

describe("what one window asks of another", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  /** A window's ledger, and its wishes; it carries out others' when it is rung. */
  function window(root: string, others: (() => Promise<void>)[]) {
    const ledger = createLedger(root);
    const ring = () => void Promise.all(others.map((hear) => hear()));
    const options = { folder: `${root}/.wishes`, clock: realClock, patienceMs: 10_000, ring };
    const wishes = createWishes(options);
    const leases = createLeases({ clock: realClock, beatMs: 3_600_000, misses: 9 });
    const store = createStore({
      ledger,
      leases,
      clock: realClock,
      busyMs: 1,
      wishes,
      changed: () => undefined,
    });
    return { store, wishes };
  }

  it("may close the job there: here it is whole, and can be taken back (P-11)", async () => {
    const root = await bench.root();
    await bench.write(root, newJob({ state: "done", assets: [asset] }), { "assets/0.png": png() });
    const owner = window(root, []);
    const heard = () =>
      owner.wishes.heed(owner.store.holds, async (id, wish) => {
        assert.equal(wish.act, "tell");
        if (wish.act === "tell") await owner.store.tell(id, ...wish.happenings);
        await owner.store.close(id);
        return {};
      });
    const here = window(root, [heard]);
    await here.store.refresh();
    await owner.store.refresh();
    assert.ok(await owner.store.hold("j1"));

    const decision = { state: "placed" as const, landed };
    const job = await here.store.tell("j1", { type: "decided", asset: "0", decision });
    assert.equal(job.assets[0]?.state, "placed");
    assert.deepEqual(await bench.ids(root), []);
    assert.ok(here.store.get("j1")?.closed !== undefined);
    const back = await here.store.tell("j1", { type: "decided", asset: "0", decision: { state: "waiting" } });
    assert.partialDeepStrictEqual(back, {
      request: { prompt: "prompt-canary" },
      assets: [{ state: "waiting" }],
    });
    assert.deepEqual(await bench.ids(root), ["j1"]);
  });

  it("is never a call, or a word of the vendor's", async () => {
    const root = await bench.root();
    await bench.write(root, newJob());
    const owner = window(root, []);
    const granted: unknown[] = [];
    const heard = () =>
      owner.wishes.heed(
        () => true,
        async (_id, wish) => {
          granted.push(wish);
          return {};
        },
      );
    const here = window(root, [heard]);
    let asked = 0;
    // The one who asks comes to hold the job in the end: nobody answers.
    const isMine = async () => ++asked > 5;
    const happenings = [{ type: "spent" as const, step: "submit" }];
    assert.equal(await here.wishes.ask("j1", { act: "tell", happenings }, isMine), undefined);
    assert.deepEqual(granted, []);
  });

  it("goes to one of several that hear it, and a refusal comes back", async () => {
    const root = await bench.root();
    await bench.write(root, newJob());
    let granted = 0;
    const hearers = Array.from({ length: 5 }, () => {
      const { wishes } = window(root, []);
      return () =>
        wishes.heed(
          () => true,
          async () => {
            granted++;
            return { refused: "gone" as const };
          },
        );
    });
    const here = window(root, hearers);
    await assert.rejects(
      here.wishes.ask("j1", { act: "forget" }, async () => false),
      { reason: "gone" },
    );
    assert.equal(granted, 1);
  });
});
