import type { Json } from "../../../model/json.ts";
import type { VendorRequest } from "../../contract.ts";
import { seedOf } from "../values.ts";
import type { VideoForm } from "./form.ts";
import { askedResolution } from "./prices.ts";

/** The operation of a video's task, made or found, with what its price depends on. */
export function videoOperation(
  form: VideoForm,
  { model, options }: Pick<VendorRequest, "model" | "options">,
  task: string,
): { [name: string]: Json } {
  const seed = seedOf(options);
  const resolution = askedResolution(form, options);
  return {
    task,
    kind: "video",
    model,
    ...(seed === undefined ? {} : { seed }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(options.sound === false ? { sound: false } : {}),
  };
}
