import { z } from "zod";
import type { FoundTask, VendorContext, VendorRequest } from "../../contract.ts";
import { unreadable } from "../errors.ts";
import { wireModel } from "../names.ts";
import { type Answer, read } from "../wire/call.ts";
import { handleOf } from "./handle.ts";
import { isOther } from "./prompt.ts";
import { getTask, headOf, tasksPath } from "./task.ts";

/** How far apart a call and its task may be on one clock: the task's making takes no longer than the call may. */
const earlyMs = 10_000;
const lateMs = 6 * 60_000;
/** What the second a clock is told in, and the way, account for. */
const sameClockMs = 5_000;
/** A clock this far off is not only slow or fast by moments: its own time says nothing. */
const wrongClockMs = 60 * 60_000;
/** The list's times may be meant in UTC or in Beijing's time, which no page says: the window is wide enough for both. */
const beijingMs = 8 * 60 * 60 * 1000;
const pageSize = 100;
/** An account can have many users behind a gateway: more candidates than this tell nothing. */
const maxCandidates = 8;

const listSchema = z.object({
  data: z.array(z.unknown()),
  total_page: z.coerce.number().catch(1),
});
const rowSchema = z.object({ task_id: z.string().min(1), gmt_create: z.coerce.number() });

/**
 * Tasks that a call made at `since` may have brought (contract §7): those of its model made in its time, of any user of the account, as far as
 * they do not tell of another prompt. None for what has no task.
 */
export async function findTasks(
  request: VendorRequest,
  since: number,
  context: VendorContext,
): Promise<FoundTask[]> {
  if (request.options.asTask === false || !handleOf(request, "-")) return [];
  const model = wireModel(request, context);
  const inTime = await madeIn(model, since, context);
  if (inTime.length > maxCandidates) return inTime.flatMap((row) => found(request, row));
  const likely: FoundTask[] = [];
  for (const row of inTime) {
    const { task } = await getTask(row.id, context);
    if (task.status !== "UNKNOWN" && !isOther(request.prompt, task.prompt))
      likely.push(...found(request, row));
  }
  return likely;
}

interface Row {
  id: string;
  created: number;
}

function found(request: VendorRequest, { id, created }: Row): FoundTask[] {
  const operation = handleOf(request, id);
  return operation ? [{ operation: { ...operation, found: true }, created }] : [];
}

interface Window {
  from: number;
  to: number;
}

/** The vendor's times between which the task of a call at `since` was made, if its clock is `skew` ms ahead of ours. */
function windowOf(since: number, skew: number): Window {
  const isWrong = Math.abs(skew) > wrongClockMs;
  const [least, most] = isWrong ? [skew, skew] : [Math.min(0, skew), Math.max(0, skew)];
  return { from: since + least - earlyMs, to: since + most + lateMs };
}

/** The tasks of a model made in the time of a call. Where the vendor's clock differs, its own `Date` says by how much. */
async function madeIn(model: string, since: number, context: VendorContext): Promise<Row[]> {
  const window = windowOf(since, 0);
  const first = await listed(model, window, context);
  const skew = (first.date ?? context.clock.now()) - context.clock.now();
  if (Math.abs(skew) <= sameClockMs) return within(first.rows, window);
  const shifted = windowOf(since, skew);
  return within((await listed(model, shifted, context)).rows, shifted);
}

function within(rows: readonly Row[], { from, to }: Window): Row[] {
  return rows.filter(({ created }) => created >= from && created <= to);
}

/** More pages than a few minutes of one account can fill. */
const mostPages = 20;

/** All pages of the list for a model; its span may not exceed a day. `date`: the vendor's clock. */
async function listed(
  model: string,
  { from, to }: Window,
  context: VendorContext,
): Promise<{ rows: Row[]; date?: number }> {
  const window = { start_time: stamp(from), end_time: stamp(to + beijingMs), model_name: model };
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    const query = { ...window, page_no: String(page), page_size: String(pageSize) };
    const answer = await read(context, { route: "native", path: tasksPath }, { query });
    const list = listOf(answer);
    rows.push(...list.data.flatMap((row) => rowOf(row) ?? []));
    if (page < Math.min(list.total_page, mostPages) && list.data.length > 0) continue;
    return { rows, ...(answer.date === undefined ? {} : { date: answer.date }) };
  }
}

function listOf(answer: Answer): z.infer<typeof listSchema> {
  const list = listSchema.safeParse(answer.body).data;
  // What is no list says nothing about which tasks there are.
  if (!list) throw unreadable(headOf(answer));
  return list;
}

function rowOf(row: unknown): Row | undefined {
  const parsed = rowSchema.safeParse(row).data;
  return parsed && { id: parsed.task_id, created: parsed.gmt_create };
}

/** `YYYYMMDDhhmmss`. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\D/g, "").slice(0, 14);
}
