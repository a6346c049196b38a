import { z } from "zod";
import type { VendorContext, Verification } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { isTaskUnknown } from "./errors.ts";
import { read } from "./wire/call.ts";

const probeDeadlineMs = 15_000;
/** A task that nobody has: known keys get a plain answer about it. */
const noSuchTask = "/v1/videos/text2video/no-such-task";
const yearMs = 365 * 24 * 60 * 60 * 1000;

const packsSchema = z.object({
  resource_pack_subscribe_infos: z
    .array(
      z.object({
        resource_pack_name: z.string(),
        total_quantity: z.coerce.number(),
        remaining_quantity: z.coerce.number(),
        invalid_time: z.coerce.number().catch(0),
        status: z.string().catch(""),
      }),
    )
    .catch([]),
});

/**
 * Looks at the keys by two reads that cost nothing: the account's resource packs, and where those do not come, a task that does not
 * exist (contract §1.3, §6.3). `detail` lists the packs in use: the vendor's name, what is left of what there was, the last day.
 */
export async function verify(context: VendorContext): Promise<Verification> {
  const now = context.clock.now();
  const span = { start_time: String(now - yearMs), end_time: String(now) };
  const packs = await look(() => read(context, "/account/costs", span, probeDeadlineMs), context);
  if (!(packs instanceof VendorError)) {
    const detail = packsText(packs.data);
    return detail ? { result: "accepted", detail } : { result: "accepted" };
  }
  if (packs.facts.status === 401) return { result: "rejected", error: packs.facts };
  if (packs.facts.status === undefined)
    return { result: "cannotTell", why: "unreachable", error: packs.facts };
  const task = await look(() => read(context, noSuchTask, {}, probeDeadlineMs), context);
  if (!(task instanceof VendorError) || isTaskUnknown(task)) return { result: "accepted" };
  if (task.facts.status === 401) return { result: "rejected", error: task.facts };
  return { result: "cannotTell", why: "noFreeProbe", error: task.facts };
}

async function look<T>(run: () => Promise<T>, { signal }: VendorContext): Promise<T | VendorError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof VendorError && !signal.aborted) return error;
    throw error;
  }
}

function packsText(data: unknown): string {
  const packs = packsSchema.safeParse(data).data?.resource_pack_subscribe_infos ?? [];
  return packs
    .filter(({ status }) => status === "online" || status === "toBeOnline")
    .map((pack) => {
      const until =
        pack.invalid_time > 0 ? ` (${new Date(pack.invalid_time).toISOString().slice(0, 10)})` : "";
      return `${pack.resource_pack_name}: ${pack.remaining_quantity} / ${pack.total_quantity}${until}`;
    })
    .join(" · ");
}
