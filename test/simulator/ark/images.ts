import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "../answer.ts";
import type { Exchange, Services } from "../vendor.ts";
import { documented } from "./errors.ts";
import { FIELD_RULES } from "./fields.ts";
import { readInputs } from "./inputs.ts";
import { type ImageLimit, LAYER_RESERVE } from "./limits.ts";
import { type Markers, readMarkers } from "./markers.ts";
import { IMAGE_MODELS } from "./models.ts";
import { plan } from "./plan.ts";
import { soleFailure, streamReply, successes, wholeReply } from "./reply.ts";
import { fieldRefusals, findModel, readJson, refuseAtActivation, refuseOne } from "./request.ts";
import { VIDEO_MODELS } from "./video/models.ts";

/** The longest that the pictures of one answer take together, unless a marker says otherwise. */
const LONGEST_MS = 300;

export type ImageRoute = {
  handle(exchange: Exchange, requestId: string): Promise<Answer>;
  reset(): void;
};

/**
 * `POST /images/generations` (contract ark §2). Checks in the vendor's order: model, activation, fields,
 * limits; then charges, then makes the pictures. Throws a Refusal for what it does not accept.
 */
export function createImageRoute(services: Services, vendor: string, limit: ImageLimit): ImageRoute {
  let calls = 0;
  return {
    reset: () => {
      calls = 0;
      limit.reset();
    },
    handle: async (exchange, requestId) => {
      const serial = calls++;
      const body = readJson(exchange);
      const { model, modelId } = findModel(body.model, IMAGE_MODELS, VIDEO_MODELS);
      const markers = readMarkers(body.prompt);
      refuseAtActivation(markers.error, String(body.model));
      const { references, refusals } = readInputs(body, model, services.links);
      refuseOne([...fieldRefusals(FIELD_RULES, body, model), ...refusals], serial);
      if (markers.error !== undefined) throw documented(markers.error.code, markers.error.retryAfter);

      const made = plan({ body, model, modelId, references, markers, serial });
      const images = successes(made);
      const reserve = made.operation === "layers" ? LAYER_RESERVE : made.slots.length;
      if (!limit.take(model.family, exchange.now(), reserve, images))
        throw documented("ModelAccountIpmRateLimitExceeded");

      const stream = body.stream === true;
      const broken = stream && markers.sse.has("error");
      if (images > 0 && !broken)
        exchange.charge({
          id: requestId,
          operation: made.operation,
          model: modelId,
          amount: images,
          unit: "image",
        });

      const reply = {
        plan: made,
        requestId,
        created: Math.floor(exchange.now() / 1000),
        services,
        vendor,
        signal: exchange.signal,
      };
      if (stream)
        return streamReply(reply, {
          imageMs: markers.slowMs ?? services.imageMs,
          multiline: asked(exchange, markers, "multiline"),
          split: asked(exchange, markers, "split"),
          noCompleted: asked(exchange, markers, "no-completed"),
          broken,
        });
      const ms = markers.slowMs ?? Math.min(LONGEST_MS, services.imageMs * made.slots.length);
      await delay(ms, undefined, { signal: exchange.signal });
      const failure = markers.allFail ? undefined : soleFailure(made);
      if (failure !== undefined) throw failure;
      return wholeReply(reply);
    },
  };
}

/** Whether a marker of the prompt or a fault's `params.sse` asks for a way of writing the stream. */
function asked(exchange: Exchange, markers: Markers, what: string): boolean {
  const told = exchange.fault?.params.sse;
  return markers.sse.has(what) || (Array.isArray(told) && told.includes(what));
}
