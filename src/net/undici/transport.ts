import { Readable } from "node:stream";
import { guardedLookup } from "../addresses.ts";
import { tlsOptions } from "../certificates.ts";
import { netError } from "../faults.ts";
import { planProxy } from "../proxy.ts";
import {
  type Answer,
  type ConnectWitness,
  type Exchange,
  plainHeaders,
  type Route,
  type Transport,
} from "../transport.ts";
import type { NetSettings } from "../types.ts";
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool, request } from "./load.ts";

/** How long a connection may take to be opened, TLS included: the network's own time, not the injected clock's. */
const connectTimeoutMs = 20_000;
/** Idle connections are dropped before common servers (5 s and more) drop them. */
const keepAliveMs = 4_000;

/** The transport over undici's own connections; settings and environment say through which proxy. */
export function createUndiciTransport(settings: NetSettings, onConnect?: ConnectWitness): Transport {
  const agents = new Map<Route, Dispatcher>();
  const tls = tlsOptions(settings);
  const agentFor = (route: Route): Dispatcher => {
    const agent = agents.get(route) ?? createAgent(route, settings, tls, onConnect);
    agents.set(route, agent);
    return agent;
  };
  return {
    exchange: (exchange) => exchangeOver(agentFor(exchange.route), exchange),
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function createAgent(
  route: Route,
  settings: NetSettings,
  tls: ReturnType<typeof tlsOptions>,
  onConnect: ConnectWitness | undefined,
): Dispatcher {
  const plan = planProxy(settings);
  const isLink = route === "link" || route === "localLink";
  const witnessed = (options: buildConnector.BuildOptions): buildConnector.connector => {
    const connect = buildConnector(options);
    return (target, callback) => {
      const defaultPort = target.protocol === "https:" ? 443 : 80;
      onConnect?.(target.hostname, Number(target.port) || defaultPort);
      return connect(target, callback);
    };
  };
  const base = { ...tls, timeout: connectTimeoutMs, allowH2: false };
  return new EnvHttpProxyAgent({
    httpProxy: plan.http,
    httpsProxy: plan.https,
    noProxy: plan.noProxy,
    ...(plan.authorization ? { token: plan.authorization } : {}),
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    pipelining: route === "spend" ? 0 : 1,
    connect: witnessed(isLink ? { ...base, lookup: guardedLookup(route === "localLink") } : base),
    requestTls: base,
    // The tunnel's own connection, to the proxy: undici hands its connector in, which no witness has seen.
    clientFactory: (origin: URL) => new Pool(origin, { connect: witnessed(base) }),
  });
}

async function exchangeOver(agent: Dispatcher, exchange: Exchange): Promise<Answer> {
  const state = { started: false };
  const { signal } = exchange;
  // Undici answers an abort only once the connection stands; the caller does not wait for that.
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    const call = request(exchange.url, {
      dispatcher: agent.compose(noteStart(state)),
      method: exchange.method,
      headers: exchange.headers,
      body: bodyOf(exchange),
      signal,
    });
    call.catch(() => undefined);
    const { statusCode, headers, body } = await Promise.race([call, aborted]);
    return { status: statusCode, headers: plainHeaders(headers), body: faultsNamed(body, signal) };
  } catch (error) {
    throw netError(error, state.started, signal);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function bodyOf({ body }: Exchange): string | Uint8Array | Readable | null {
  if (body === undefined) return null;
  return typeof body === "string" || body instanceof Uint8Array ? body : Readable.from(body);
}

/** Undici calls `onRequestStart` just before the first byte goes to a connection that stands, TLS and tunnel included. */
function noteStart(state: { started: boolean }): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) state.started = true;
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}

async function* faultsNamed(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw netError(error, true, signal);
  }
}
