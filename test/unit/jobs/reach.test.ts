import assert from "node:assert/strict";
import { type Clock, NetError, type NetFault } from "../../../src/net/types.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";
import { Bench, bytes, png, quick, request, until, vendor } from "./support.ts";

/** Time that stands still until somebody has it go on: to the next moment that is waited for. */
class StandingClock implements Clock {
  time = 1_000_000_000_000;
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();
  #arrived = Promise.withResolvers<void>();
  now = () => this.time;

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.time + ms, wake: resolve };
      signal?.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
      this.#sleepers.add(sleeper);
      this.#arrived.resolve();
    });
  }

  /** Goes on to the next moment, once there is one. */
  async next(): Promise<void> {
    while (this.#sleepers.size === 0) {
      this.#arrived = Promise.withResolvers();
      await this.#arrived.promise;
    }
    const [first] = [...this.#sleepers].sort((a, b) => a.at - b.at);
    if (!first) return;
    this.#sleepers.delete(first);
    this.time = Math.max(this.time, first.at);
    first.wake();
  }
}

const minute = 60_000;

describe("without a network", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  /** Jobs that look at their tasks over a network that can be gone, each at a host of its own. */
  async function looking(count: number) {
    const clock = new StandingClock();
    const state = { fault: (_host: string): NetFault | undefined => undefined, isDone: false };
    const looks: string[] = [];
    const heard = new Set<() => void>();
    const get = async ({ url }: { url: string }) => {
      const { hostname } = new URL(url);
      looks.push(hostname);
      for (const hear of heard) hear();
      const fault = state.fault(hostname);
      if (fault) throw new NetError(fault, "no");
      return {} as never;
    };
    const made: Vendor = vendor({
      poll: { firstMs: 1_000, everyMs: 5_000 },
      models: [{ id: "m", name: "M", operations: { "text-to-image": { deadlineMs: 10 * minute } as never } }],
      async *start(_request, { baseUrl, spend }) {
        await spend("submit", async () => undefined);
        yield { type: "accepted", operation: { baseUrl } };
      },
      async *status(_operation, { http, baseUrl }) {
        await http.get({ url: baseUrl });
        if (!state.isDone) return;
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
        yield { type: "done" };
      },
    });
    const never = () => Promise.reject(new Error("not called"));
    const jobs = bench.jobs(await bench.root(), made, {
      clock,
      watchOtherWindows: false,
      timings: { ...quick, beatMs: 1_000_000_000 },
      net: {
        free: () => ({ get, ask: never, withdraw: never }),
        billable: () => ({ send: never }),
        download: never,
      },
    });
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const { id } = await jobs.start(request, { baseUrl: `https://host${index}.example` });
      ids.push(id);
    }
    await Promise.all(ids.map((id) => until(jobs, id, (job) => job?.state === "running")));
    /** Lets time go on, step by step, until so many looks have been made in all. */
    const untilLooks = async (wanted: number) => {
      while (looks.length < wanted) {
        const seen = looks.length;
        const look = new Promise<void>((resolve) => {
          const hear = () => {
            heard.delete(hear);
            resolve();
          };
          heard.add(hear);
        });
        await clock.next();
        await Promise.race([look, new Promise((resolve) => setTimeout(resolve, 20))]);
        assert.ok(looks.length >= seen);
      }
    };
    return { clock, state, looks, jobs, ids, untilLooks };
  }

  it("all looks pause but for one now and then, deadlines stand still, and when it is back each job looks once", async () => {
    const { clock, state, looks, jobs, ids, untilLooks } = await looking(8);
    await untilLooks(8);
    state.fault = () => "offline";
    const from = clock.time;
    const before = looks.length;
    while (clock.time < from + 180 * minute) await untilLooks(looks.length + 1);
    const perMinute = (looks.length - before) / 180;
    assert.ok(perMinute < 2.5, `${perMinute} looks a minute for ${ids.length} jobs`);
    assert.deepEqual(
      ids.map((id) => jobs.get(id)?.state),
      ids.map(() => "running"),
    );

    state.fault = () => undefined;
    state.isDone = true;
    const away = looks.length;
    await untilLooks(away + 1);
    await Promise.all(ids.map((id) => until(jobs, id, (job) => job?.state === "done")));
    assert.deepEqual(
      [...looks.slice(away)].sort(),
      ids.map((_id, index) => `host${index}.example`),
    );
    assert.ok(clock.time - from < 182 * minute);
  });

  it("of one host while another answers is that host's own trouble: its job's deadline counts", async () => {
    const { state, looks, jobs, ids, untilLooks } = await looking(2);
    state.fault = (host) => (host.startsWith("host0") ? "dns" : undefined);
    const [lost = "", fine = ""] = ids;
    while (jobs.get(lost)?.state === "running" && looks.length < 1_000) await untilLooks(looks.length + 1);
    assert.partialDeepStrictEqual(jobs.get(lost), {
      state: "unknown",
      failures: [{ error: { next: "deadline" } }],
    });
    assert.ok(["running", "unknown"].includes(jobs.get(fine)?.state ?? ""));
  });

  it("somebody who looks all the same is not made to wait", async () => {
    const { state, looks, jobs, ids, untilLooks } = await looking(1);
    const [id = ""] = ids;
    while (jobs.get(id)?.state === "running") await untilLooks(looks.length + 1);
    assert.equal(jobs.get(id)?.state, "unknown");
    state.fault = () => "dns";
    const before = looks.length;
    for (const _time of [1, 2]) assert.equal((await jobs.lookAgain(id)).state, "unknown");
    assert.equal(looks.length, before + 2);
  });
});
