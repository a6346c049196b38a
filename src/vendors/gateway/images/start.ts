import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { wireModel } from "../names.ts";
import { regionOf } from "../region.ts";
import { deliver } from "../tasks/deliver.ts";
import { submitTask } from "../tasks/submit.ts";
import { readUsage } from "../tasks/task.ts";
import { seedOf } from "../values.ts";
import { call } from "../wire/call.ts";
import { imageBody, imagePaths } from "./body.ts";
import { imageOperation } from "./operation.ts";
import { imageUsage } from "./prices.ts";
import type { Family, ImageForm } from "./profiles.ts";

/** Asks for pictures in the family that the model has (contract §5): as a task, or with the answer. */
export async function* startImages(
  form: ImageForm,
  request: VendorRequest,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const { model, prompt, options, inputs } = request;
  const family = familyOf(form, options.asTask !== false);
  const json = imageBody(form, family, { model: wireModel(request, context), prompt, options, inputs });
  const path = imagePaths[family];
  if (family !== "answer") {
    const task = await submitTask(path, json, context);
    yield { type: "accepted", operation: imageOperation(request, task) };
    return;
  }
  const answer = await call(context, "images", { route: "native", path, json });
  const usageOf = (results: number) =>
    imageUsage(model, readUsage(answer.body.usage).image_count ?? results, regionOf(context.baseUrl));
  yield* deliver({ answer, isTask: false, seed: seedOf(options), usageOf }, context);
}

/** The family for tasks where the model has one and it is wanted, or has no other. */
function familyOf({ families }: ImageForm, asTask: boolean): Family {
  const family = asTask ? families[0] : families.at(-1);
  if (family === undefined) throw new VendorError({ reason: "invalid", sent: "no", field: "model" });
  return family;
}
