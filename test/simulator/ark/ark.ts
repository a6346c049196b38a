import { type Answer, bytes, json } from "../answer.ts";
import type { Exchange, Route, Services, Vendor } from "../vendor.ts";
import { documented, errorAnswer, newRequestId, Refusal } from "./errors.ts";
import { createImageRoute } from "./images.ts";
import { createImageLimit } from "./limits.ts";
import { IMAGE_MODELS } from "./models.ts";
import { VIDEO_MODELS } from "./video/models.ts";
import { createVideoTasks } from "./video/tasks.ts";

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

const TASKS = "/contents/generations/tasks";
const ONE_TASK = /^\/contents\/generations\/tasks\/[^/]+$/;

/** Volcengine Ark (contract ark): images and video tasks. */
export function createArk(services: Services): Vendor {
  const images = createImageRoute(services, ID, createImageLimit());
  const videos = createVideoTasks(services, ID);
  const routes: Route[] = [
    { method: "POST", path: "/images/generations", handle: authenticated(images.handle) },
    { method: "GET", path: "/models", handle: authenticated(listModels) },
    ...[
      { method: "POST", path: TASKS, handle: authenticated(videos.create) },
      // There is no such call: it has been seen to create a task (contract ark §3.1).
      {
        method: "POST",
        path: /^\/contents\/generations\/tasks\/[^/]+\/cancel$/,
        handle: authenticated(videos.create),
      },
      { method: "GET", path: TASKS, handle: authenticated(videos.list) },
      { method: "GET", path: ONE_TASK, handle: authenticated(videos.get) },
      { method: "DELETE", path: ONE_TASK, handle: authenticated(videos.remove) },
    ].map((route) => ({ ...route, plays: ["neverEnds"] as const })),
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
    settle: videos.settle,
    reset: () => {
      images.reset();
      videos.reset();
    },
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
  const data = [...IMAGE_MODELS, ...VIDEO_MODELS]
    .flatMap(({ ids }) => ids.slice(0, 1))
    .map((id) => ({ id, object: "model" }));
  return json(200, { object: "list", data }, { "X-Request-Id": requestId });
}
