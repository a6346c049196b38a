import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Asset, Job } from "../model/job.ts";
import { ledgerVersion } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { AssetRequest } from "../model/request.ts";
import { saveStream } from "../net/file.ts";
import { downloadCaps } from "../net/limits.ts";
import { cancelJob } from "./cancel.ts";
import { createClaims } from "./claims.ts";
import { failureOf, faultLine, Stop } from "./failures.ts";
import { ifThere } from "./files.ts";
import { createHousekeeping, discardMs } from "./housekeeping.ts";
import { createLeases, LeaseLost } from "./lease.ts";
import { createLedger } from "./ledger.ts";
import { isClosed, isOpen } from "./machine.ts";
import { createReach } from "./reach.ts";
import { run } from "./run.ts";
import { keepSecrets } from "./secrets.ts";
import { createStore, type Happening } from "./store.ts";
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
import type { Work } from "./work.ts";

const defaultTimings: JobTimings = {
  beatMs: 5_000,
  misses: 4,
  resendMs: [1_000, 5_000],
  downloadMs: [2_000, 10_000],
  findMs: [0, 10_000, 60_000],
  relookMs: 600_000,
  busyMs: 3_000,
};

/** A job that this process runs. */
interface Run {
  stop: AbortController;
  done: Promise<void>;
}

/** The jobs service over a ledger on disk. See {@link Jobs}. */
export function createJobs(options: JobsOptions): Jobs {
  const timings: JobTimings = { ...defaultTimings, ...options.timings };
  const { clock, root } = options;
  const wait = createWait(clock);
  const reach = createReach(wait, clock);
  const ledger = createLedger(root);
  const claims = createClaims(join(root, ".claims"));
  const leases = createLeases({ clock, beatMs: timings.beatMs, misses: timings.misses });
  const listeners = new Set<(id: string, job: Job | undefined) => void>();
  const watcher = watchLedger(root, options.watchOtherWindows !== false, () => void followOthers());
  const wishes = createWishes({
    folder: join(root, ".wishes"),
    clock,
    // Where nobody hears the bell, wishes are seen with the next heartbeat.
    patienceMs: Math.max(timings.busyMs, 2 * timings.beatMs),
    ring: () => watcher.announce(),
  });
  const store = createStore({ ledger, leases, clock, busyMs: timings.busyMs, wishes, changed });
  const runs = new Map<string, Run>();
  const progress = new Map<string, JobProgress>();
  const nextLook = new Map<string, number>();
  const end = new AbortController();
  const housekeeping = createHousekeeping({
    ledger,
    options,
    jobs: store.all,
    tell,
    remove: store.remove,
    report,
  });
  let isTicking = false;

  function changed(id: string, job: Job | undefined): void {
    watcher.announce();
    for (const listener of listeners) listener(id, job);
  }

  function need(id: string): Job {
    const job = store.get(id);
    if (!job) throw new JobsError("gone");
    return job;
  }

  function workOf(id: string, signal: AbortSignal, fresh: boolean): Work {
    const kept = keepSecrets(options);
    return {
      id,
      options: kept.options,
      timings,
      signal,
      fresh,
      job: () => need(id),
      async tell(...happenings) {
        for (const happening of happenings) {
          if (happening.type === "accepted") await claims.take(await taskOf(id, happening.operation), id);
        }
        return store.tell(id, ...happenings.map(kept.clean));
      },
      check: async () => void (await store.check(id)),
      nonce: async () => (await store.check(id)).nonce,
      path: (...names) => ledger.path(id, ...names),
      wait,
      reach,
      progress: (now) => {
        progress.set(id, now);
        for (const listener of listeners) listener(id, store.get(id));
      },
      isFree: (operation) => isFree(id, operation),
      claim: async (operation) => claims.take(await taskOf(id, operation), id),
    };
  }

  /** Names the task of an operation for all jobs: two requests may describe one task differently. */
  async function taskOf(id: string, operation: Json): Promise<string> {
    const { vendor } = need(id).request;
    const task = (await options.loadVendor(vendor)).taskId?.(operation);
    return `${vendor} ${task ?? JSON.stringify(operation)}`;
  }

  async function isFree(id: string, operation: Json): Promise<boolean> {
    const task = await taskOf(id, operation);
    for (const job of store.all()) {
      const isOther = job.id !== id && job.request.vendor === need(id).request.vendor;
      if (isOther && job.operation !== undefined && (await taskOf(job.id, job.operation)) === task)
        return false;
    }
    return claims.isFree(task, id);
  }

  /** Runs a job in this process, if it can be had. Never fails. */
  function launch(id: string, fresh = false): Promise<void> {
    const running = runs.get(id);
    if (running) return running.done;
    if (end.signal.aborted) return Promise.resolve();
    const stop = new AbortController();
    const done = carry(id, stop, fresh).finally(() => {
      runs.delete(id);
      const job = store.get(id);
      if (job?.state === "cancelled" && job.pending.length > 0) void launch(id);
    });
    runs.set(id, { stop, done });
    void tick();
    return done;
  }

  async function carry(id: string, stop: AbortController, fresh: boolean): Promise<void> {
    try {
      if (!(await store.hold(id))) return;
      nextLook.set(id, Number.POSITIVE_INFINITY);
      stop.signal.throwIfAborted();
      await run(workOf(id, stop.signal, fresh));
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof Stop)) await giveUp(id, error);
    } finally {
      progress.delete(id);
      if (nextLook.has(id)) nextLook.set(id, clock.now() + timings.relookMs);
      await closeIfDone(id);
      await store.letGo(id).catch((error: unknown) => report(id, error));
    }
  }

  /** Something nobody foresaw, such as a full disk. Says so in the ledger if that can still be written. */
  async function giveUp(id: string, error: unknown): Promise<void> {
    report(id, error);
    const job = store.get(id);
    if (!job) return;
    const failure = failureOf(error, job);
    const type = failure.sent === "unknown" ? "doubted" : "failed";
    await store.tell(id, { type, error: failure }).catch(() => undefined);
  }

  function report(id: string, error: unknown): void {
    const vendor = store.get(id)?.request.vendor ?? "";
    options.log({ job: id, vendor, status: "fault", fault: faultLine(error) });
  }

  async function closeIfDone(id: string): Promise<void> {
    const job = store.get(id);
    if (!job || job.closed !== undefined || !isClosed(job)) return;
    try {
      await store.close(id);
      if (job.assets.some((asset) => asset.state === "discarded")) dropDiscardsLater();
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof JobsError)) report(id, error);
    }
  }

  async function tell(id: string, ...happenings: Happening[]): Promise<Job> {
    const job = await store.tell(id, ...happenings);
    await closeIfDone(id);
    return store.get(id) ?? job;
  }

  const needsWork = (job: Job) => job.closed === undefined && (isOpen(job) || job.pending.length > 0);

  /** While anything is under way, here or in another window: heartbeats, and taking over what was left. */
  async function tick(): Promise<void> {
    if (isTicking) return;
    isTicking = true;
    try {
      while (runs.size > 0 || store.all().some(needsWork)) {
        await wait(timings.beatMs, end.signal);
        await Promise.all(
          [...runs].map(([id, { stop }]) => store.beat(id).catch(() => stop.abort(new Stop("lost")))),
        );
        await heedWishes();
        await store.refresh();
        for (const job of store.all()) if (needsWork(job) && isDue(job)) void launch(job.id);
      }
    } catch (error) {
      if (!end.signal.aborted) report("", error);
    } finally {
      isTicking = false;
    }
  }

  /** A job in doubt or put off is looked at now and then; one that nobody runs, at once. */
  function isDue(job: Job): boolean {
    const at = nextLook.get(job.id);
    if (at === undefined && job.state === "unknown") nextLook.set(job.id, clock.now() + timings.relookMs);
    return (nextLook.get(job.id) ?? 0) <= clock.now();
  }

  async function followOthers(): Promise<void> {
    try {
      await heedWishes();
      await store.refresh();
      void tick();
    } catch (error) {
      report("", error);
    }
  }

  /** Does what other windows ask about the jobs that this one runs. */
  function heedWishes(): Promise<void> {
    return wishes.heed(store.holds, async (id, wish): Promise<WishAnswer> => {
      try {
        if (wish.act === "tell") await tell(id, ...wish.happenings);
        if (wish.act === "forget") await forget(id);
        return wish.act === "cancel" ? { outcome: await cancel(id) } : {};
      } catch (error) {
        if (!(error instanceof JobsError)) report(id, error);
        return { refused: error instanceof JobsError ? error.reason : "busy" };
      }
    });
  }

  /** Asks the window that runs a job for something. Undefined if this window holds the job now, and has to do it itself. */
  async function askOwner(id: string, wish: Wish): Promise<WishAnswer | undefined> {
    if (await store.hold(id)) return undefined;
    if ((await ledger.mark(id)) === undefined) throw new JobsError("gone");
    return wishes.ask(id, wish, () => store.hold(id));
  }

  function cancel(id: string): Promise<CancelOutcome> {
    return cancelJob(need(id), {
      store,
      vendor: () => options.loadVendor(need(id).request.vendor),
      work: () => workOf(id, end.signal, false),
      askOwner: async () => (await askOwner(id, { act: "cancel" }))?.outcome,
      stop: () => stopRun(id),
      finish: () => closeIfDone(id),
    });
  }

  async function forget(id: string): Promise<void> {
    const { closed } = need(id);
    await stopRun(id);
    if (closed === undefined && (await askOwner(id, { act: "forget" }))) await store.refresh();
    else await store.remove(id);
  }

  /** Forgets a job that brought nothing, unless somebody is at work on it: another window may just have found its task. */
  async function dropFruitless(id: string): Promise<void> {
    if (!isFruitless(need(id))) return;
    await stopRun(id);
    if (!(await store.hold(id))) return;
    if (isFruitless(need(id))) await store.remove(id);
    else await store.letGo(id);
  }

  function dropDiscardsLater(): void {
    wait(discardMs + 1_000, end.signal).then(
      () => void housekeeping.dropOld(),
      () => undefined,
    );
  }

  async function stopRun(id: string): Promise<void> {
    const running = runs.get(id);
    running?.stop.abort(new Stop("stopped"));
    await running?.done;
  }

  async function start(
    request: AssetRequest,
    from: StartOptions,
    adopted: Pick<Job, "state" | "operation" | "adopted"> = { state: "intent" },
  ): Promise<Job> {
    const now = clock.now();
    const job: Job = {
      version: ledgerVersion,
      id: newId(now),
      created: now,
      updated: now,
      ...adopted,
      request,
      baseUrl: from.baseUrl,
      ...(from.modelOverride === undefined ? {} : { modelOverride: from.modelOverride }),
      ...(from.settings === undefined ? {} : { settings: from.settings }),
      ...(from.workspace === undefined ? {} : { workspace: from.workspace }),
      ...(from.anchor === undefined ? {} : { anchor: from.anchor }),
      spends: [],
      pending: [],
      assets: [],
      failures: [],
      warnings: [],
      texts: [],
    };
    await store.add(job, async (folder) => {
      for (const { file, open } of from.stagedInputs ?? []) {
        if (!/^inputs\/[^/\\]+$/.test(file)) throw new TypeError("a staged input is named inputs/<name>");
        await saveStream(open(), join(folder, file), { maxBytes: downloadCaps.video });
      }
    });
    if (job.operation !== undefined) await claims.take(await taskOf(job.id, job.operation), job.id);
    watcher.begin();
    void launch(job.id, true);
    return job;
  }

  const adopt: Jobs["adopt"] = (request, operation, from) =>
    start(request, from, { state: "running", operation, adopted: true });

  return {
    start: (request, from) => start(request, from),
    adopt,
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
      if (!need(id).assets.some((entry) => entry.id === asset)) throw new JobsError("gone");
      return tell(id, { type: "decided", asset, decision });
    },
    note: (id, asset, note) => tell(id, { type: "noted", asset, note }),
    setAnchor: (id, anchor) => tell(id, { type: "anchored", anchor }),
    setWorkspace: (id, workspace) => tell(id, { type: "moved", workspace }),
    forget,
    async retry(id, changed = {}) {
      const { request, baseUrl, modelOverride, settings, anchor, workspace, ...rest } = need(id);
      const staged = request.inputs.flatMap((ref) => (ref.source.kind === "staged" ? [ref.source.file] : []));
      for (const file of staged) {
        if (!(await ifThere(stat(ledger.path(id, file))))) throw new JobsError("inputs");
      }
      const job = await start(
        { ...request, options: { ...request.options, ...changed } },
        {
          baseUrl,
          ...(modelOverride === undefined ? {} : { modelOverride }),
          ...(settings === undefined ? {} : { settings }),
          ...(anchor === undefined ? {} : { anchor }),
          ...(workspace === undefined ? {} : { workspace }),
          stagedInputs: staged.map((file) => ({ file, open: () => createReadStream(ledger.path(id, file)) })),
        },
        // What was made elsewhere is looked at again; only a further step of it is a request.
        rest.adopted && rest.operation !== undefined && Object.keys(changed).length === 0
          ? { state: "running", operation: rest.operation, adopted: true }
          : undefined,
      );
      await dropFruitless(id);
      return job;
    },
    async lookAgain(id) {
      const { state } = need(id);
      if (runs.has(id) && state !== "unknown" && state !== "downloading") return need(id);
      await runs.get(id)?.done;
      await launch(id);
      return need(id);
    },
    async resume() {
      await ledger.sweep(clock.now());
      await claims.sweep(clock.now());
      await wishes.sweep(clock.now());
      watcher.begin();
      if ((await store.refresh()).length === 0) return;
      await housekeeping.settle();
      await housekeeping.dropOld();
      for (const job of store.all()) {
        if (needsWork(job)) void launch(job.id);
        else await closeIfDone(job.id);
      }
    },
    settle: housekeeping.settle,
    async revive(record) {
      const known = store.get(record.id);
      if (known && known.closed === undefined) return known;
      const assets: Asset[] = [];
      for (const asset of record.assets)
        if (await housekeeping.isStaged(record, asset)) assets.push({ ...asset, state: "waiting" });
      const goesOn = record.operation !== undefined && isOpen(record);
      if (assets.length === 0 && !goesOn) return undefined;
      const { closed: _closed, ...open } = record;
      const job = { ...open, assets } as Job;
      await store.restore(job);
      if (needsWork(job)) void launch(job.id);
      return job;
    },
    stagingFolder: (id) => ledger.path(id, "assets"),
    stagedPath: (job, asset) => ledger.path(job.id, asset.file),
    async dispose() {
      end.abort(new Stop("disposed"));
      watcher.dispose();
      const ending = [...runs.values()];
      for (const { stop } of ending) stop.abort(new Stop("disposed"));
      await Promise.all(ending.map(({ done }) => done));
    },
  };
}

function isFruitless(job: Job): boolean {
  const isOver = !isOpen(job) || job.state === "unknown";
  return isOver && job.assets.length === 0 && job.pending.length === 0;
}

/** Sorts by time; letters, digits and hyphens, as vendors take it for a task id of one's own. */
function newId(now: number): string {
  return `${now.toString(36)}-${randomBytes(6).toString("hex")}`;
}

function byAge(jobs: Job[]): Job[] {
  return jobs.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}
