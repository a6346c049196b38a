import type { Clock } from "./clock.ts";
import type { Fault } from "./faults.ts";

/** Where a task stands; how it is spelled, and whether its end is a success, is the vendor's. */
export type Phase = "queued" | "running" | "ended";

/** A task over the simulated clock. Times are simulated milliseconds since the epoch. */
export type Task<T> = {
  id: string;
  createdAt: number;
  startsAt: number;
  /** Infinite once a `neverEnds` fault has struck. */
  endsAt: number;
  /** What an `unknownStatus` fault calls the time of running. */
  oddStatus: string | undefined;
  value: T;
};

export type Tasks<T> = {
  /** Takes a task in that will take `ms`; the fault of the request that brought it may strike it. */
  add(task: { id: string; ms: number; value: T }, fault: Fault | undefined): Task<T>;
  /** The first task that fits; the fault of the request that asks may strike it, if it has not ended. */
  find(fits: (task: Task<T>) => boolean, fault: Fault | undefined): Task<T> | undefined;
  newestFirst(): Task<T>[];
  phase(task: Task<T>): Phase;
  /** When the task came into its present phase. */
  updatedAt(task: Task<T>): number;
  reset(): void;
};

/** The part of its time that a task waits in the queue. */
const QUEUED = 0.2;

/** Tasks that go from queued to running to ended by the simulated clock alone. */
export function createTasks<T>(clock: Clock): Tasks<T> {
  const tasks: Task<T>[] = [];
  const phase = ({ startsAt, endsAt }: Task<T>): Phase => {
    const now = clock.now();
    if (now >= endsAt) return "ended";
    return now >= startsAt ? "running" : "queued";
  };
  const strike = (task: Task<T>, fault: Fault | undefined) => {
    if (fault?.kind === "neverEnds" && phase(task) !== "ended") task.endsAt = Number.POSITIVE_INFINITY;
  };
  return {
    add: ({ id, ms, value }, fault) => {
      const createdAt = clock.now();
      const oddStatus =
        fault?.kind === "unknownStatus" ? String(fault.params.status ?? "reviewing") : undefined;
      const times = { createdAt, startsAt: createdAt + Math.floor(ms * QUEUED), endsAt: createdAt + ms };
      const task: Task<T> = { id, ...times, oddStatus, value };
      strike(task, fault);
      tasks.push(task);
      return task;
    },
    find: (fits, fault) => {
      const task = tasks.find(fits);
      if (task !== undefined) strike(task, fault);
      return task;
    },
    newestFirst: () => tasks.toReversed(),
    phase,
    updatedAt: (task) =>
      ({ queued: task.createdAt, running: task.startsAt, ended: task.endsAt })[phase(task)],
    reset: () => {
      tasks.length = 0;
    },
  };
}
