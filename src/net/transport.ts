import type { NetSettings } from "./types.ts";

/**
 * Groups of connections that never mix. `api`: kept alive. `spend`: a new connection for each call, so that a connection
 * the vendor has let go in the meantime cannot leave a billable call in doubt. `link`: only to public addresses.
 * `localLink`: to private ones too.
 */
export type Route = "api" | "spend" | "link" | "localLink";

/** One HTTP exchange: one attempt, no redirect followed. Header names in lower case. */
export interface Exchange {
  route: Route;
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

/** An answer whose headers have arrived. Iterating `body` fails with `NetError`; leaving it early ends the connection. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
}

/** Carries exchanges; fails with `NetError` only. */
export interface Transport {
  exchange(exchange: Exchange): Promise<Answer>;
  close(): Promise<void>;
}

/** Told of every connection before it is opened: the host and port as asked for, or the proxy's. */
export type ConnectWitness = (host: string, port: number) => void;

/** A transport that loads its code on first use. */
export function createTransport(settings: NetSettings, onConnect?: ConnectWitness): Transport {
  let loaded: Promise<Transport> | undefined;
  const load = async (): Promise<Transport> => {
    if (settings.client === "editor") {
      const { createEditorTransport } = await import("./editorTransport.ts");
      return createEditorTransport(settings, onConnect);
    }
    const { createUndiciTransport } = await import("./undici/transport.ts");
    return createUndiciTransport(settings, onConnect);
  };
  return {
    async exchange(exchange) {
      loaded ??= load();
      return (await loaded).exchange(exchange);
    },
    async close() {
      await loaded?.then(
        (transport) => transport.close(),
        () => undefined,
      );
    },
  };
}

/** Headers of `node:http` or undici as plain strings: repeated ones joined, except that only the first length or type counts. */
export function plainHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = typeof value === "string" ? value : value.join(", ");
  }
  return plain;
}
