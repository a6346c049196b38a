import type { Json } from "../../../model/json.ts";
import type { VendorRequest } from "../../contract.ts";
import { seedOf } from "../values.ts";

/** The operation of a task for pictures, made or found. */
export function imageOperation(
  { model, options }: Pick<VendorRequest, "model" | "options">,
  task: string,
): { [name: string]: Json } {
  const seed = seedOf(options);
  return { task, kind: "image", model, ...(seed === undefined ? {} : { seed }) };
}
