// Default imports, and functions looked up at each call: the editor patches these modules' properties.
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TLSSocket } from "node:tls";
import { guardedLookup } from "./addresses.ts";
import { netError } from "./faults.ts";
import {
  type Answer,
  type ConnectWitness,
  type Exchange,
  plainHeaders,
  type Transport,
} from "./transport.ts";
import type { NetSettings } from "./types.ts";

/** The transport over `node:https`: proxies, PAC files, company sign-on and certificates are the editor's doing. */
export function createEditorTransport(settings: NetSettings, onConnect?: ConnectWitness): Transport {
  const closing = new AbortController();
  return {
    exchange: (exchange) => send(exchange, settings, closing.signal, onConnect),
    async close() {
      closing.abort();
    },
  };
}

async function send(
  exchange: Exchange,
  settings: NetSettings,
  closing: AbortSignal,
  onConnect: ConnectWitness | undefined,
): Promise<Answer> {
  const { url, route, body } = exchange;
  const state = { started: false };
  const signal = AbortSignal.any([exchange.signal, closing]);
  try {
    signal.throwIfAborted();
    onConnect?.(url.hostname, Number(url.port) || (url.protocol === "https:" ? 443 : 80));
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === "https:" ? https : http).request(url, {
        method: exchange.method,
        // A connection of its own for each billable call, as `Route` says.
        headers: route === "spend" ? { ...exchange.headers, connection: "close" } : { ...exchange.headers },
        rejectUnauthorized: settings.strictSsl !== false,
        ...(route === "link" || route === "localLink"
          ? { lookup: guardedLookup(route === "localLink") }
          : {}),
        signal,
      });
      request.on("socket", (socket) => {
        const note = () => {
          state.started = true;
        };
        // Only a plain socket that is certainly still connecting or shaking hands counts as not started.
        const isShaking = socket instanceof TLSSocket && socket.getFinished() === undefined;
        if (isShaking) socket.once("secureConnect", note);
        else if (socket.connecting) socket.once("connect", note);
        else note();
      });
      request.once("response", resolve);
      request.once("error", reject);
      if (body === undefined || typeof body === "string" || body instanceof Uint8Array) request.end(body);
      else pipeline(Readable.from(body), request).catch(reject);
    });
    return {
      status: answer.statusCode ?? 0,
      headers: plainHeaders(answer.headers),
      body: read(answer, signal),
    };
  } catch (error) {
    throw netError(error, state.started, signal);
  }
}

async function* read(answer: http.IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* answer;
  } catch (error) {
    throw netError(error, true, signal);
  }
}
