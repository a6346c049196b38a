import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { retryRules } from "../../../src/net/limits.ts";
import { createNet } from "../../../src/net/net.ts";
import { retryAfterMs } from "../../../src/net/retry.ts";
import type { Net } from "../../../src/net/types.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { fails } from "./support/faults.ts";
import { serve, type TestServer } from "./support/servers.ts";

describe("retries of free calls", () => {
  let net: Net;
  let server: TestServer | undefined;
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
    clock.skipBelowMs = 20_000;
    net = createNet({
      settings: { client: "undici" },
      clock,
      allowInsecure: () => true,
      random: () => 0,
    });
  });
  afterEach(async () => {
    await net.close();
    await server?.close();
    server = undefined;
  });
  const get = (path = "/", keyId = "k1", deadlineMs?: number) =>
    net.free({ vendor: "kling", keyId }).get({
      url: `${server?.url}${path}`,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
  /** Waits between tries: neither deadlines nor silence. */
  const waits = () => clock.sleeps.filter((ms) => ms < retryRules.attemptMs);

  it("tries again after what may pass, with growing waits", async () => {
    const answers = [500, 503, 429, 200];
    server = await serve((_request, response) => response.writeHead(answers.shift() ?? 418).end());
    assert.equal((await get()).status, 200);
    assert.deepEqual(waits(), [250, 500, 1000]);
  });

  it("hands over what will not pass, and the last of what did not", async () => {
    server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end());
    for (const status of [400, 401, 403, 404, 409, 302, 501])
      assert.equal((await get(`/${status}`)).status, status);
    assert.equal(server.seen.length, 7);
    assert.equal((await get("/502")).status, 502);
    assert.equal(server.seen.length, 7 + retryRules.attempts);
  });

  it("asks again with the same question where the vendor wants it as a POST", async () => {
    const answers = [503, 200];
    const bodies: string[] = [];
    server = await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      bodies.push(`${request.method} ${body}`);
      response.writeHead(answers.shift() ?? 418).end();
    });
    const { status } = await net
      .free({ vendor: "kling", keyId: "k1" })
      .ask({ url: server.url, bytes: Buffer.from("how far?") });
    assert.equal(status, 200);
    assert.deepEqual(bodies, ["POST how far?", "POST how far?"]);
  });

  it("never takes anything back twice", async () => {
    server = await serve((_request, response) => response.writeHead(503).end());
    const free = net.free({ vendor: "kling", keyId: "k1" });
    assert.equal((await free.withdraw({ url: server.url })).status, 503);
    assert.deepEqual(server.seen, ["DELETE /"]);
    await server.close();
    await assert.rejects(free.withdraw({ url: server.url }), { name: "NetError", sent: "no" });
    assert.deepEqual(waits(), []);
  });

  it("tries again after a reset, in mid-answer too", async () => {
    let times = 0;
    server = await serve((request, response) => {
      times++;
      if (times === 1) request.socket.destroy();
      else if (times === 2) {
        response.writeHead(200, { "content-length": "4" });
        response.write("ha", () => request.socket.destroy());
      } else response.end("full");
    });
    assert.equal(await (await get()).text(), "full");
    assert.equal(times, 3);
  });

  it("takes a hang for a fault", async () => {
    let times = 0;
    server = await serve((_request, response) => {
      if (++times > 1) response.end("ok");
    });
    const call = get();
    await clock.asleep();
    while (times === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(retryRules.attemptMs);
    assert.equal(await (await call).text(), "ok");
  });

  it("takes silence in mid-answer for a fault", async () => {
    let times = 0;
    server = await serve((_request, response) => {
      if (++times > 1) response.end("full");
      else response.write("ha");
    });
    const text = (await get()).text();
    await clock.asleep();
    await clock.advance(retryRules.idleMs);
    assert.equal(await text, "full");
  });

  it("obeys Retry-After, and clamps it", async () => {
    const asked = ["3", new Date(clock.now() + 13_000).toUTCString(), "86400"];
    server = await serve((_request, response) => {
      const after = asked.shift();
      if (after) response.writeHead(429, { "retry-after": after }).end();
      else response.end();
    });
    clock.skipBelowMs = retryRules.maxRetryAfterMs + 1;
    // Deadlines of attempts would pass at once with the waits: one try's own clock is not what is tested.
    const sleeps: number[] = [];
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      if (ms === retryRules.attemptMs || ms === retryRules.idleMs) return new Promise(() => undefined);
      sleeps.push(ms);
      return sleep(ms, signal);
    };
    assert.equal((await get()).status, 200);
    assert.deepEqual(sleeps, [3000, 10_000, retryRules.maxRetryAfterMs]);
  });

  it("reads Retry-After in its two forms only", () => {
    const now = Date.UTC(2026, 0, 1);
    assert.equal(retryAfterMs("120", now), 120_000);
    assert.equal(retryAfterMs("Thu, 01 Jan 2026 00:00:30 GMT", now), 30_000);
    assert.equal(retryAfterMs("Thu, 01 Jan 2020 00:00:30 GMT", now), 0);
    for (const other of [undefined, "", "-5", "soon", "1e9", "2026-01-01"])
      assert.equal(retryAfterMs(other, now), undefined);
  });

  it("does not wait beyond the deadline", async () => {
    server = await serve((_request, response) => response.writeHead(503, { "retry-after": "30" }).end());
    assert.equal((await get("/", "k1", 25_000)).status, 503);
    assert.equal(server.seen.length, 1);
  });

  it("shares one budget between the calls of a key, and gives it back with time", async () => {
    server = await serve((_request, response) => response.writeHead(500).end());
    // Waits take no time at all, so that nothing comes back meanwhile.
    clock.sleep = (ms) => (ms < 20_000 ? Promise.resolve() : new Promise(() => undefined));
    const calls = 30;
    for (let i = 0; i < calls; i++) await get();
    assert.equal(server.seen.length, calls + retryRules.budget);
    await get("/", "k2");
    assert.equal(server.seen.length, calls + retryRules.budget + retryRules.attempts);
    await clock.advance(retryRules.budgetRefillMs);
    await get();
    assert.equal(server.seen.length, calls + retryRules.budget + retryRules.attempts + 2);
  });

  it("opens no more calls at once, and no more a second, than the vendor's limits", async () => {
    let inside = 0;
    let most = 0;
    server = await serve((_request, response) => {
      most = Math.max(most, ++inside);
      setTimeout(() => {
        inside--;
        response.end();
      }, 5);
    });
    const begin = clock.now();
    await Promise.all(Array.from({ length: 60 }, async () => (await get()).discard()));
    assert(most <= 8, `${most} at once`);
    const seconds = (clock.now() - begin) / 1000;
    assert(seconds >= (60 - 15) / 15, `60 calls in ${seconds} s`);
  });

  it("stops waiting when aborted", async () => {
    server = await serve((_request, response) => response.writeHead(503).end());
    clock.skipBelowMs = 0;
    const stop = new AbortController();
    const call = net.free({ vendor: "kling", keyId: "k1" }).get({ url: server.url, signal: stop.signal });
    while (!clock.sleeps.includes(250)) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await fails(call, "aborted");
  });

  it("undoes an encoding nobody asked for", async () => {
    server = await serve((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync('{"ok":true}'));
    });
    assert.equal(await (await get()).text(), '{"ok":true}');
  });
});
