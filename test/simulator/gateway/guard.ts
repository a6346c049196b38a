import { randomUUID } from "node:crypto";
import type { Answer } from "../answer.ts";
import type { Exchange } from "../vendor.ts";
import { consumerRefusal } from "./auth.ts";
import { isOfTheAccount, nativeCode } from "./codes.ts";
import {
  type Dialect,
  errorAnswer,
  framedError,
  gatewayAnswer,
  invalid,
  Refusal,
  URL_ERROR,
} from "./errors.ts";
import { type Body, isObject } from "./fields.ts";
import { type Markers, readMarkers, words } from "./markers.ts";
import { isDirect } from "./place.ts";
import type { Tokens } from "./tokens.ts";

/** A request let in. `body` is empty for a GET, and for a form, which its handler reads. */
export type Asking = {
  exchange: Exchange;
  requestId: string;
  body: Body;
  markers: Markers;
  /** At the models' own host, with no gateway between. */
  direct: boolean;
};

/** Gives the answer, or throws a Refusal. */
export type Handle = (asking: Asking) => Answer | Promise<Answer>;

export type Guard = (dialect: Dialect, handle: Handle) => (exchange: Exchange) => Promise<Answer>;

/**
 * Lets callers in, plays the errors that markers ask for, and writes refusals in the dialect of the surface. On
 * the compatible surface `[native]` turns it, as a gateway does that hands the models' host's answers through.
 */
export function createGuard(tokens: Tokens): Guard {
  return (dialect, handle) => async (exchange) => {
    const requestId = randomUUID();
    const arrived = exchange.now();
    const direct = isDirect(exchange);
    const from = (answer: Answer) => withHeaders(answer, requestId, arrived, exchange.now());
    let spoken = dialect;
    let markers: Markers = new Map();
    let streams = false;
    try {
      if (direct) tokens.check(exchange);
      else {
        const refusal = consumerRefusal(exchange);
        if (refusal !== undefined) return refusal;
      }
      const body = exchange.method === "POST" ? readJson(exchange) : {};
      markers = readMarkers(body);
      spoken = markers.has("native") ? "native" : dialect;
      streams = body.stream === true || isSse(exchange);
      const gateway = markers.get("gateway");
      if (gateway !== undefined && !direct) return gatewayAnswer(gateway);
      const ahead = told(markers);
      if (ahead !== undefined && isOfTheAccount(ahead.code)) throw ahead;
      return from(await handle({ exchange, requestId, body, markers, direct }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The models refuse what they stream in the frame of a stream; accounts and limits are refused before them.
      const framed = markers.has("framed") || (streams && error.status === 400);
      if (!framed) return from(errorAnswer(error, spoken, requestId));
      const ok = words(markers, "framed").has("200") || (error.told === URL_ERROR && spoken === "native");
      return from(framedError(error, spoken, requestId, ok));
    }
  };
}

/** The refusal of `[error CODE]`, `[error CODE 403]` or `[framed CODE]`. */
function told(markers: Markers): Refusal | undefined {
  const [word = "", given = ""] = (markers.get("error") ?? markers.get("framed") ?? "").split(" ");
  const code = nativeCode(word);
  const status = markers.has("error") && /^[45]\d\d$/.test(given) ? Number(given) : undefined;
  return code === undefined ? undefined : new Refusal(code, undefined, status);
}

/** Throws what a marker asks for; handlers call it once the request itself is found legal. */
export function refuseAsTold(markers: Markers): void {
  const refusal = told(markers);
  if (refusal !== undefined) throw refusal;
}

export function isSse({ headers }: Exchange): boolean {
  return headers["x-dashscope-sse"] === "enable";
}

function readJson({ headers, body }: Exchange): Body {
  const type = String(headers["content-type"] ?? "");
  if (/^multipart\/form-data\b/i.test(type) || body.length === 0) return {};
  if (!/^application\/json\b/i.test(type)) throw invalid("Content-Type must be application/json");
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw invalid("Required body invalid, please check the request body format.");
}

/** The headers of an answer that has come through the gateway from the models' host (contract §4). */
function withHeaders(answer: Answer, requestId: string, arrived: number, now: number): Answer {
  const took = String(Math.max(0, Math.round(now - arrived)));
  return {
    ...answer,
    headers: {
      server: "istio-envoy",
      "x-request-id": requestId,
      "x-dashscope-call-gateway": "true",
      "req-cost-time": took,
      "req-arrive-time": String(Math.round(arrived)),
      "resp-start-time": String(Math.round(now)),
      "x-envoy-upstream-service-time": took,
      ...answer.headers,
    },
  };
}
