import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { wireModel } from "../names.ts";
import { submitTask } from "../tasks/submit.ts";
import { text } from "../values.ts";
import { videoBody, videoPaths } from "./body.ts";
import type { VideoForm } from "./form.ts";
import { videoOperation } from "./operation.ts";

/** Makes a video's task (contract §6). */
export async function* startVideo(
  form: VideoForm,
  request: VendorRequest,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const { prompt, options, inputs } = request;
  if (text(options.template) !== undefined && prompt !== "") yield { type: "warning", code: "promptIgnored" };
  const json = videoBody(form, { model: wireModel(request, context), prompt, options, inputs });
  const task = await submitTask(videoPaths[form.path], json, context);
  yield { type: "accepted", operation: videoOperation(form, request, task) };
}
