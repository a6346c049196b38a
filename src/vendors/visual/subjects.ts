import type { VendorContext, VendorEvent } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { encodeBody } from "../wire/body.ts";
import { askOf } from "./ask.ts";
import { linkOf } from "./inputs.ts";
import type { Ask } from "./product.ts";
import { submit } from "./submit.ts";
import { omniHuman15 } from "./video/people.ts";
import { send } from "./wire/call.ts";
import { readData, readRespData } from "./wire/result.ts";

const deadlineMs = 2 * 60_000;

/** True if one of several people in the picture shall speak. */
export function wantsSubject({ options }: Pick<Ask, "options">): boolean {
  return typeof options.subject === "number" && options.subject > 0;
}

/**
 * Looks for the people in a picture, whose masks the vendor keeps for an hour (contract §6.2): a call of its own. Which mask is the one
 * chosen is then part of the operation, so that nothing is looked for twice.
 */
export async function* findSubject(ask: Ask, context: VendorContext): AsyncGenerator<VendorEvent> {
  const bytes = await encodeBody({
    req_key: "jimeng_realman_avatar_object_detection",
    image_url: linkOf(ask.files("person")),
  });
  const masks = await context.spend("detect", async (http) => {
    const { data } = await send(http, context, "CVProcess", bytes, deadlineMs);
    const read = readData(data);
    return (read && readRespData(read)?.object_detection_result?.mask.url) ?? [];
  });
  const mask = masks[Number(ask.options.subject) - 1];
  if (mask === undefined) {
    throw new VendorError({ reason: "invalid", sent: "refused", retryable: false, next: "noSubjectSeen" });
  }
  yield { type: "accepted", operation: { step: "subjects", mask } };
}

/** Makes the one behind the mask speak. A call that can not simply be made again ends the job: there is no list to find its task in. */
export async function* continueWithSubject(
  mask: string,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const request = await context.request?.();
  if (!request) throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
  const { ask } = askOf(request, omniHuman15);
  try {
    yield* submit(omniHuman15, "submit", ask, context, { mask_url: [mask] });
  } catch (error) {
    if (!(error instanceof VendorError) || error.facts.retryable) throw error;
    yield { type: "failed", error };
  }
}
