import { type Answer, json } from "../../answer.ts";
import type { Rate } from "../../rate.ts";
import { createTasks } from "../../tasks.ts";
import type { Exchange, Services } from "../../vendor.ts";
import { documented, invalid, Refusal } from "../errors.ts";
import { createTask } from "./create.ts";
import { createFiles } from "./files.ts";
import { isOnRecord, type Job, STATUSES, stateOf, type VideoTask } from "./job.ts";
import { createRates } from "./limits.ts";
import { createViews } from "./view.ts";

type Handle = (exchange: Exchange, requestId: string) => Answer;

export type VideoTasks = {
  create: Handle;
  get: Handle;
  list: Handle;
  remove: Handle;
  /** Charges the tasks that have succeeded since. */
  settle(): void;
  reset(): void;
};

const PREFIX = "/contents/generations/tasks/";

/** The video tasks of the account (contract ark §3). */
export function createVideoTasks(services: Services, vendor: string): VideoTasks {
  const { clock } = services;
  const tasks = createTasks<Job>(clock);
  const files = createFiles(services.links);
  const rates = createRates();
  const views = createViews(services, vendor, files);
  let serial = 0;

  const onRecord = () => tasks.newestFirst().filter((task) => isOnRecord(task, clock.now()));
  const find = ({ path, fault }: Exchange): VideoTask => {
    const id = path.slice(PREFIX.length);
    const task = tasks.find((one) => one.id === id && isOnRecord(one, clock.now()), fault);
    if (task === undefined) throw new Refusal(404, "NotFound.Task", `The specified Task ${id} is not found.`);
    return task;
  };

  return {
    create: (exchange, requestId) =>
      createTask({ services, tasks, files, rates }, exchange, requestId, serial++),
    get: (exchange, requestId) => {
      refuseAbove(rates.get, exchange);
      return json(200, views.whole(find(exchange)), { "X-Request-Id": requestId });
    },
    list: (exchange, requestId) => {
      const { fits, page, size } = readQuery(exchange.query, clock.now());
      refuseAbove(rates.list, exchange);
      const found = onRecord().filter(fits);
      const items = found.slice((page - 1) * size, page * size).map(views.item);
      return json(200, { total: found.length, items }, { "X-Request-Id": requestId });
    },
    remove: (exchange, requestId) => {
      refuseAbove(rates.delete, exchange);
      const task = find(exchange);
      const now = clock.now();
      const { status } = stateOf(task, now);
      if (status === "running") return runningRefusal(task, requestId);
      if (status === "cancelled")
        throw new Refusal(409, "InvalidAction.CancelledTaskDeletion", "Cannot delete a cancelled task.");
      if (status === "queued") task.value.cancelledAt = now;
      else task.value.deleted = true;
      return json(200, {}, { "X-Request-Id": requestId });
    },
    settle: () => {
      const due = tasks
        .newestFirst()
        .filter(({ value }) => !value.charged)
        .filter((task) => stateOf(task, clock.now()).status === "succeeded")
        .sort((one, other) => one.endsAt - other.endsAt);
      for (const { id, endsAt, value } of due) {
        const { plan, modelId } = value;
        const { operation, tokens } = plan;
        value.charged = true;
        value.charge({ at: endsAt, id, operation, model: modelId, amount: tokens, unit: "token" });
      }
    },
    reset: () => {
      tasks.reset();
      files.reset();
      for (const rate of Object.values(rates)) rate.reset();
      serial = 0;
    },
  };
}

function refuseAbove(rate: Rate, exchange: Exchange): void {
  if (!rate.take("account", exchange.now())) throw documented("AccountRateLimitExceeded");
}

const RUNNING = "Cannot delete task because it is currently running.";

/** One client has seen this answer without its envelope. */
function runningRefusal(task: VideoTask, requestId: string): Answer {
  const refusal = new Refusal(409, "InvalidAction.RunningTaskDeletion", RUNNING);
  if (!task.value.markers.flat) throw refusal;
  const message = `${RUNNING} Request id: ${requestId}`;
  return json(409, { code: refusal.code, message }, { "X-Request-Id": requestId });
}

/** Page and filters of the list (contract ark §3.5). Throws a Refusal. */
function readQuery(query: URLSearchParams, now: number) {
  const number = (name: string, otherwise: number) => {
    const value = Number(query.get(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 1 || value > 500)
      throw invalid(name, "expected an integer between 1 and 500");
    return value;
  };
  const page = number("page_num", 1);
  const size = number("page_size", 20);
  const status = query.get("filter.status");
  if (status !== null && !STATUSES.includes(status))
    throw invalid("filter.status", `must be one of ${STATUSES.join(", ")}`);
  const tier = query.get("filter.service_tier");
  if (tier !== null && tier !== "default" && tier !== "flex")
    throw invalid("filter.service_tier", "must be one of default, flex");
  const model = query.get("filter.model");
  const ids = query.getAll("filter.task_ids");
  const fits = (task: VideoTask) =>
    (status === null || stateOf(task, now).status === status) &&
    (tier === null || task.value.plan.tier === tier) &&
    // A model id does not match calls made through an endpoint.
    (model === null || task.value.asked === model) &&
    (ids.length === 0 || ids.includes(task.id));
  return { fits, page, size };
}
