import assert from "node:assert/strict";
import { once } from "node:events";
import { createNet, type NetOptions } from "../../../src/net/net.ts";
import type { Net, NetSettings } from "../../../src/net/types.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { testCertificates } from "./support/certificates.ts";
import { fails } from "./support/faults.ts";
import { serve, serveSocket, type TestServer } from "./support/servers.ts";

const scope = { vendor: "seedream", keyId: "k1" };

for (const client of ["undici", "editor"] as const) {
  describe(`calls through ${client}`, () => {
    let net: Net;
    let server: TestServer | undefined;
    let clock: FakeClock;
    const open = (options: Partial<NetOptions> & { settings?: NetSettings } = {}) => {
      clock = new FakeClock();
      clock.skipBelowMs = 20_000;
      net = createNet({ settings: { client }, clock, allowInsecure: () => true, ...options });
      return net;
    };
    const free = () => net.free(scope);
    const billable = () => net.billable(scope);

    afterEach(async () => {
      await net.close();
      await server?.close();
      server = undefined;
    });

    it("sends queries, headers and JSON as UTF-8, and reads the answer", async () => {
      server = await serve(async (request, response) => {
        const body = (await request.toArray()).join("");
        response.setHeader("X-Request-Id", "r1");
        response.end(JSON.stringify([request.method, request.url, request.headers["x-key"], body]));
      });
      open();
      const got = await free().get({
        url: `${server.url}/a?b=1`,
        query: { id: ["x", "y"], n: 2 },
        headers: { "X-Key": "v" },
      });
      assert.equal(got.headers["x-request-id"], "r1");
      assert.deepEqual(JSON.parse(await got.text()), ["GET", "/a?b=1&id=x&id=y&n=2", "v", ""]);
      const sent = await billable().send({ url: `${server.url}/p`, json: { prompt: "一只猫" } });
      assert.deepEqual(JSON.parse(await sent.text()), ["POST", "/p", null, '{"prompt":"一只猫"}']);
    });

    it("streams a body it is given piece by piece", async () => {
      server = await serve(async (request, response) => {
        response.end(
          String((await request.toArray()).reduce((sum: number, part: Buffer) => sum + part.length, 0)),
        );
      });
      open();
      async function* pieces() {
        for (let i = 0; i < 10; i++) yield new Uint8Array(50_000);
      }
      const sent = await billable().send({ url: server.url, method: "PUT", bytes: pieces() });
      assert.equal(await sent.text(), "500000");
    });

    it("says `no` of a call that never left", async () => {
      open({
        settings: { client, ca: [testCertificates().ca] },
        allowInsecure: (origin) => origin.includes("127"),
      });
      const send = (url: string, signal?: AbortSignal) =>
        billable().send({ url, json: {}, ...(signal ? { signal } : {}) });
      await fails(send("http://127.0.0.1:1/"), "refused", "no");
      await fails(send("https://no-such-host.invalid/"), "dns", "no");
      await fails(send("http://example.com/"), "insecure", "no");
      await fails(send("http://localhost:1/"), "insecure", "no");
      await fails(send("https://user:password@127.0.0.1:1/"), "insecure", "no");
      await fails(send("nonsense"), "insecure", "no");
      await fails(send("http://127.0.0.1:1/", AbortSignal.abort()), "aborted", "no");
    });

    it("says `no` when the handshake fails, and does not send what it was to send", async () => {
      server = await serve((_request, response) => response.end(), testCertificates());
      open({ settings: { client, systemCertificates: false } });
      await fails(billable().send({ url: server.url, json: { key: "secret" } }), "tls", "no");
      assert.deepEqual(server.seen, []);
    });

    it("says `no` when the server hangs up during the handshake", async () => {
      server = await serveSocket((socket) => socket.once("data", () => socket.destroy()));
      open();
      await fails(billable().send({ url: `https://127.0.0.1:${server.port}/`, json: {} }), "reset", "no");
    });

    it("says `no` when aborted while it connects, and sends nothing after that", async () => {
      const stop = new AbortController();
      server = await serveSocket((socket) => {
        socket.once("data", () => stop.abort());
      });
      open();
      const url = `https://127.0.0.1:${server.port}/`;
      await fails(billable().send({ url, json: {}, signal: stop.signal }), "aborted", "no");
    });

    it("sends a billable call once, whatever comes of it", async () => {
      let times = 0;
      server = await serve((request, response) => {
        times++;
        if (request.url === "/reset") request.socket.destroy();
        else if (request.url === "/503") response.writeHead(503, { "retry-after": "1" }).end("busy");
        else if (request.url === "/half") {
          response.writeHead(200, { "content-length": "100" });
          response.write("half", () => request.socket.destroy());
        } else response.writeHead(302, { location: "/elsewhere" }).end();
      });
      open();
      const { url } = server;
      await fails(billable().send({ url: `${url}/reset`, json: {} }), "reset", "unknown");
      assert.equal(times, 1);
      assert.equal((await billable().send({ url: `${url}/503`, json: {} })).status, 503);
      assert.equal(times, 2);
      const half = await billable().send({ url: `${url}/half`, json: {} });
      const error = await half.text().catch((reason) => reason);
      assert(["truncated", "reset"].includes(error.fault));
      assert.equal(error.sent, "unknown");
      assert.equal(times, 3);
      assert.equal((await billable().send({ url: `${url}/moved`, json: {} })).status, 302);
      assert.equal(times, 4);
    });

    it("opens a new connection for each billable call, and keeps the others'", async () => {
      const ports = new Set<number | undefined>();
      server = await serve((request, response) => {
        ports.add(request.socket.remotePort);
        response.end();
      });
      open();
      for (let i = 0; i < 3; i++) await (await billable().send({ url: server.url, json: {} })).discard();
      assert.equal(ports.size, 3);
      ports.clear();
      for (let i = 0; i < 10; i++) await (await free().get({ url: server.url })).discard();
      assert(ports.size <= 2, `${ports.size} connections`);
    });

    it("gives up at the deadline of the injected clock, not before", async () => {
      server = await serve(() => undefined);
      open();
      const call = billable().send({ url: server.url, json: {}, deadlineMs: 15 * 60_000 });
      const failed = fails(call, "timeout", "unknown");
      await clock.asleep();
      while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(15 * 60_000 - 1);
      await clock.asleep();
      await clock.advance(1);
      await failed;
      assert.equal(server.seen.length, 1);
    });

    it("stops reading when aborted in mid-body", async () => {
      server = await serve((_request, response) => {
        response.write("first");
      });
      open();
      const stop = new AbortController();
      const response = await billable().send({ url: server.url, json: {}, signal: stop.signal });
      const closed = once(stop.signal, "abort");
      setImmediate(() => stop.abort());
      await closed;
      await fails(response.text(), "aborted", "unknown");
    });

    it("reads no more text than allowed", async () => {
      server = await serve((_request, response) => response.end("x".repeat(2000)));
      open();
      await fails((await free().get({ url: server.url })).text(1999), "tooLarge");
      assert.equal((await (await free().get({ url: server.url })).text(2000)).length, 2000);
    });

    it("tells of every connection before it is opened", async () => {
      const seen: string[] = [];
      server = await serve((_request, response) => response.end());
      open({ onConnect: (host, port) => seen.push(`${host}:${port}`) });
      await (await free().get({ url: server.url })).discard();
      await fails(billable().send({ url: "https://127.0.0.1:1/", json: {} }), "refused");
      assert.deepEqual(seen, [`127.0.0.1:${server.port}`, "127.0.0.1:1"]);
    });

    it("calls garbage for an answer malformed", async () => {
      server = await serveSocket((socket) =>
        socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.6\r\n")),
      );
      open();
      await fails(billable().send({ url: server.url, json: {} }), "malformed", "unknown");
    });
  });
}
