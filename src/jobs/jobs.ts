import { join } from "node:path";
import type { Job } from "../model/job.ts";
import type { AssetRequest } from "../model/request.ts";
import { saveStream } from "../net/file.ts";
import { downloadCaps } from "../net/limits.ts";
import { cancelJob } from "./cancel.ts";
import { createClaims } from "./claims.ts";
import { createClosing } from "./closing.ts";
import { faultLine, Stop } from "./failures.ts";
import { dropFruitless, forgetJob } from "./forget.ts";
import { createHousekeeping } from "./housekeeping.ts";
import { createLeases } from "./lease.ts";
import { createLedger } from "./ledger.ts";
import { isOpen } from "./machine.ts";
import { type Beginning, newJob } from "./newJob.ts";
import { createOwners } from "./owners.ts";
import { createReach } from "./reach.ts";
import { retryJob } from "./retry.ts";
import { createRuns, needsWork } from "./runs.ts";
import { createStore } from "./store.ts";
import { createTasks } from "./tasks.ts";
import {
  type CancelOutcome,
  type JobProgress,
  type Jobs,
  JobsError,
  type JobsOptions,
  type JobTimings,
  type StartOptions,
} from "./types.ts";
import { createWait } from "./wait.ts";
import { watchLedger } from "./watch.ts";
import { createWishes, type Wish, type WishAnswer } from "./wishes.ts";
import { type WorkParts, workOf } from "./work.ts";

const defaultTimings: JobTimings = {
  beatMs: 5_000,
  misses: 4,
  resendMs: [1_000, 5_000],
  downloadMs: [2_000, 10_000],
  findMs: [0, 10_000, 60_000],
  relookMs: 600_000,
  busyMs: 3_000,
};

/** The jobs service over a ledger on disk. See {@link Jobs}. */
export function createJobs(options: JobsOptions): Jobs {
  const timings: JobTimings = { ...defaultTimings, ...options.timings };
  const { clock, root, loadVendor } = options;
  const wait = createWait(clock);
  const end = new AbortController();
  const listeners = new Set<(id: string, job: Job | undefined) => void>();
  const progress = new Map<string, JobProgress>();

  const ledger = createLedger(root);
  const claims = createClaims(join(root, ".claims"));
  const leases = createLeases({ clock, beatMs: timings.beatMs, misses: timings.misses });
  const watcher = watchLedger(root, options.watchOtherWindows !== false, () => void followOthers());
  const wishes = createWishes({
    folder: join(root, ".wishes"),
    clock,
    // Where nobody hears the bell, wishes are seen with the next heartbeat.
    patienceMs: Math.max(timings.busyMs, 2 * timings.beatMs),
    ring: () => watcher.announce(),
  });
  const store = createStore({
    ledger,
    leases,
    clock,
    busyMs: timings.busyMs,
    wishes,
    changed(id, job) {
      watcher.announce();
      tellListeners(id, job);
    },
  });
  const { closeIfDone, tell } = createClosing({
    store,
    dropLater: () => housekeeping.dropOldLater(),
    report,
  });
  const housekeeping = createHousekeeping({
    ledger,
    options,
    jobs: store.all,
    tell,
    remove: store.remove,
    report,
    wait,
    end: end.signal,
  });
  const tasks = createTasks({ store, claims, loadVendor });
  const owners = createOwners({ store, ledger, wishes, grant, report });
  const works: WorkParts = {
    options,
    timings,
    wait,
    reach: createReach(wait, clock),
    store,
    ledger,
    tasks,
    progress(id, now) {
      progress.set(id, now);
      tellListeners(id, store.get(id));
    },
  };
  const runs = createRuns({
    store,
    clock,
    timings,
    wait,
    end: end.signal,
    progress,
    workOf: (id, signal, fresh) => workOf(id, { signal, fresh }, works),
    heed: owners.heed,
    closeIfDone,
    report,
  });
  const removing = { store, runs, owners };

  function tellListeners(id: string, job: Job | undefined): void {
    for (const listener of listeners) listener(id, job);
  }

  function report(id: string, error: unknown): void {
    const vendor = store.get(id)?.request.vendor ?? "";
    options.log({ job: id, vendor, status: "fault", fault: faultLine(error) });
  }

  async function followOthers(): Promise<void> {
    try {
      await owners.heed();
      await store.refresh();
      void runs.keepUp();
    } catch (error) {
      report("", error);
    }
  }

  async function grant(id: string, wish: Wish): Promise<WishAnswer> {
    if (wish.act === "cancel") return { outcome: await cancel(id) };
    if (wish.act === "tell") await tell(id, ...wish.happenings);
    else await forgetJob(id, removing);
    return {};
  }

  function cancel(id: string): Promise<CancelOutcome> {
    return cancelJob(store.need(id), {
      store,
      vendor: () => loadVendor(store.need(id).request.vendor),
      work: () => workOf(id, { signal: end.signal, fresh: false }, works),
      askOwner: async () => (await owners.ask(id, { act: "cancel" }))?.outcome,
      stop: () => runs.stop(id),
      finish: () => closeIfDone(id),
    });
  }

  async function start(
    request: AssetRequest,
    from: StartOptions,
    beginning: Beginning = { state: "intent" },
  ): Promise<Job> {
    const job = newJob(request, from, beginning, clock.now());
    await store.add(job, async (folder) => {
      for (const { file, open } of from.stagedInputs ?? []) {
        if (!/^inputs\/[^/\\]+$/.test(file)) throw new TypeError("a staged input is named inputs/<name>");
        await saveStream(open(), join(folder, file), { maxBytes: downloadCaps.video });
      }
    });
    if (job.operation !== undefined) await tasks.take(job.id, job.operation);
    watcher.begin();
    void runs.launch(job.id, true);
    return job;
  }

  return {
    start: (request, from) => start(request, from),
    adopt: (request, operation, from) => start(request, from, { state: "running", operation, adopted: true }),
    get: (id) => store.get(id),
    list: () => byAge(store.all().filter((job) => job.closed === undefined)),
    closed: () => byAge(store.all().filter((job) => job.closed !== undefined)),
    unreadable: () => store.unreadable(),
    progress: (id) => progress.get(id),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    cancel,
    async decide(id, asset, decision) {
      if (!store.need(id).assets.some((entry) => entry.id === asset)) throw new JobsError("gone");
      return tell(id, { type: "decided", asset, decision });
    },
    note: (id, asset, note) => tell(id, { type: "noted", asset, note }),
    setAnchor: (id, anchor) => tell(id, { type: "anchored", anchor }),
    forget: (id) => forgetJob(id, removing),
    async retry(id, changed = {}) {
      const path = (name: string) => ledger.path(id, name);
      const job = await retryJob(store.need(id), changed, { path, start });
      await dropFruitless(id, removing);
      return job;
    },
    async lookAgain(id) {
      const { state } = store.need(id);
      const underWay = runs.ended(id);
      if (underWay && state !== "unknown" && state !== "downloading") return store.need(id);
      await underWay;
      await runs.launch(id);
      return store.need(id);
    },
    async resume() {
      const now = clock.now();
      await ledger.sweep(now);
      await claims.sweep(now);
      await wishes.sweep(now);
      watcher.begin();
      if ((await store.refresh()).length === 0) return;
      await housekeeping.settle();
      await housekeeping.dropOld();
      for (const job of store.all()) {
        if (needsWork(job)) void runs.launch(job.id);
        else await closeIfDone(job.id);
      }
    },
    settle: housekeeping.settle,
    async revive(record) {
      const known = store.get(record.id);
      if (known && known.closed === undefined) return known;
      const staged = await housekeeping.staged(record);
      if (staged.length === 0 && !(record.operation !== undefined && isOpen(record))) return undefined;
      const { closed: _closed, ...open } = record;
      const job = { ...open, assets: staged.map((asset) => ({ ...asset, state: "waiting" })) } as Job;
      await store.restore(job);
      if (needsWork(job)) void runs.launch(job.id);
      return job;
    },
    stagingFolder: (id) => ledger.path(id, "assets"),
    stagedPath: (job, asset) => ledger.path(job.id, asset.file),
    async dispose() {
      end.abort(new Stop("disposed"));
      watcher.dispose();
      await runs.dispose();
    },
  };
}

function byAge(jobs: Job[]): Job[] {
  return jobs.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}
