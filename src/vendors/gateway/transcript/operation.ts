import type { Json } from "../../../model/json.ts";
import type { VendorRequest } from "../../contract.ts";

/** Models that listen as tasks, and how each takes its file: one, or a list (contract §3.6). */
export const fileForms: Readonly<Record<string, "one" | "list">> = {
  "qwen3-asr-flash-filetrans": "one",
  "fun-asr": "list",
  "paraformer-v2": "list",
};

/** The operation of a transcript's task; undefined for a model that answers at once. */
export function transcriptOperation(
  { model, options }: VendorRequest,
  task: string,
): { [name: string]: Json } | undefined {
  if (!(model in fileForms)) return undefined;
  return { task, kind: "transcript", model, format: String(options.format ?? "text") };
}
