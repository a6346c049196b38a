import type { Answer } from "../answer.ts";
import { parseExact } from "../exact.ts";
import type { Exchange, Services, Vendor } from "../vendor.ts";
import { accountOf, KEYS } from "./accounts.ts";
import { actionOf } from "./actions.ts";
import { calledScope } from "./claim.ts";
import { errorAnswer, Refusal, success, unreadable } from "./codes.ts";
import { createDesk, type Desk } from "./desk.ts";
import { type Body, isObject } from "./fields.ts";
import { type GatewayCode, GatewayRefusal, gatewayAnswer } from "./gateway.ts";
import { requestIdAt } from "./ids.ts";
import { authenticate } from "./signature.ts";

const ID = "visual";

/** What a status that a fault asks for is: a gateway error by name, or a business code. */
const STATUS_ERRORS: Record<number, GatewayCode | number> = {
  400: 50215,
  401: "InvalidAccessKey",
  403: "AccessDenied",
  404: "InvalidActionOrVersion",
  405: "MethodNotAllowed",
  429: 50429,
  500: 50500,
  502: "FailToConnect",
  503: "ServiceUnavailableTemp",
  504: "InternalServiceTimeout",
};

/** Volcengine Visual (contract volcengine-visual). */
export function createVisual(services: Services): Vendor {
  const desk = createDesk(services, ID);
  const route = { method: "POST", path: "/", handle: (exchange: Exchange) => answer(desk, exchange) };
  return {
    id: ID,
    basePath: "",
    maxBodyBytes: 64 * 2 ** 20,
    routes: [
      { ...route, fits: (exchange) => calledAction(exchange)?.ofTasks === true, plays: ["neverEnds"] },
      route,
    ],
    ready: (origin) => ({ baseUrl: origin, ...KEYS }),
    notFound: (exchange) => {
      const refusal =
        exchange.method === "POST"
          ? new GatewayRefusal("InvalidActionOrVersion", exchange.path, "")
          : new GatewayRefusal("MethodNotAllowed", exchange.method);
      return gatewayAnswer(refusal, requestIdAt(exchange.now()), called(exchange));
    },
    refuseBody: (exchange) => errorAnswer(new Refusal(50213), requestIdAt(exchange.now())),
    statusFault: (status, exchange) => {
      const error = STATUS_ERRORS[status] ?? 50500;
      const requestId = requestIdAt(exchange.now());
      if (typeof error === "number") return errorAnswer(new Refusal(error), requestId, status);
      const { action, version } = called(exchange);
      const words = error === "InvalidActionOrVersion" ? [action, version] : [action];
      return gatewayAnswer(new GatewayRefusal(error, ...words), requestId, called(exchange), status);
    },
    settle: desk.settle,
    reset: desk.reset,
  };
}

/** The gateway's checks, then the product's; each has errors of its own shape (contract volcengine-visual §5, §7). */
async function answer(desk: Desk, exchange: Exchange): Promise<Answer> {
  const requestId = requestIdAt(exchange.now());
  try {
    for (const name of ["Action", "Version"])
      if (!exchange.query.get(name)) throw new GatewayRefusal("MissingParameter", name);
    const { action: name, version } = called(exchange);
    const account = authenticate(exchange, accountOf, exchange.now());
    const action = actionOf(name, version);
    if (action === undefined) throw new GatewayRefusal("InvalidActionOrVersion", name, version);
    if (account.state === "forbidden") throw new GatewayRefusal("AccessDenied", name);
    const body = readJson(exchange);
    if (account.state === "closed") throw new Refusal(50400);
    const { data, elapsed, odd } = await action.answer(desk, { body, exchange, requestId });
    const style = { statusless: odd.has("no-status"), micro: odd.has("micro") };
    return success(odd.has("extra") ? { ...data, ...EXTRA } : data, requestId, elapsed, style);
  } catch (error) {
    if (error instanceof GatewayRefusal) return gatewayAnswer(error, requestId, called(exchange));
    if (error instanceof Refusal) return errorAnswer(error, requestId);
    throw error;
  }
}

/** Members that no page names. */
const EXTRA = { new_member: { list: [1, null, "x"] }, Status: 7 };

function calledAction({ query }: Exchange) {
  return actionOf(query.get("Action") ?? "", query.get("Version") ?? "");
}

function called(exchange: Exchange) {
  const { query } = exchange;
  return {
    action: query.get("Action") ?? "",
    version: query.get("Version") ?? "",
    ...calledScope(exchange),
  };
}

/** Any charset will do: one official signer leaves the type unsigned and sends one. */
function readJson({ headers, body }: Exchange): Body {
  if (!/^application\/json\s*(;|$)/i.test(String(headers["content-type"] ?? "")))
    throw unreadable("the body is not JSON");
  try {
    const value = parseExact(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw unreadable("the body is not a JSON object");
}
