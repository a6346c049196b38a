import type { VendorContext } from "../../contract.ts";
import { read } from "../wire/call.ts";

const pageSize = 100;
/** Beyond this nobody picks by name; the newest come first. */
const maxPages = 10;

/** Every item of a list, page by page (contract §2): what each task's result holds under `member`. */
export async function listAll(
  path: string,
  member: "elements" | "voices",
  context: VendorContext,
): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const { data } = await read(context, path, { pageNum: String(page), pageSize: String(pageSize) });
    const tasks: unknown[] = Array.isArray(data) ? data : [];
    items.push(...tasks.flatMap((task) => resultOf(task, member)));
    if (tasks.length < pageSize) break;
  }
  return items;
}

/** What a finished task of the library made. */
export function resultOf(task: unknown, member: "elements" | "voices"): unknown[] {
  const result = memberOf(task, "task_result");
  const list = memberOf(result, member);
  return Array.isArray(list) ? list : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
