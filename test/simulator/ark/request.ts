import type { Exchange } from "../vendor.ts";
import { DOCUMENTED, documented, invalid, Refusal } from "./errors.ts";
import type { Body } from "./fields.ts";

/** What every model has: its ids, and the endpoint id that stands for it. */
type Served = { ids: string[]; endpoint: string };

/** An inference endpoint that its owner has stopped. */
const CLOSED_ENDPOINT = "ep-20260101000000-closed";

/** The body of a POST. Throws a Refusal for anything but a JSON object. */
export function readJson({ headers, body }: Exchange): Body {
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

/** The refusal of a request without a field that it needs. */
export function missing(field: string): Refusal {
  const message = `The request is missing the required parameter \`${field}\`.`;
  return new Refusal(400, "MissingParameter", message, field);
}

/**
 * The model behind a model id or an endpoint id; an endpoint answers with its model's id. `others` are served,
 * but not here. Retired models are in neither list: 404, as unknown ones.
 */
export function findModel<M extends Served>(
  asked: unknown,
  models: readonly M[],
  others: readonly Served[],
): { model: M; modelId: string } {
  if (asked === undefined) throw missing("model");
  if (typeof asked !== "string") throw invalid("model", "expected a string");
  if (asked === CLOSED_ENDPOINT) throw documented("InvalidEndpoint.ClosedEndpoint");
  const named = ({ ids, endpoint }: Served) => ids.includes(asked) || endpoint === asked;
  if (others.some(named)) throw invalid("model", `the model ${asked} does not support this api`);
  const model = models.find(named);
  if (model === undefined)
    throw new Refusal(
      404,
      "InvalidEndpointOrModel.NotFound",
      `The model or endpoint ${asked} does not exist or you do not have access to it.`,
    );
  return { model, modelId: asked === model.endpoint ? (model.ids[0] ?? asked) : asked };
}

type MarkedError = { code: string; retryAfter?: number };

/** Errors about the account come before the fields are looked at. */
export function refuseAtActivation(error: MarkedError | undefined, asked: string): void {
  if (error === undefined) return;
  const status = DOCUMENTED[error.code]?.status ?? 0;
  const byEndpoint = asked.startsWith("ep-") && error.code === "InvalidEndpointOrModel.ModelIDAccessDisabled";
  if ([401, 403, 404].includes(status) && !byEndpoint) throw documented(error.code, error.retryAfter);
}

/** What each rule finds wrong. */
export function fieldRefusals<A extends unknown[]>(
  rules: readonly ((...args: A) => Refusal | undefined)[],
  ...args: A
): Refusal[] {
  return rules.map((rule) => rule(...args)).filter((refusal) => refusal !== undefined);
}

/** Of several refusals one is named, and not always the same (contract ark §4). */
export function refuseOne(refusals: readonly Refusal[], turn: number): void {
  const refusal = refusals[turn % refusals.length];
  if (refusal !== undefined) throw refusal;
}
