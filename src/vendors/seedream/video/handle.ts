import { z } from "zod";
import type { Json } from "../../../model/json.ts";
import { VendorError } from "../../errors.ts";
import type { VideoPlan } from "./plan.ts";

/**
 * The operation of a clip: the vendor's task id, which of its steps it is, and what decides its price where the vendor does not
 * say it. A task id alone is enough to look at it.
 */
const handleSchema = z.object({
  task: z.string().min(1),
  step: z.enum(["clip", "draft", "final"]).default("clip"),
  /** Model id as the catalog has it. */
  model: z.string().default(""),
  resolution: z.string().default(""),
  sound: z.boolean().default(true),
  video: z.boolean().default(false),
  flex: z.boolean().default(false),
});
export type VideoHandle = z.infer<typeof handleSchema>;

/** The handle of a task made by a plan. */
export function handleOf(task: string, { step, profile, billed }: VideoPlan): VideoHandle {
  return { task, step, model: profile.id, ...billed };
}

/** Reads an operation back. Throws a {@link VendorError} for what is none. */
export function readHandle(operation: Json): VideoHandle {
  const handle = handleSchema.safeParse(operation).data;
  if (!handle) throw new VendorError({ reason: "protocol", sent: "unknown", code: "handle" });
  return handle;
}

/** The vendor's task id. */
export function taskIdOf(operation: Json): string | undefined {
  return handleSchema.safeParse(operation).data?.task;
}
