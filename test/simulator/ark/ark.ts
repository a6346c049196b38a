import { type Answer, bytes, json } from "../answer.ts";
import type { Exchange, Route, Services, Vendor } from "../vendor.ts";
import { documented, errorAnswer, invalid, newRequestId, Refusal } from "./errors.ts";
import { createImageRoute } from "./images.ts";
import { createImageLimit } from "./limits.ts";
import { IMAGE_MODELS } from "./models.ts";

const ID = "seedream";
const API_KEY = "sim-ark-7d1f0c52-93be-4a68-b0aa-5a6f3c2e9d14";

/** Code for a status that a fault asks for. */
const STATUS_CODES: Record<number, string> = {
  400: "SensitiveContentDetected",
  401: "AuthenticationError",
  403: "AccessDenied",
  404: "ModelNotOpen",
  429: "ServerOverloaded",
};

/** Volcengine Ark (contract ark): images in full; of the video tasks only the list, which is empty. */
export function createArk(services: Services): Vendor {
  const images = createImageRoute(services, ID, createImageLimit());
  const routes: Route[] = [
    { method: "POST", path: "/images/generations", handle: authenticated(images.handle) },
    { method: "GET", path: "/models", handle: authenticated(listModels) },
    { method: "GET", path: "/contents/generations/tasks", handle: authenticated(listTasks) },
    { method: "POST", path: "/contents/generations/tasks", handle: authenticated(notPlayed) },
  ];
  return {
    id: ID,
    basePath: "/api/v3",
    maxBodyBytes: 64 * 2 ** 20,
    routes,
    ready: (origin) => ({ baseUrl: `${origin}/api/v3`, apiKey: API_KEY }),
    notFound: authenticated(() => {
      throw new Refusal(404, "NotFound", "The requested resource does not exist.");
    }),
    // The contract names no code for 413: the answer comes from a proxy before the service.
    refuseBody: (exchange) =>
      bytes(413, "text/html", "<html><head><title>413 Request Entity Too Large</title></head></html>", {
        "X-Request-Id": newRequestId(exchange.now()),
      }),
    statusFault: (status, exchange) => {
      const refusal = documented(STATUS_CODES[status] ?? "InternalServiceError");
      return errorAnswer(new Refusal(status, refusal.code, refusal.message), newRequestId(exchange.now()));
    },
    reset: images.reset,
  };
}

type Handle = (exchange: Exchange, requestId: string) => Answer | Promise<Answer>;

/** Checks the key first, and turns a Refusal into the vendor's error answer. */
function authenticated(handle: Handle): (exchange: Exchange) => Answer | Promise<Answer> {
  return (exchange) => {
    const requestId = newRequestId(exchange.now());
    const refused = (error: unknown) => {
      if (error instanceof Refusal) return errorAnswer(error, requestId);
      throw error;
    };
    try {
      if (exchange.headers.authorization !== `Bearer ${API_KEY}`) throw documented("AuthenticationError");
      const answer = handle(exchange, requestId);
      return answer instanceof Promise ? answer.catch(refused) : answer;
    } catch (error) {
      return refused(error);
    }
  };
}

function listModels(_exchange: Exchange, requestId: string): Answer {
  const data = IMAGE_MODELS.flatMap(({ ids }) => ids.slice(0, 1)).map((id) => ({ id, object: "model" }));
  return json(200, { object: "list", data }, { "X-Request-Id": requestId });
}

/** The free way to try a key (contract ark §1). */
function listTasks({ query }: Exchange, requestId: string): Answer {
  for (const name of ["page_num", "page_size"]) {
    const value = Number(query.get(name) ?? 1);
    if (!Number.isInteger(value) || value < 1 || value > 500)
      throw invalid(name, "expected an integer between 1 and 500");
  }
  return json(200, { total: 0, items: [] }, { "X-Request-Id": requestId });
}

function notPlayed(): Answer {
  throw new Refusal(501, "NotPlayed", "This simulator does not play video tasks.");
}
