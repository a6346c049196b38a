import { z } from "zod";
import type { Json } from "../../../model/json.ts";
import { operations } from "../../../model/operations.ts";
import type { FoundTask, VendorContext, VendorRequest } from "../../contract.ts";
import { unreadable } from "../errors.ts";
import { imageOperation } from "../images/operation.ts";
import { wireModel } from "../names.ts";
import { transcriptOperation } from "../transcript/operation.ts";
import type { VideoOperation } from "../video/form.ts";
import { videoOperation } from "../video/operation.ts";
import { videoProfiles } from "../video/prices.ts";
import { type Answer, read } from "../wire/call.ts";
import { isOther, promptMark } from "./prompt.ts";
import { getTask, headOf, tasksPath } from "./task.ts";

/** How much earlier than the call, by the vendor's clock, its task may seem to be made. */
const earlyMs = 60_000;
/** How long after the call began its task may be made: no longer than the call may take. */
const lateMs = 6 * 60_000;
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
  if (request.options.asTask === false || !operationOf(request, "-")) return [];
  const rows = await listed(wireModel(request, context), since, context);
  const mark = request.prompt === "" ? undefined : promptMark(request.prompt);
  const inTime = rows.filter(({ created }) => created >= since - earlyMs && created <= since + lateMs);
  if (inTime.length > maxCandidates) return inTime.flatMap((row) => found(request, row, mark));
  const likely: FoundTask[] = [];
  for (const row of inTime) {
    const { task } = await getTask(row.id, context);
    if (task.status !== "UNKNOWN" && !isOther(mark, task.prompt)) likely.push(...found(request, row, mark));
  }
  return likely;
}

interface Row {
  id: string;
  created: number;
}

function found(request: VendorRequest, { id, created }: Row, mark: string | undefined): FoundTask[] {
  const operation = operationOf(request, id);
  if (!operation) return [];
  return [{ operation: { ...operation, ...(mark === undefined ? {} : { prompt: mark }) }, created }];
}

function operationOf(request: VendorRequest, task: string): { [name: string]: Json } | undefined {
  if (operations[request.operation].output === "image") return imageOperation(request, task);
  if (operations[request.operation].output === "text") return transcriptOperation(request, task);
  const form = videoProfiles.find(({ id }) => id === request.model)?.operations[
    request.operation as VideoOperation
  ];
  return form && videoOperation(form, request, task);
}

/** All pages of the list for a model in the window of a call; its span may not exceed a day. */
async function listed(model: string, since: number, context: VendorContext): Promise<Row[]> {
  const window = { start_time: stamp(since - earlyMs), end_time: stamp(since + lateMs + beijingMs) };
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    const paging = { page_no: String(page), page_size: String(pageSize) };
    const answer = await read(
      context,
      { route: "native", path: tasksPath },
      { query: { ...window, model_name: model, ...paging } },
    );
    const list = listOf(answer);
    rows.push(...list.data.flatMap((row) => rowOf(row) ?? []));
    if (page >= list.total_page || list.data.length === 0) return rows;
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
