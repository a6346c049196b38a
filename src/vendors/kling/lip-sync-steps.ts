import { z } from "zod";
import type { VendorContext, VendorEvent } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { encodeBody } from "../wire/body.ts";
import { unreadable } from "../wire/refusal.ts";
import { askOf, type OpenAsk } from "./ask.ts";
import { createTask } from "./create.ts";
import { type Place, taskOfJob } from "./find.ts";
import { idOf } from "./inputs.ts";
import { type IdentifiedOperation, taskOperation } from "./operation.ts";
import { productOf } from "./products.ts";
import {
  type Face,
  identifyBody,
  identifyPath,
  identifyUnits,
  lipSyncBody,
  lipSyncPath,
  lipSyncProduct,
} from "./video/lip-sync.ts";
import { send } from "./wire/call.ts";

/** Lip syncs are not looked up by the caller's own id, only listed with it (contract §2). */
export const lipSyncPlace: Place = { api: "legacy", path: lipSyncPath, listed: true };

const time = z.coerce.number().catch(0);

const identifiedSchema = z.object({
  session_id: z.string().min(1),
  final_unit_deduction: z.coerce.number().catch(identifyUnits),
  face_data: z.array(z.object({ face_id: z.coerce.string(), start_time: time, end_time: time })).catch([]),
});

/** The first call: looks for faces. What comes of it is an operation of its own, from which any process can go on. */
export async function* startLipSync(ask: OpenAsk, context: VendorContext): AsyncGenerator<VendorEvent> {
  const [video] = ask.files("video");
  const id = idOf(video?.url);
  const bytes = await encodeBody(identifyBody({ url: video?.url ?? "", ...(id ? { id } : {}) }));
  const identified = await context.spend("identify", async (http) => {
    const { data, requestId } = await send(http, context, identifyPath, bytes);
    const parsed = identifiedSchema.safeParse(data).data;
    if (!parsed) throw unreadable(200, requestId);
    return parsed;
  });
  const faces = identified.face_data.map((each) => ({
    id: each.face_id,
    from: each.start_time,
    to: each.end_time,
  }));
  const wanted = Number(ask.options.face ?? 1);
  const face: Face | undefined = faces[wanted - 1] ?? faces[0];
  const units = identified.final_unit_deduction;
  if (!face) {
    yield { type: "usage", usage: { units: { videoUnits: units } } };
    throw new VendorError({ reason: "invalid", sent: "refused", retryable: false, next: "noFace" });
  }
  if (wanted > faces.length) {
    yield { type: "warning", code: "faceMissing", args: { actual: wanted, count: faces.length } };
  }
  yield {
    type: "accepted",
    operation: { step: "identified", session: identified.session_id, face: { ...face }, units },
  };
}

/**
 * The second call, made once: whether an earlier process made it is looked up first, and the journal holds it back if that
 * cannot be told. A refusal that does not pass ends the job.
 */
export async function* continueLipSync(
  operation: IdentifiedOperation,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  yield { type: "progress", phase: "running" };
  const known = await taskOfJob(lipSyncPlace, context);
  const id = known ? known.id : yield* chooseFace(operation, context);
  if (id === undefined) return;
  yield {
    type: "accepted",
    operation: taskOperation(lipSyncProduct, lipSyncPlace, id, { before: operation.units }),
  };
}

async function* chooseFace(
  { session, face }: IdentifiedOperation,
  context: VendorContext,
): AsyncGenerator<VendorEvent, string | undefined> {
  const request = await context.request?.();
  if (!request) throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
  const ask = await askOf(request, productOf(request), context);
  const { body, isCut } = lipSyncBody(ask, session, face);
  if (isCut) yield { type: "warning", code: "soundCut" };
  const whole = {
    ...body,
    watermark_info: { enabled: ask.options.watermark === true },
    external_task_id: context.jobId,
  };
  try {
    return await createTask("lipSync", lipSyncPlace, whole, context);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (error.facts.sent === "unknown" || error.facts.retryable) throw error;
    yield { type: "failed", error };
    return undefined;
  }
}
