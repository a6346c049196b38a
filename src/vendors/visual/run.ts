import type { VendorContext, VendorEvent, VendorRequest } from "../contract.ts";
import { encodeBody } from "../wire/body.ts";
import { askOf, bodyOf, seedOf } from "./ask.ts";
import { kindOf } from "./build.ts";
import { resultFields } from "./labels.ts";
import type { Ask, Product } from "./product.ts";
import { productFor } from "./products.ts";
import { outcomeOf, resultEvents } from "./result.ts";
import { findSubject, wantsSubject } from "./subjects.ts";
import { submit } from "./submit.ts";
import { send } from "./wire/call.ts";

/** The answer is the result itself, so that it takes as long as that (contract §1). */
const processDeadlineMs = 4 * 60_000;

/** Makes what is asked for, at once or as a task. */
export async function* run(request: VendorRequest, context: VendorContext): AsyncGenerator<VendorEvent> {
  const product = productFor(request);
  const { ask, dropped } = askOf(request, product);
  for (const option of dropped) yield { type: "warning", code: "optionDropped", args: { option } };
  if (wantsSubject(ask)) return yield* findSubject(ask, context);
  if ("action" in product.call) return yield* process(product, product.call.action, ask, context);
  yield* submit(product, product.call.pair, ask, context);
}

async function* process(
  product: Product,
  action: string,
  ask: Ask,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const wanted = resultFields(product.result, ask.options);
  const bytes = await encodeBody({ ...bodyOf(product, ask), ...wanted });
  const outcome = await context.spend("process", async (http) => {
    const answer = await send(http, context, action, bytes, processDeadlineMs);
    return outcomeOf(answer, kindOf(product), context.clock.now());
  });
  yield* resultEvents(outcome, { labelled: "aigc_meta" in wanted, ...seedOf(ask) });
}
