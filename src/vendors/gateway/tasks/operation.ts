import { z } from "zod";
import type { Json } from "../../../model/json.ts";
import { VendorError } from "../../errors.ts";

/**
 * A task on its way: the vendor's id of it, and what decides its price where the vendor does not say it. `found` if it was not made but found
 * for a job, whose prompt it must turn out to have been asked for.
 */
const operationSchema = z.object({
  task: z.string().min(1),
  kind: z.enum(["image", "video", "transcript"]),
  /** Model id as the catalog has it. */
  model: z.string(),
  seed: z.number().optional(),
  /** Of a video: `720P`, and whether it has sound. */
  resolution: z.string().optional(),
  sound: z.boolean().optional(),
  found: z.literal(true).optional(),
  /** Of a transcript: how it is to be written. */
  format: z.enum(["text", "srt", "vtt"]).optional(),
});

export type TaskOperation = z.infer<typeof operationSchema>;

/** The operation out of a ledger. Throws a {@link VendorError} for one that this version cannot read. */
export function operationOf(value: Json): TaskOperation {
  const parsed = operationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
}

/** The task's id as the vendor's console knows it. */
export function taskId(value: Json): string | undefined {
  return operationSchema.safeParse(value).data?.task;
}
