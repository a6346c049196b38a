import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "../answer.ts";
import type { Exchange, Services } from "../vendor.ts";
import { DOCUMENTED, documented, invalid, Refusal } from "./errors.ts";
import { type Body, FIELD_RULES } from "./fields.ts";
import { readInputs } from "./inputs.ts";
import { type ImageLimit, LAYER_RESERVE } from "./limits.ts";
import { type Markers, readMarkers } from "./markers.ts";
import { CLOSED_ENDPOINT, IMAGE_MODELS, type ImageModel, OTHER_MODELS } from "./models.ts";
import { plan } from "./plan.ts";
import { soleFailure, streamReply, successes, wholeReply } from "./reply.ts";

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
      const { model, modelId } = findModel(body.model);
      const markers = readMarkers(body.prompt);
      refuseAtActivation(markers, String(body.model));
      const { references, refusals } = readInputs(body, model, services.links);
      refuseFields(body, model, refusals, serial);
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

function readJson({ headers, body }: Exchange): Body {
  if (!/^application\/json\b/i.test(String(headers["content-type"] ?? "")))
    throw new Refusal(400, "InvalidParameter", "The Content-Type of the request must be application/json.");
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal(400, "InvalidParameter", "The request body is not a valid JSON object.");
}

/** The model behind a model id or an endpoint id; an endpoint answers with its model's id. */
function findModel(asked: unknown): { model: ImageModel; modelId: string } {
  if (asked === undefined)
    throw new Refusal(
      400,
      "MissingParameter",
      "The request is missing the required parameter `model`.",
      "model",
    );
  if (typeof asked !== "string") throw invalid("model", "expected a string");
  if (asked === CLOSED_ENDPOINT) throw documented("InvalidEndpoint.ClosedEndpoint");
  if (OTHER_MODELS.includes(asked)) throw invalid("model", `the model ${asked} does not support this api`);
  const model = IMAGE_MODELS.find(({ ids, endpoint }) => ids.includes(asked) || endpoint === asked);
  if (model === undefined)
    throw new Refusal(
      404,
      "InvalidEndpointOrModel.NotFound",
      `The model or endpoint ${asked} does not exist or you do not have access to it.`,
    );
  return { model, modelId: asked === model.endpoint ? (model.ids[0] ?? asked) : asked };
}

/** Errors about the account come before the fields are looked at. */
function refuseAtActivation({ error }: Markers, asked: string): void {
  if (error === undefined) return;
  const status = DOCUMENTED[error.code]?.status ?? 0;
  const byEndpoint = asked.startsWith("ep-") && error.code === "InvalidEndpointOrModel.ModelIDAccessDisabled";
  if ([401, 403, 404].includes(status) && !byEndpoint) throw documented(error.code, error.retryAfter);
}

/** Of several illegal fields one is named, and not always the same (contract ark §4). */
function refuseFields(body: Body, model: ImageModel, inputs: Refusal[], turn: number): void {
  const refusals = FIELD_RULES.map((rule) => rule(body, model)).filter((refusal) => refusal !== undefined);
  const all = [...refusals, ...inputs];
  const refusal = all[turn % all.length];
  if (refusal !== undefined) throw refusal;
}

/** Whether a marker of the prompt or a fault's `params.sse` asks for a way of writing the stream. */
function asked(exchange: Exchange, markers: Markers, what: string): boolean {
  const told = exchange.fault?.params.sse;
  return markers.sse.has(what) || (Array.isArray(told) && told.includes(what));
}
