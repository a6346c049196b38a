import type { IncomingMessage } from "node:http";
import { type Answer, json } from "./answer.ts";
import { queryRecord, readBody } from "./body.ts";
import type { Clock } from "./clock.ts";
import { deliver, type Way } from "./deliver.ts";
import { type Fault, type Faults, isBilled, param } from "./faults.ts";
import { type Journal, journalBody } from "./journal.ts";
import type { Handler } from "./listener.ts";
import type { Exchange, Route, Vendor } from "./vendor.ts";

/** What the frame needs to play a vendor. */
export type Stage = { clock: Clock; journal: Journal; faults: Faults };

/** Faults that answer in the vendor's stead: its handler runs only if the call was accepted all the same. */
const INSTEAD = new Set(["refuse", "reset", "status", "html"]);

const NOTHING: Answer = json(200, null);

/** Serves one vendor: reads the request, writes the journal, lets the vendor answer, lets a fault strike. */
export function play(vendor: Vendor, stage: Stage): Handler {
  const { clock, journal, faults } = stage;
  return async (request: IncomingMessage, way: Way) => {
    const url = new URL(request.url ?? "/", "http://simulator");
    const method = request.method ?? "GET";
    const { pathname, search } = url;
    const fault = faults.take({ vendor: vendor.id, side: "api", method, path: pathname, query: search });
    const skew = fault?.kind === "skew" ? param(fault, "ms", 3_600_000) : 0;
    const now = () => clock.now() + skew;
    way.response.setHeader("Date", new Date(now()).toUTCString());
    if (fault?.kind === "refuse" && !isBilled(fault)) {
      request.socket.destroy();
      return;
    }

    const body = await readBody(request, vendor.maxBodyBytes);
    journal.requests.push({
      at: clock.now(),
      vendor: vendor.id,
      method,
      path: url.pathname,
      query: queryRecord(url.searchParams),
      headers: request.headers,
      body: body === null ? { tooLarge: true } : journalBody(body, request.headers["content-type"]),
    });
    const exchange: Exchange = {
      method,
      path: url.pathname.slice(vendor.basePath.length),
      target: request.url ?? "/",
      query: url.searchParams,
      headers: request.headers,
      body: body ?? Buffer.alloc(0),
      fault,
      signal: way.signal,
      now,
      charge: (row) => {
        if (fault === undefined || isBilled(fault))
          journal.charges.push({ at: clock.now(), vendor: vendor.id, ...row });
      },
    };
    const route = url.pathname.startsWith(vendor.basePath) ? routeOf(vendor, exchange) : undefined;
    const answer = await answerOf(vendor, route, exchange, body === null);
    await deliver(way, answer, plays(vendor, route, fault) ? undefined : fault);
  };
}

function routeOf({ routes }: Vendor, exchange: Exchange): Route | undefined {
  return routes.find(
    ({ method, path, fits }) =>
      method === exchange.method && matches(path, exchange.path) && (fits?.(exchange) ?? true),
  );
}

function plays(vendor: Vendor, route: Route | undefined, fault: Fault | undefined): boolean {
  return fault !== undefined && [vendor, route].some((player) => player?.plays?.includes(fault.kind));
}

async function answerOf(
  vendor: Vendor,
  route: Route | undefined,
  exchange: Exchange,
  tooLarge: boolean,
): Promise<Answer> {
  if (tooLarge) return vendor.refuseBody(exchange);
  const { fault } = exchange;
  const instead = fault !== undefined && INSTEAD.has(fault.kind);
  const own = instead && !isBilled(fault) ? NOTHING : await (route?.handle ?? vendor.notFound)(exchange);
  return fault?.kind === "status" ? statusAnswer(vendor, exchange, fault) : own;
}

function statusAnswer(vendor: Vendor, exchange: Exchange, fault: Fault): Answer {
  const status = param(fault, "status", 503);
  const answer = vendor.statusFault(status, exchange);
  const { body, retryAfter } = fault.params;
  return {
    status,
    headers: {
      ...answer.headers,
      ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
    },
    content:
      body === undefined
        ? answer.content
        : typeof body === "string"
          ? { kind: "bytes", type: "text/plain", bytes: Buffer.from(body) }
          : { kind: "json", value: body },
  };
}

function matches(path: string | RegExp, actual: string): boolean {
  return typeof path === "string" ? path === actual : path.test(actual);
}
