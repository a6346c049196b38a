import { randomUUID } from "node:crypto";
import { type Answer, json } from "../answer.ts";
import type { Clock } from "../clock.ts";
import { createTasks, type Task } from "../tasks.ts";
import { Refusal } from "./errors.ts";
import type { Body } from "./fields.ts";
import type { Asking } from "./guard.ts";
import { slowMs } from "./markers.ts";

/** What a legal submission comes to. */
export type Plan = {
  model: string;
  /** The path below `/api/v1/services/`. */
  service: string;
  /** Simulated milliseconds. */
  ms: number;
  /** Tasks of the model that run at a time; more of them wait. */
  parallel: number;
  /** Why the task fails; else it succeeds with this output and usage. */
  failure: { code: string; message: string } | undefined;
  output: () => Body;
  usage: Body;
  charge: { operation: string; amount: number; unit: string };
};

export type Job = Plan & {
  requestId: string;
  /** When it was cancelled, in simulated milliseconds since the epoch. */
  cancelledAt?: number;
  /** Writes the charge, once. */
  bill?: () => void;
  made?: Body;
};

export type JobTask = Task<Job>;
export type Status = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";

/** The account's tasks, whoever asks and with whichever key (contract alibaba-ai-gateway §7). */
export type Jobs = {
  /** Takes a legal submission in and gives its answer. */
  submit(asking: Asking, plan: Plan): Answer;
  /** A task that is less than a day old. */
  find(id: string, asking: Asking): JobTask | undefined;
  newestFirst(): JobTask[];
  status(task: JobTask): Status;
  settle(): void;
  reset(): void;
};

const LIFE_MS = 24 * 3600 * 1000;

export function createJobs(clock: Clock): Jobs {
  const tasks = createTasks<Job>(clock);
  const isAlive = ({ createdAt }: JobTask) => clock.now() < createdAt + LIFE_MS;
  const status = (task: JobTask): Status => {
    if (task.value.cancelledAt !== undefined) return "CANCELED";
    const phase = tasks.phase(task);
    if (phase === "ended") return task.value.failure === undefined ? "SUCCEEDED" : "FAILED";
    return phase === "queued" ? "PENDING" : "RUNNING";
  };
  /** When a place among the running tasks of a model is free. */
  const freeAt = ({ model, parallel }: Plan): number => {
    const ends = tasks
      .newestFirst()
      .filter(({ value }) => value.model === model && value.cancelledAt === undefined)
      .map(({ endsAt }) => endsAt)
      .filter((at) => at > clock.now() && at !== Number.POSITIVE_INFINITY)
      .toSorted((a, b) => a - b);
    return ends[ends.length - parallel] ?? 0;
  };
  return {
    submit: ({ exchange, markers, requestId }, plan) => {
      const free = freeAt(plan);
      const id = randomUUID();
      const value: Job = { ...plan, requestId };
      const task = tasks.add({ id, ms: slowMs(markers) ?? plan.ms, value }, exchange.fault);
      const wait = Math.max(0, free - task.startsAt);
      task.startsAt += wait;
      task.endsAt += wait;
      const { charge, model } = plan;
      // Failed tasks are not billed, and what will fail is known here (contract §9).
      if (plan.failure === undefined && charge.amount > 0)
        value.bill = () => exchange.charge({ id, model, ...charge, at: task.createdAt });
      return json(200, {
        output: { task_status: task.oddStatus ?? "PENDING", task_id: id },
        request_id: requestId,
      });
    },
    find: (id, { exchange }) => tasks.find((task) => task.id === id && isAlive(task), exchange.fault),
    newestFirst: () => tasks.newestFirst().filter(isAlive),
    status,
    settle: () => {
      for (const { value } of tasks.newestFirst().toReversed()) {
        if (value.cancelledAt === undefined) value.bill?.();
        delete value.bill;
      }
    },
    reset: () => tasks.reset(),
  };
}

/** A path's word on the header that makes a call asynchronous (fixture 78). */
export function requireAsync({ exchange }: Asking): void {
  if (exchange.headers["x-dashscope-async"] !== "enable")
    throw new Refusal("AccessDenied", "current user api does not support synchronous calls.");
}

export function refuseAsync({ exchange }: Asking, status = 403): void {
  if (exchange.headers["x-dashscope-async"] === "enable")
    throw new Refusal("AccessDenied", "current user api does not support asynchronous calls.", status);
}
