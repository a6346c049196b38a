import { z } from "zod";
import type { Json } from "../../model/json.ts";
import { VendorError } from "../errors.ts";
import type { Product } from "./product.ts";

const taskSchema = z.object({
  step: z.literal("task"),
  api: z.enum(["legacy", "newer"]),
  /** The path of the create, under which a legacy task is looked up. */
  path: z.string(),
  id: z.string(),
  unit: z.enum(["videoUnits", "imageUnits"]),
  wav: z.boolean().optional(),
  /** Units that an earlier step used. */
  before: z.number().optional(),
});

const identifiedSchema = z.object({
  step: z.literal("identified"),
  session: z.string(),
  face: z.object({ id: z.string(), from: z.number(), to: z.number() }),
  units: z.number(),
});

/** A task to look at, or a lip sync whose faces are known and whose second call is still to be made. */
export type Operation = z.infer<typeof taskSchema> | z.infer<typeof identifiedSchema>;
export type TaskOperation = z.infer<typeof taskSchema>;
export type IdentifiedOperation = z.infer<typeof identifiedSchema>;

/** The operation out of a ledger. Throws a {@link VendorError} for one that this version cannot read. */
export function operationOf(value: Json): Operation {
  const parsed = z.discriminatedUnion("step", [taskSchema, identifiedSchema]).safeParse(value);
  if (parsed.success) return parsed.data;
  throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
}

/** The operation of a task; the same whether it was created or found. */
export function taskOperation(
  product: Product,
  form: { api: TaskOperation["api"]; path: string },
  id: string,
  more: { format?: unknown; before?: number } = {},
): Json {
  return {
    step: "task",
    api: form.api,
    path: form.path,
    id,
    unit: product.unit,
    ...(more.format === "wav" ? { wav: true } : {}),
    ...(more.before === undefined ? {} : { before: more.before }),
  };
}
