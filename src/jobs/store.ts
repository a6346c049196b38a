import { mkdir, readdir } from "node:fs/promises";
import type { Job } from "../model/job.ts";
import type { Clock } from "../net/types.ts";
import { ifThere, remove, syncFolder } from "./files.ts";
import { type Lease, LeaseLost, type Leases } from "./lease.ts";
import type { Ledger, Unreadable } from "./ledger.ts";
import { apply, isClosed, type JobEvent } from "./machine.ts";
import { JobsError } from "./types.ts";
import type { Wishes } from "./wishes.ts";

type Undated<Event> = Event extends unknown ? Omit<Event, "at"> : never;
/** An event before the store dates it. */
export type Happening = Undated<JobEvent>;

interface Entry {
  job: Job;
  /** Held by this process for as long as it runs the job. */
  lease?: Lease;
  /** The file on disk that `job` was read from. */
  mark?: string;
}

/** Jobs in memory, each kept equal to its file: every change goes to disk first, one at a time. */
export interface Store {
  get(id: string): Job | undefined;
  /** Throws {@link JobsError} `gone` where {@link get} gives undefined. */
  need(id: string): Job;
  all(): Job[];
  holds(id: string): boolean;
  unreadable(): readonly Unreadable[];
  /** Writes a new job and holds its lease. */
  add(job: Job, fill?: (folder: string) => Promise<void>): Promise<void>;
  /** Applies events in one write, on disk and in memory. Throws {@link JobsError} `busy` or `gone`, or {@link LeaseLost}. */
  tell(id: string, ...happenings: Happening[]): Promise<Job>;
  /** Takes the job for this process; false if another has it or it is gone. */
  hold(id: string): Promise<boolean>;
  /** Throws {@link LeaseLost} unless this process holds the job now. */
  check(id: string): Promise<Lease>;
  letGo(id: string): Promise<void>;
  beat(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Purges a job that has closed: words, inputs and files, except what a discard needs to be undone. */
  close(id: string): Promise<void>;
  /** Writes a job that has no file; its folder may be there. */
  restore(job: Job): Promise<void>;
  /** Reads what has changed on disk; ids of the jobs that are there. */
  refresh(): Promise<string[]>;
}

const closedInMemory = 50;
const busyStepMs = 50;

export function createStore(options: {
  ledger: Ledger;
  leases: Leases;
  clock: Clock;
  busyMs: number;
  wishes: Pick<Wishes, "ask">;
  changed(id: string, job: Job | undefined): void;
}): Store {
  const { ledger, leases, clock, changed } = options;
  const entries = new Map<string, Entry>();
  const unreadable = new Map<string, Unreadable>();
  const turns = new Map<string, Promise<unknown>>();

  /** One change of a job after the other. */
  function inTurn<T>(id: string, act: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(act, act);
    const settled = turn.catch(() => undefined);
    turns.set(id, settled);
    void settled.then(() => turns.get(id) === settled && turns.delete(id));
    return turn;
  }

  async function reread(id: string): Promise<Entry | undefined> {
    const mark = await ledger.mark(id);
    const known = entries.get(id);
    if (mark !== undefined && known?.mark === mark) return known;
    const found = mark === undefined ? undefined : await ledger.read(id);
    if (found && "unreadable" in found) unreadable.set(id, found.unreadable);
    else unreadable.delete(id);
    if (!found || mark === undefined || !("job" in found)) {
      forgetEntry(id);
      return undefined;
    }
    const entry: Entry = { ...known, job: found.job, mark };
    entries.set(id, entry);
    changed(id, found.job);
    return entry;
  }

  /** A job whose file is gone is forgotten, unless it closed here: then it can still come back by undo. */
  function forgetEntry(id: string): void {
    const entry = entries.get(id);
    if (!entry || entry.job.closed !== undefined) return;
    entries.delete(id);
    changed(id, undefined);
  }

  async function takePatiently(id: string): Promise<Lease> {
    for (let waited = 0; ; waited += busyStepMs) {
      const lease = await leases.take(ledger.path(id));
      if (lease) return lease;
      if ((await ledger.mark(id)) === undefined) throw new JobsError("gone");
      if (waited >= options.busyMs) throw new JobsError("busy");
      await clock.sleep(busyStepMs);
    }
  }

  async function withLease<T>(id: string, act: (lease: Lease) => Promise<T>): Promise<T> {
    const held = entries.get(id)?.lease;
    if (held) return act(held);
    const lease = await takePatiently(id);
    try {
      await reread(id);
      return await act(lease);
    } finally {
      await lease.release();
    }
  }

  async function write(job: Job, lease: Lease): Promise<void> {
    await ledger.write(job, lease);
    const mark = await ledger.mark(job.id);
    entries.set(job.id, { ...entries.get(job.id), job, ...(mark === undefined ? {} : { mark }) });
    changed(job.id, job);
  }

  /** Has the window that runs a job write it down; or writes it itself, if that one lets go of the job first. */
  async function tellOwner(id: string, happenings: Happening[]): Promise<Job> {
    const before = entries.get(id)?.job;
    if ((await ledger.mark(id)) === undefined) throw new JobsError("gone");
    let lease: Lease | undefined;
    try {
      const answer = await options.wishes.ask(id, { act: "tell", happenings }, async () => {
        lease ??= await leases.take(ledger.path(id));
        return lease !== undefined;
      });
      const entry = await reread(id);
      if (!answer && lease && entry) return await tellHeld(id, happenings, lease);
      return keepWhole(before && after(before, happenings), entry);
    } finally {
      await lease?.release();
    }
  }

  /** A job that closed in another window can still be taken back in this one: it is remembered whole here, as there. */
  function keepWhole(known: Job | undefined, entry: Entry | undefined): Job {
    if (entry && entry.job.closed === undefined) return entry.job;
    if (!known || !isClosed(known)) throw new JobsError("gone");
    const job = { ...known, closed: entry?.job.closed ?? clock.now() };
    entries.set(known.id, { ...entry, job });
    trimClosed();
    changed(known.id, job);
    return job;
  }

  async function tellHeld(id: string, happenings: readonly Happening[], lease: Lease): Promise<Job> {
    const { job } = entries.get(id) ?? {};
    if (!job) throw new JobsError("gone");
    const next = after(job, happenings);
    if (next !== job) await write(next, lease);
    return next;
  }

  /** A closed job's file is gone or without words; what this session remembers of it is whole, and is written again. */
  async function reopen(job: Job, happenings: readonly Happening[]): Promise<Job> {
    const next = after(job, happenings);
    if (isClosed(next)) return job;
    await writeAnew(next);
    return next;
  }

  async function writeAnew(job: Job): Promise<void> {
    if ((await ledger.mark(job.id)) === undefined) {
      await mkdir(ledger.path(job.id, "assets"), { recursive: true, mode: 0o700 });
      await mkdir(ledger.path(job.id, "inputs"), { recursive: true, mode: 0o700 });
      await syncFolder(ledger.path(job.id));
    }
    const lease = await leases.take(ledger.path(job.id));
    if (!lease) throw new JobsError("busy");
    try {
      await write(job, lease);
    } finally {
      await lease.release();
    }
  }

  const dated = (happening: Happening) => ({ ...happening, at: clock.now() }) as JobEvent;
  const after = (job: Job, happenings: readonly Happening[]) =>
    happenings.reduce((now, happening) => apply(now, dated(happening)), job);

  /** Closed jobs that have no file live in memory only: not too many of them. */
  function trimClosed(): void {
    const closed = [...entries].filter(([, entry]) => entry.job.closed !== undefined && !entry.mark);
    for (const [id] of closed.slice(0, -closedInMemory)) entries.delete(id);
  }

  return {
    get: (id) => entries.get(id)?.job,
    need(id) {
      const { job } = entries.get(id) ?? {};
      if (!job) throw new JobsError("gone");
      return job;
    },
    all: () => [...entries.values()].map((entry) => entry.job),
    holds: (id) => entries.get(id)?.lease !== undefined,
    unreadable: () => [...unreadable.values()],

    add: (job, fill) =>
      inTurn(job.id, async () => {
        const { fileName, lease } = leases.grant(ledger.path(job.id));
        await ledger.create(job, fileName, fill);
        const mark = await ledger.mark(job.id);
        entries.set(job.id, { job, lease, ...(mark === undefined ? {} : { mark }) });
        changed(job.id, job);
      }),

    tell: (id, ...happenings) =>
      inTurn(id, async () => {
        const entry = entries.get(id) ?? (await reread(id));
        if (!entry) throw new JobsError("gone");
        if (entry.job.closed !== undefined) return reopen(entry.job, happenings);
        const lease = entry.lease ?? (await leases.take(ledger.path(id)));
        if (!lease) return tellOwner(id, happenings);
        if (entry.lease) return tellHeld(id, happenings, lease);
        try {
          await reread(id);
          return await tellHeld(id, happenings, lease);
        } finally {
          await lease.release();
        }
      }),

    hold: (id) =>
      inTurn(id, async () => {
        if (entries.get(id)?.lease) return true;
        const lease = await leases.take(ledger.path(id));
        if (!lease) return false;
        const entry = await reread(id);
        if (!entry) {
          await lease.release();
          return false;
        }
        entries.set(id, { ...entry, lease });
        return true;
      }),

    async check(id) {
      const lease = entries.get(id)?.lease;
      if (!lease) throw new LeaseLost("not held");
      await lease.check();
      return lease;
    },

    letGo: (id) =>
      inTurn(id, async () => {
        const entry = entries.get(id);
        if (!entry?.lease) return;
        const { lease, ...rest } = entry;
        entries.set(id, rest);
        await lease.release();
        await reread(id);
      }),

    async beat(id) {
      await entries.get(id)?.lease?.beat();
    },

    remove: (id) =>
      inTurn(id, async () => {
        if ((await ledger.mark(id)) !== undefined) await withLease(id, (lease) => ledger.remove(id, lease));
        if (entries.delete(id)) changed(id, undefined);
      }),

    close: (id) =>
      inTurn(id, async () => {
        await withLease(id, async (lease) => {
          const before = entries.get(id)?.job;
          const job = before && apply(before, dated({ type: "closed" }));
          if (!job || job.closed === undefined) return;
          await write(job, lease);
          const kept = job.assets.flatMap(({ state, file }) => (state === "discarded" ? [file] : []));
          if (kept.length === 0) await ledger.remove(id, lease);
          else await removeAllBut(ledger, id, kept);
          const inMemory = { ...before, closed: job.closed };
          entries.set(id, kept.length === 0 ? { job: inMemory } : { ...entries.get(id), job: inMemory });
          trimClosed();
          changed(id, inMemory);
        });
      }),

    restore: (job) => inTurn(job.id, () => writeAnew(job)),

    async refresh() {
      const ids = await ledger.ids();
      for (const id of ids) if (!entries.get(id)?.lease) await inTurn(id, () => reread(id));
      for (const id of entries.keys()) {
        if (!ids.includes(id) && !entries.get(id)?.lease) await inTurn(id, () => reread(id));
      }
      return ids;
    },
  };
}

/** A closed job keeps the files that a discard needs to be undone, and nothing else. */
async function removeAllBut(ledger: Ledger, id: string, kept: readonly string[]): Promise<void> {
  await remove(ledger.path(id, "inputs"));
  await remove(ledger.path(id, "incoming"));
  const names = (await ifThere(readdir(ledger.path(id, "assets")))) ?? [];
  for (const name of names) {
    if (!kept.includes(`assets/${name}`)) await remove(ledger.path(id, "assets", name));
  }
}
