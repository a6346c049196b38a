import { json } from "../answer.ts";
import { createRate } from "../rate.ts";
import { invalid, Refusal } from "./errors.ts";
import type { Asking, Handle } from "./guard.ts";
import { type Jobs, type JobTask, refuseAsync } from "./jobs.ts";

/** Queries of an account, across its keys (contract alibaba-ai-gateway §7). */
const QUERIES_A_SECOND = 20;
const DAY_MS = 24 * 3600 * 1000;
const MOST_PAGE = 100;
/** Times are in Beijing's zone. */
const ZONE_MS = 8 * 3600 * 1000;

export type TaskRoutes = { query: Handle; cancel: Handle; list: Handle; reset(): void };

export function createTaskRoutes(jobs: Jobs): TaskRoutes {
  const rate = createRate(QUERIES_A_SECOND, 1000);
  return {
    query: (asking) => {
      const { exchange, requestId } = asking;
      refuseAsync(asking);
      if (!rate.take("query", exchange.now())) throw new Refusal("Throttling.RateQuota");
      const id = exchange.path.split("/").at(-1) ?? "";
      const task = jobs.find(id, asking);
      const unknown = { output: { task_id: id, task_status: "UNKNOWN" } };
      return json(200, { request_id: requestId, ...(task === undefined ? unknown : view(jobs, task)) });
    },
    cancel: (asking) => {
      const id = asking.exchange.path.split("/").at(-2) ?? "";
      const task = jobs.find(id, asking);
      if (task === undefined || jobs.status(task) !== "PENDING")
        throw new Refusal(
          "UnsupportedOperation",
          "Failed to cancel the task, please confirm if the task is in PENDING status.",
        );
      task.value.cancelledAt = asking.exchange.now();
      return json(200, { request_id: asking.requestId });
    },
    list: (asking) => list(jobs, asking),
    reset: () => rate.reset(),
  };
}

/** A task as its query shows it (fixtures 35, 41, 42). */
function view(jobs: Jobs, task: JobTask): object {
  const { value, id, createdAt, startsAt, endsAt } = task;
  const status = jobs.status(task);
  const head = { task_id: id, task_status: task.oddStatus ?? status };
  const submitted = { submit_time: stamp(createdAt) };
  const scheduled = { ...submitted, scheduled_time: stamp(startsAt) };
  switch (status) {
    case "PENDING":
      return { output: { ...head, ...submitted } };
    case "RUNNING":
      return { output: { ...head, ...scheduled } };
    case "CANCELED":
      return { output: { ...head, ...submitted, end_time: stamp(value.cancelledAt ?? createdAt) } };
    case "FAILED":
      return { output: { ...head, task_status: status, ...value.failure } };
    case "SUCCEEDED":
      value.made ??= value.output();
      return {
        output: { ...head, task_status: status, ...scheduled, end_time: stamp(endsAt), ...value.made },
        usage: value.usage,
      };
  }
}

/** `YYYY-MM-DD HH:mm:ss.SSS`. */
function stamp(at: number): string {
  return new Date(at + ZONE_MS).toISOString().replace("T", " ").replace("Z", "");
}

/** `GET /api/v1/tasks/` within a window of a day (contract §7, fixture 53). */
function list(jobs: Jobs, { exchange, requestId }: Asking) {
  const { query } = exchange;
  const end = moment(query.get("end_time")) ?? exchange.now();
  const start = moment(query.get("start_time")) ?? end - DAY_MS;
  if (start > end || end - start > DAY_MS) throw invalid("The time span must not exceed 24 hours.");
  const pageNo = whole(query.get("page_no"), "page_no", 1, Number.MAX_SAFE_INTEGER);
  const pageSize = whole(query.get("page_size"), "page_size", 10, MOST_PAGE);
  const asked = (name: string, value: string) => [null, "", value].includes(query.get(name));
  const fitting = jobs.newestFirst().filter((task) => {
    // The window is in whole seconds.
    const isInside = task.createdAt >= start && task.createdAt < end + 1000;
    return (
      isInside &&
      asked("status", jobs.status(task)) &&
      asked("model_name", task.value.model) &&
      asked("task_id", task.id)
    );
  });
  return json(200, {
    total: fitting.length,
    data: fitting.slice((pageNo - 1) * pageSize, pageNo * pageSize).map((task) => row(jobs, task)),
    total_page: Math.ceil(fitting.length / pageSize),
    page_no: pageNo,
    request_id: requestId,
    page_size: pageSize,
  });
}

function row(jobs: Jobs, task: JobTask) {
  const { value, createdAt, startsAt, endsAt } = task;
  const status = jobs.status(task);
  return {
    api_key_id: "1500001",
    caller_parent_id: "1000000000000001",
    caller_uid: "1000000000000001",
    gmt_create: Math.round(createdAt),
    model_name: value.model,
    region: "cn-beijing",
    request_id: value.requestId,
    ...(status !== "PENDING" && status !== "CANCELED" && { start_time: Math.round(startsAt) }),
    ...((status === "SUCCEEDED" || status === "FAILED") && { end_time: Math.round(endsAt) }),
    status,
    task_id: task.id,
    user_api_unique_key: `apikey:v1:${value.service.replaceAll("/", ":")}:${value.model}`,
  };
}

/** Milliseconds since the epoch of `YYYYMMDDhhmmss`. */
function moment(text: string | null): number | undefined {
  if (text === null || text === "") return undefined;
  const [, date = "", time = ""] = /^(\d{8})(\d{6})$/.exec(text) ?? [];
  const iso = `${date.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3")}T${time.replace(/(\d\d)(\d\d)(\d\d)/, "$1:$2:$3")}Z`;
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw invalid("start_time and end_time must be YYYYMMDDhhmmss");
  return at - ZONE_MS;
}

function whole(text: string | null, name: string, otherwise: number, most: number): number {
  const value = text === null || text === "" ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw invalid(`${name} must be from 1 to ${most}`);
  return value;
}
