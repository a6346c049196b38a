import { type Answer, json } from "../answer.ts";
import type { Exchange, Route, Services, Vendor } from "../vendor.ts";
import { errorAnswer, Refusal } from "./errors.ts";
import { createHosted, STATUS } from "./hosted.ts";
import { createPlugin, MOVED } from "./plugin.ts";
import { createRenders } from "./render.ts";

const ID = "animo";
const API_KEY = "sim-animo-api-key-0001";
const ENDPOINT = "/v1/generate";

type Handle = (exchange: Exchange) => Answer | Promise<Answer>;

/** Turns a Refusal into an answer. */
function refusing(handle: Handle): Handle {
  return async (exchange) => {
    try {
      return await handle(exchange);
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error);
      throw error;
    }
  };
}

function bearer(handle: Handle): Handle {
  return (exchange) => {
    if (exchange.headers.authorization !== `Bearer ${API_KEY}`) throw new Refusal(401);
    return handle(exchange);
  };
}

/** The two products share paths and differ in how the key comes (contract animo §B, §C). */
function byKey(ofTheHosted: Handle, ofOnesOwn: Handle): Handle {
  return (exchange) => {
    const { authorization, "x-api-key": key } = exchange.headers;
    if (authorization !== undefined) return bearer(ofTheHosted)(exchange);
    if (key !== API_KEY) throw new Refusal(401, "Invalid or missing API key");
    return ofOnesOwn(exchange);
  };
}

/** Animo (contract animo): the plugin's endpoint, the hosted product, and the server one runs oneself. */
export function createAnimo(services: Services): Vendor {
  const hosted = createHosted(services, ID);
  const renders = createRenders(services, ID);
  const plugin = createPlugin(services, hosted.generate);
  const moved = new RegExp(`^${MOVED}`);
  const routes: Route[] = [
    { method: "POST", path: ENDPOINT, handle: bearer(plugin.generate) },
    { method: "GET", path: moved, handle: plugin.moved },
    { method: "POST", path: moved, handle: plugin.moved },
    {
      method: "POST",
      path: "/v1/video/generation",
      handle: byKey(hosted.generate, renders.generate),
      plays: ["neverEnds"],
    },
    {
      method: "GET",
      path: new RegExp(`^${STATUS}`),
      handle: bearer(hosted.status),
      plays: ["neverEnds"],
    },
    { method: "POST", path: "/v1/video/rendering", handle: byKey(renders.render, renders.render) },
    { method: "POST", path: "/v1/video/exporting", handle: byKey(renders.merge, renders.merge) },
    { method: "GET", path: "/health", handle: () => json(200, { status: "ok" }) },
    {
      method: "GET",
      path: "/v1/models",
      handle: () => json(200, { models: [{ engine: "anthropic", model: "claude-3-7-sonnet-20250219" }] }),
    },
  ];
  return {
    id: ID,
    basePath: "",
    maxBodyBytes: 2 ** 20,
    routes: routes.map((route) => ({ ...route, handle: refusing(route.handle) })),
    ready: (origin) => ({ endpoint: origin + ENDPOINT, apiKey: API_KEY }),
    notFound: ({ path }) => errorAnswer(new Refusal(path === ENDPOINT ? 405 : 404)),
    refuseBody: () => errorAnswer(new Refusal(413)),
    statusFault: (status) => errorAnswer(new Refusal(status)),
    reset: () => {
      hosted.reset();
      renders.reset();
      plugin.reset();
    },
  };
}
