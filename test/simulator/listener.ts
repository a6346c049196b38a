import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on the loopback address that can stop listening for a while and come back on the same port. */
export type Listener = {
  origin: string;
  /** Connections are refused from here on, for `ms` real milliseconds or until `accept`. */
  refuse(ms?: number): Promise<void>;
  accept(): Promise<void>;
  /** Hangs up on every request that is still unanswered. */
  hangUp(): void;
  close(): Promise<void>;
};

export type Handler = (
  request: IncomingMessage,
  way: { response: ServerResponse; signal: AbortSignal },
) => Promise<void>;

const HOST = "127.0.0.1";

/** Listens on `port` (0: any). The promise rejects when the port is taken. */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const hungUp = new AbortController();
    open.add(response);
    response.on("close", () => {
      open.delete(response);
      if (!response.writableFinished) hungUp.abort();
    });
    handler(request, { response, signal: hungUp.signal }).catch((error: unknown) => {
      if (!hungUp.signal.aborted) console.error(error);
      response.destroy();
    });
  });
  // A client's pooled connection must not be closed under it between two tests.
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  server.headersTimeout = 0;

  const start = (at: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, HOST, () => {
        server.off("error", reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const bound = await start(port);
  let timer: NodeJS.Timeout | undefined;
  const accept = async () => {
    clearTimeout(timer);
    if (!server.listening) await start(bound);
  };
  return {
    origin: `http://${HOST}:${bound}`,
    refuse: async (ms) => {
      clearTimeout(timer);
      await stop();
      if (ms !== undefined) timer = setTimeout(() => void accept(), ms);
    },
    accept,
    hangUp: () => {
      for (const response of open) response.destroy();
    },
    close: async () => {
      clearTimeout(timer);
      await stop();
    },
  };
}
