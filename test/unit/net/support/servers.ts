import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { TestCertificates } from "./certificates.ts";

export interface TestServer {
  port: number;
  url: string;
  /** Requests that came, `METHOD path`. */
  seen: string[];
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1; over TLS when certificates are given. */
export async function serve(listener: RequestListener, tls?: TestCertificates): Promise<TestServer> {
  const seen: string[] = [];
  const noted: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    listener(request, response);
  };
  const server = tls ? https.createServer({ key: tls.key, cert: tls.cert }, noted) : http.createServer(noted);
  const port = await listen(server);
  return {
    port,
    url: `${tls ? "https" : "http"}://${tls ? "localhost" : "127.0.0.1"}:${port}`,
    seen,
    close: () => stop(server),
  };
}

/** A bare TCP server, for what is not HTTP. */
export async function serveSocket(onConnection: (socket: net.Socket) => void): Promise<TestServer> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    seen: [],
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A forwarding and tunnelling proxy; with `auth` (`user:password`) it answers 407 to everyone else. */
export async function serveProxy(
  options: { auth?: string; map?: Record<string, number> } = {},
): Promise<TestServer> {
  const wanted = options.auth ? `Basic ${Buffer.from(options.auth).toString("base64")}` : undefined;
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (wanted && request.headers["proxy-authorization"] !== wanted) {
      response.writeHead(407).end();
      return;
    }
    const { "proxy-authorization": _own, ...headers } = request.headers;
    const onward = http.request(request.url ?? "", { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  const tunnels = new Set<Duplex>();
  server.on("connect", (request, client: Duplex) => {
    seen.push(`CONNECT ${request.url}`);
    tunnels.add(client);
    client.on("error", () => undefined);
    if (wanted && request.headers["proxy-authorization"] !== wanted) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const onward = net.connect(options.map?.[host] ?? Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(onward).pipe(client);
    });
    tunnels.add(onward);
    onward.on("error", () => client.destroy());
  });
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await stop(server);
    },
  };
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function stop(server: http.Server | https.Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
