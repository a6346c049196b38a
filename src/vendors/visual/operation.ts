import { z } from "zod";
import type { Json } from "../../model/json.ts";
import { VendorError } from "../errors.ts";

/** The two families of asynchronous actions. A task of one is not known to the other (contract §3). */
export const pairs = {
  sync2async: { submit: "CVSync2AsyncSubmitTask", result: "CVSync2AsyncGetResult" },
  submit: { submit: "CVSubmitTask", result: "CVGetResult" },
} as const;
export type Pair = keyof typeof pairs;

const taskSchema = z.object({
  step: z.literal("task"),
  pair: z.enum(["sync2async", "submit"]),
  /** The `req_key` it was made with, without which it is not found. */
  key: z.string(),
  /** Up to 20 digits, so a text (contract §4). */
  id: z.string(),
  kind: z.enum(["image", "video"]),
  /** `req_json` of every look: JSON text with what is wanted of the result (contract §4.1). */
  result: z.string().optional(),
  seed: z.number().optional(),
});

/** The people of a picture are known; the call that makes one of them speak is still to be made. */
const subjectsSchema = z.object({ step: z.literal("subjects"), mask: z.string() });

export type TaskOperation = z.infer<typeof taskSchema>;
export type Operation = TaskOperation | z.infer<typeof subjectsSchema>;

/** The operation out of a ledger. Throws a {@link VendorError} for one that this version cannot read. */
export function operationOf(value: Json): Operation {
  const parsed = z.discriminatedUnion("step", [taskSchema, subjectsSchema]).safeParse(value);
  if (parsed.success) return parsed.data;
  throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
}
