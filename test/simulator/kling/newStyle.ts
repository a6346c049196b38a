import type { Route } from "../vendor.ts";
import type { Account, JobTask } from "./account.ts";
import { invalid, Refusal } from "./errors.ts";
import { type Body, integer, object, objects, readTail, text } from "./fields.ts";
import type { Guard, Handle } from "./guard.ts";
import { readMarkers, refuseForAccount } from "./markers.ts";
import { FAMILIES, type Family } from "./newPlans.ts";
import { createdTask, newStatus, newTask } from "./newViews.ts";
import type { Pack } from "./plan.ts";

/** The newer paths, which take the API key alone (contract kling §7). */
export function newStyleRoutes(account: Account, guard: Guard): Route[] {
  return [
    ...FAMILIES.map((family) => ({
      method: "POST",
      path: new RegExp(`^/${family.path}/([^/]+)$`),
      handle: guard("apiKey", create(family, account)),
    })),
    { method: "GET", path: "/tasks", handle: guard("apiKey", byId(account)) },
    { method: "POST", path: "/tasks", handle: guard("apiKey", byTime(account)) },
  ];
}

function create(family: Family, account: Account): Handle {
  return ({ body, exchange }) => {
    const name = decodeURIComponent(exchange.path.slice(family.path.length + 2));
    const model = family.models[name];
    if (model === undefined) throw new Refusal(1203);
    const markers = readMarkers(body);
    refuseForAccount(markers);
    const tail = readTail(object(body, "options") ?? {});
    const plan = family.check(body, model, account);
    const product = { path: `/${family.path}`, pack: "video" as const };
    return createdTask(account.accept({ product, plan, tail, markers }, exchange));
  };
}

const MOST_IDS = 20;

function byId(account: Account): Handle {
  return ({ exchange }) => {
    const list = (name: string) => (exchange.query.get(name) ?? "").split(",").filter((id) => id !== "");
    const own = list("task_ids");
    const external = list("external_task_ids");
    if (own.length + external.length === 0)
      throw invalid("task_ids and external_task_ids cannot both be empty");
    if (own.length + external.length > MOST_IDS)
      throw invalid(`task_ids and external_task_ids cannot exceed ${MOST_IDS} in total`);
    const fitting = [
      ...own.map((id) => account.tasks.find((task) => task.id === id, exchange.fault)),
      ...external.map((id) =>
        account.tasks.find(({ value }) => value.tail.externalId === id, exchange.fault),
      ),
    ];
    return fitting.filter((task) => task !== undefined).map((task) => newTask(task, account));
  };
}

const FILTERS: Record<string, readonly string[]> = {
  status: ["submitted", "processing", "succeeded", "failed"],
  product_type: ["video", "image", "audio", "element", "voice"] satisfies Pack[],
};

function byTime(account: Account): Handle {
  return ({ body }) => {
    const from = time(body, "start_time");
    const to = time(body, "end_time");
    const limit = integer(body, "limit", 1, 500) ?? 100;
    const filters = objects(body, "filters", 10).map(readFilter);
    const cursor = text(body, "cursor") ?? "0";
    if (!/^\d+$/.test(cursor)) throw invalid("cursor is invalid");
    const first = Number(cursor);
    const fits = (task: JobTask) =>
      task.createdAt >= from &&
      task.createdAt <= to &&
      filters.every(({ key, values }) =>
        values.includes(key === "status" ? newStatus(task, account) : task.value.product.pack),
      );
    const all = account.tasks.newestFirst().filter(fits);
    const result = all.slice(first, first + limit).map((task) => newTask(task, account));
    const more = first + limit < all.length;
    return { result, count: result.length, next_cursor: more ? String(first + limit) : "", has_more: more };
  };
}

/** Milliseconds, as a number or a text: both are documented. */
function time(body: Body, field: string): number {
  const value = body[field];
  if ((typeof value !== "number" && typeof value !== "string") || !/^\d{13}$/.test(String(value)))
    throw invalid(`${field} must be a timestamp in milliseconds`);
  return Number(value);
}

function readFilter(filter: Body): { key: string; values: unknown[] } {
  const key = text(filter, "key") ?? "";
  const allowed = FILTERS[key];
  const { values } = filter;
  if (allowed === undefined || !Array.isArray(values) || !values.every((value) => allowed.includes(value)))
    throw invalid(`filters key '${key}' or its values are invalid`);
  return { key, values };
}
