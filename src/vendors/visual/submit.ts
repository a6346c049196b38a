import type { Json } from "../../model/json.ts";
import type { VendorContext, VendorEvent } from "../contract.ts";
import { type BodyObject, encodeBody } from "../wire/body.ts";
import { unreadable } from "../wire/refusal.ts";
import { bodyOf, seedOf } from "./ask.ts";
import { kindOf } from "./build.ts";
import { resultFields } from "./labels.ts";
import { type Pair, pairs } from "./operation.ts";
import { type Ask, keyOf, type Product } from "./product.ts";
import { send } from "./wire/call.ts";
import { readData } from "./wire/result.ts";

/** A submit answers at once, but may carry files. */
const deadlineMs = 2 * 60_000;

/** Makes a task. What is wanted of the result goes along with every look at it, as JSON text (contract §4.1). */
export async function* submit(
  product: Product,
  pair: Pair,
  ask: Ask,
  context: VendorContext,
  more: BodyObject = {},
): AsyncGenerator<VendorEvent> {
  const bytes = await encodeBody({ ...bodyOf(product, ask), ...more });
  const id = await context.spend("submit", async (http) => {
    const answer = await send(http, context, pairs[pair].submit, bytes, deadlineMs);
    const task = readData(answer.data)?.task_id;
    if (task === undefined) throw unreadable(200, answer.requestId);
    return task;
  });
  const wanted = resultFields(product.result, ask.options);
  const operation: Json = {
    step: "task",
    pair,
    key: keyOf(product, ask.options),
    id,
    kind: kindOf(product),
    ...(Object.keys(wanted).length > 0 ? { result: JSON.stringify(wanted) } : {}),
    ...seedOf(ask),
  };
  yield { type: "accepted", operation };
}
