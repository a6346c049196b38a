import type { HttpResponse } from "../../../net/types.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { splitOptions } from "../../wire/split.ts";
import { authHeaders } from "../auth.ts";
import { errorOfResponse, requestIdOf } from "../errors.ts";
import { modelIdAt, regionOf } from "../region.ts";
import type { CallFacts } from "./answer.ts";
import { imageBody } from "./body.ts";
import { answerDeadlineMs, hasOperation, isImageOperation } from "./models.ts";
import { type ImageOperation, imageOptions } from "./options.ts";
import { type ImageProfile, imageProfiles } from "./profiles.ts";
import { readJsonAnswer } from "./read-json.ts";
import { readStreamAnswer } from "./read-stream.ts";
import { imageRequestFields } from "./request.ts";
import { type Delivered, usageOf } from "./usage.ts";

/** One image call, from request to the last event (contract §2). There is no operation to come back to: the answer is the result. */
export async function* runImages(
  request: VendorRequest,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const { profile, operation } = resolve(request);
  const model = request.modelOverride ?? modelIdAt(profile.ids, context.baseUrl);
  const { options, dropped } = splitOptions(request.options, imageOptions(profile, operation).shape);
  for (const option of dropped) yield { type: "warning", code: "optionDropped", args: { option } };
  const { fields, warnings } = imageRequestFields(operation, { prompt: request.prompt, options }, model);
  for (const code of warnings) yield { type: "warning", code };
  const body = await imageBody(fields, request.inputs);
  try {
    const response = await send(body, context);
    const seed = Number(options.seed ?? -1);
    const call: CallFacts = {
      status: response.status,
      headers: response.headers,
      key: context.credentials.apiKey,
      now: context.clock.now(),
      requestId: requestIdOf(response.headers),
      ...(seed >= 0 ? { seed } : {}),
    };
    yield* read(response, call, { profile, operation, request, context, isGroup: fields.stream === true });
  } catch (fault) {
    throw errorOfFault(fault);
  }
}

function resolve(request: VendorRequest): { profile: ImageProfile; operation: ImageOperation } {
  const profile = imageProfiles.find(({ id }) => id === request.model);
  if (!profile) throw new VendorError({ reason: "notFound", sent: "no", field: "model" });
  const { operation } = request;
  if (!isImageOperation(operation) || !hasOperation(profile, operation)) {
    throw new VendorError({ reason: "invalid", sent: "no", code: operation, field: "operation" });
  }
  return { profile, operation };
}

/** Errors are told apart inside the journalled step, so that the journal knows whether the call was refused. */
function send(body: Uint8Array, context: VendorContext): Promise<HttpResponse> {
  return context.spend("images", async (http) => {
    const response = await http.send({
      url: `${context.baseUrl}/images/generations`,
      headers: { ...authHeaders(context.credentials), "content-type": "application/json" },
      bytes: body,
      signal: context.signal,
      deadlineMs: answerDeadlineMs,
    });
    if (response.status >= 200 && response.status < 300) return response;
    const now = context.clock.now();
    throw await errorOfResponse(response, { key: context.credentials.apiKey, now });
  });
}

interface Run {
  profile: ImageProfile;
  operation: ImageOperation;
  request: VendorRequest;
  context: VendorContext;
  isGroup: boolean;
}

/** Passes events on, keeps count of what came, and closes with what it used. */
async function* read(response: HttpResponse, call: CallFacts, run: Run): AsyncGenerator<VendorEvent> {
  const type = response.headers["content-type"] ?? "";
  // How a stream is labelled is not documented: where one was asked for, anything but JSON is taken for it.
  const streamed = /\bevent-stream\b/i.test(type) || (run.isGroup && !/\bjson\b/i.test(type));
  const parts = streamed ? readStreamAnswer(response, call) : readJsonAnswer(response, call);
  const delivered: Delivered[] = [];
  let stated: unknown;
  const used = (): VendorEvent => {
    const bill = { region: regionOf(run.context.baseUrl), inputCount: run.request.inputs.length };
    return { type: "usage", usage: usageOf(stated, delivered, run.profile, run.operation, bill) };
  };
  try {
    for await (const part of parts) {
      if (part.event?.type === "output") {
        const layer = run.operation === "layers" && (part.event.facts.zIndex ?? 0) > 0;
        delivered.push({ pixels: part.pixels, layer });
      }
      if (part.event) yield part.event;
      stated ??= part.usage;
    }
  } catch (fault) {
    // What came before the break is billed.
    if (delivered.length > 0) yield used();
    throw fault;
  }
  yield used();
  yield { type: "done" };
}
