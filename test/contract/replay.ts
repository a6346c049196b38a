import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, testContext } from "./context.ts";

/** A request as it arrived. `body` is parsed JSON where it is JSON. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

/** What the server says next: a whole answer, or a hand on the connection. */
export type Reply =
  | { status: number; headers?: Record<string, string>; body: unknown }
  | ((response: ServerResponse) => void);

/** A real HTTP server that gives the answers it was handed, in order, and keeps what it was asked. */
export interface ReplayServer {
  baseUrl: string;
  received: Received[];
  replies: Reply[];
  close(): Promise<void>;
}

/** Starts a server on a port of its own. `path` is put behind its address as the vendor's base URL. */
export async function startReplay(path: string): Promise<ReplayServer> {
  const received: Received[] = [];
  const replies: Reply[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: parsed(Buffer.concat(chunks).toString("utf8")),
    });
    const reply = replies.shift();
    if (typeof reply === "function") return reply(response);
    const { status = 599, headers = {}, body = "" } = reply ?? {};
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${path}`,
    received,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A server and a vendor's context for the tests of one describe, emptied before each. Both are there once the tests run. */
export function useReplay(
  path: string,
  credentials: Record<string, string> = {},
): { server: ReplayServer; context: TestContext } {
  const server = {} as ReplayServer;
  const context = {} as TestContext;
  before(async () => {
    Object.assign(server, await startReplay(path));
    Object.assign(context, testContext(server.baseUrl, credentials));
  });
  beforeEach(() => {
    server.received.length = 0;
    server.replies.length = 0;
  });
  after(async () => {
    await context.net.close();
    await server.close();
  });
  return { server, context };
}
