import assert from "node:assert/strict";
import { type Body, useClient } from "./control.ts";
import { frames, gatewayClient, taskId } from "./simulator-gateway-client.ts";

const TASK_MS = 50_000;
const IMAGE = {
  model: "qwen-image-2.0",
  input: { messages: [{ role: "user", content: [{ text: "a boat" }] }] },
  parameters: { size: "512*512" },
};
const SYNC = "aigc/multimodal-generation/generation";
const VIDEO = { model: "wan2.6-t2v", input: { prompt: "a boat" } };

describe("gateway simulator: faults", function () {
  this.timeout(60_000);
  const { ready, client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: TASK_MS });

  /** Breaks off after a while: for answers that never come or never end. */
  const fetched = (path: string, body: Body, ms = 300) =>
    fetch(ready.gateway.nativeUrl + path, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${ready.gateway.apiKey}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ms),
    });
  const NATIVE = `/api/v1/services/${SYNC}`;
  const CHAT = { model: "qwen-plus", stream: true, messages: [{ role: "user", content: "a boat" }] };

  it("says a status in the dialect of the surface, or the one told, uncharged", async () => {
    const said = async (params: Body, isNative = false) => {
      await gateway.fault("status", { params });
      const { status, text, headers } = await (isNative ? gateway.service(SYNC, IMAGE) : gateway.chat("x"));
      const body = text.startsWith("{") ? (JSON.parse(text) as Body) : text;
      const code = typeof body === "string" ? body : (body.code ?? (body.error as Body).code);
      return [status, code, headers["retry-after"]].filter((each) => each !== undefined);
    };
    assert.deepEqual(await said({ status: 429 }), [429, "limit_requests"]);
    assert.deepEqual(await said({ status: 429 }, true), [429, "Throttling.RateQuota"]);
    assert.deepEqual(await said({ status: 429, dialect: "gateway" }), [429, "Too many requests"]);
    assert.deepEqual(await said({ status: 429, dialect: "native" }), [429, "Throttling.RateQuota"]);
    assert.deepEqual(await said({ status: 429, code: "PrepaidBillOverdue", dialect: "compat" }, true), [
      429,
      "PrepaidBillOverdue",
    ]);
    assert.deepEqual(await said({ status: 403, dialect: "gateway", code: "quota-consumer" }), [
      403,
      "Request denied by ai quota check. Unauthorized consumer.",
    ]);
    assert.deepEqual(await said({ status: 503, dialect: "gateway" }), [503, "no healthy upstream"]);
    assert.deepEqual(await said({ status: 504, dialect: "gateway" }), [504, "upstream request timeout"]);
    assert.deepEqual(await said({ status: 401, dialect: "gateway" }), [401, ""]);
    assert.deepEqual(await said({ status: 500, retryAfter: 3 }), [500, "internal_error", "3"]);
    assert.deepEqual(await gateway.charges(), []);
  });

  it("changes what is said: half, another shape, nothing, no links, odd words", async () => {
    const draw = async (kind: string, params: Body = {}) => {
      await gateway.fault(kind, { params });
      return (await gateway.service(SYNC, IMAGE)).text;
    };
    const half = await draw("malformed");
    assert.throws(() => JSON.parse(half));
    assert.deepEqual(JSON.parse(await draw("wrongShape", { body: { a: 1 } })), { a: 1 });
    assert.equal(await draw("empty"), "");
    assert.ok(!(await draw("noLink")).includes("http"));
    assert.match(await draw("html"), /^<!doctype html>/);
    assert.equal((await gateway.charges()).length, 4);
    await gateway.fault("unknownStatus");
    const id = taskId(await gateway.video(VIDEO));
    await gateway.advance(TASK_MS / 2);
    assert.equal((await gateway.query(id)).output.task_status, "reviewing");
    await gateway.advance(TASK_MS);
    assert.equal((await gateway.query(id)).output.task_status, "SUCCEEDED");
  });

  it("changes a stream of words in every event", async () => {
    await gateway.fault("malformed");
    const broken = await gateway.chat("a boat", { stream: true });
    assert.throws(() => frames(broken.text));
    await gateway.fault("empty");
    assert.equal((await gateway.chat("a boat", { stream: true })).text, "");
  });

  it("breaks connections off, before and within the answer, and never answers", async () => {
    for (const [kind, params] of [
      ["refuse", {}],
      ["reset", {}],
    ] as const) {
      await gateway.fault(kind, { params });
      await assert.rejects(gateway.chat("x"), kind);
    }
    assert.deepEqual(await gateway.charges(), []);
    await gateway.fault("resetBody", { params: { events: 2 } });
    const stream = await fetched("/v1/chat/completions", CHAT, 60_000);
    let seen = "";
    await assert.rejects(async () => {
      for await (const part of stream.body ?? []) seen += Buffer.from(part).toString();
    });
    assert.equal(frames(seen).length, 2);
    await gateway.fault("hang");
    await assert.rejects(fetched(NATIVE, IMAGE));
    await gateway.fault("slow", { params: { ms: 20 } });
    assert.equal((await gateway.chat("x")).status, 200);
    assert.deepEqual(
      (await gateway.charges()).map(({ operation }) => operation),
      ["chat", "image-generation", "chat"],
    );
  });

  it("is announced larger than it is, is another file, or never ends, on results and on the api", async () => {
    const link = async () => {
      const { body } = await gateway.service(SYNC, IMAGE);
      const [choice] = (body.output as { choices: { message: { content: Body[] } }[] }).choices;
      return String(choice?.message.content[0]?.image);
    };
    const url = await link();
    await gateway.fault("linkDead");
    assert.equal((await fetch(url)).status, 403);
    await gateway.fault("wrongType");
    const stranger = await fetch(url);
    assert.deepEqual(
      [stranger.headers.get("content-type"), (await stranger.text()).slice(0, 9)],
      ["image/png", "<!doctype"],
    );
    await gateway.fault("truncate");
    await assert.rejects(async () => (await fetch(url)).arrayBuffer());
    await gateway.fault("oversize", { params: { bytes: 3_000_000 } });
    assert.equal((await (await fetch(url)).arrayBuffer()).byteLength, 3_000_000);
    for (const [params, path, body] of [
      [{ on: "api" }, "/v1/audio/speech", { model: "qwen3-tts-flash", input: "x", voice: "alloy" }],
      [{ on: "api" }, "/v1/chat/completions", CHAT],
    ] as const) {
      await gateway.fault("neverEnds", { params });
      const endless = await fetched(path, body, 60_000);
      const reader = endless.body?.getReader();
      let bytes = 0;
      for (
        let next = await reader?.read();
        next?.value !== undefined && bytes < 200_000;
        next = await reader?.read()
      )
        bytes += next.value.length;
      assert.ok(bytes >= 200_000, path);
      await reader?.cancel();
    }
  });

  it("moves the gateway's clock for one call", async () => {
    await gateway.fault("skew", { params: { ms: 86_400_000 } });
    const { headers, body } = await gateway.chat("x");
    assert.ok(Date.parse(String(headers.date)) - Date.now() > 80_000_000);
    assert.ok(Number(body.created) * 1000 - Date.now() > 80_000_000);
  });

  it("refuses bodies above 100 MiB in the gateway's words", async () => {
    const big = await gateway.call({ path: "/v1/chat/completions", body: Buffer.alloc(100 * 2 ** 20 + 1) });
    assert.deepEqual([big.status, big.text], [413, "request payload too large"]);
  });
});
