import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import type { BodyObject } from "../wire/body.ts";
import { splitOptions } from "../wire/split.ts";
import { askOf, legacyMention, newerMention, type OpenAsk } from "./ask.ts";
import { hasApiKey } from "./auth/auth.ts";
import { createTask } from "./create.ts";
import type { Place } from "./find.ts";
import { startLipSync } from "./lip-sync-steps.ts";
import { taskOperation } from "./operation.ts";
import type { Product } from "./product.ts";
import { productOf } from "./products.ts";

/** Makes the task of a request and says how it can be looked at. */
export async function* run(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const product = productOf(request);
  const { options, dropped } = splitOptions(request.options, product.profile.options.shape);
  const known = { ...request, options };
  for (const option of dropped) yield { type: "warning", code: "optionDropped", args: { option } };
  const ask = await askOf(known, product, context);
  if (product.operation === "lip-sync") return yield* startLipSync(ask, context);
  const { place, body } = writtenAs(product, ask, context);
  const id = await createTask("create", place, body, context);
  yield { type: "accepted", operation: taskOperation(product, place, id, { format: ask.options.format }) };
}

/** The newer form where the key opens it and it can say everything; else the legacy one (contract §7). */
function writtenAs(
  product: Product,
  ask: OpenAsk,
  context: VendorContext,
): { place: Place; body: BodyObject } {
  const { newer, legacy } = product;
  const newerAsk = { ...ask, prompt: ask.prompt(newerMention) };
  if (newer && hasApiKey(context) && (!legacy || newer.canSay(newerAsk))) {
    const body = { ...newer.body(newerAsk), options: tail(ask, context) };
    return { place: { api: "newer", path: newer.path }, body };
  }
  if (!legacy) throw new VendorError({ reason: "credentials", sent: "no", next: "klingKeyKind" });
  const body = legacy.body({ ...ask, prompt: ask.prompt(legacyMention) });
  return {
    place: { api: "legacy", path: legacy.path },
    body: { ...body, ...tail(ask, context, legacy.watermark) },
  };
}

/** What every request ends with: whether there is a watermark, and the job's id as the caller's own (contract §4). */
function tail(
  { options }: Pick<OpenAsk, "options">,
  { jobId }: Pick<VendorContext, "jobId">,
  watermark?: false,
): BodyObject {
  return {
    ...(watermark === false ? {} : { watermark_info: { enabled: options.watermark === true } }),
    external_task_id: jobId,
  };
}

/** Where a request's task would be, for one whose answer was lost: the key says which form it went out in. */
export function placesOf(request: VendorRequest, context: VendorContext): Place[] {
  const { newer, legacy } = productOf(request);
  return [
    ...(newer && hasApiKey(context) ? [{ api: "newer", path: newer.path } as const] : []),
    ...(legacy ? [{ api: "legacy", path: legacy.path } as const] : []),
  ];
}
