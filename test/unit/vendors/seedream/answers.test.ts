import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { eventsOf, testContext, testNow } from "../../../contract/context.ts";
import type { Ask } from "../../../contract/manifest.ts";
import { type Reply, useReplay } from "../../../contract/replay.ts";
import { requestOf, sampleBytes } from "../../../contract/samples.ts";

const group: Ask = { model: "seedream-4-5", operation: "text-to-image", options: { count: 3 } };
const single: Ask = { model: "seedream-4-5", operation: "text-to-image" };
const stream = { "content-type": "text/event-stream" };
const json = { "content-type": "application/json", "x-request-id": "r1" };

const picture = (index: number, more: object = {}) => ({
  type: "image_generation.partial_succeeded",
  image_index: index,
  url: `https://example.com/${index}.png`,
  size: "2048x2048",
  ...more,
});
const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`;

describe("Seedream answers", () => {
  const { server, context } = useReplay("/api/v3", { apiKey: "key" });

  async function told(reply: Reply, ask: Ask = group, from = context) {
    server.replies.length = 0;
    server.replies.push(reply);
    const events = await eventsOf(seedream.start(requestOf(ask, "x"), from));
    const error = events.find(({ type }) => type === "thrown" || type === "failed")?.error as
      | Record<string, unknown>
      | undefined;
    const usage = events.find(({ type }) => type === "usage")?.usage as Record<string, unknown> | undefined;
    return { events, types: events.map(({ type }) => type).join(" "), error, usage };
  }

  const sse = (...parts: string[]): Reply => ({ status: 200, headers: stream, body: parts.join("") });

  it("a picture is told before the next one is there", async () => {
    let hand: ServerResponse | undefined;
    server.replies.push((response) => {
      hand = response;
      response.writeHead(200, stream);
      response.write(event(picture(0)));
    });
    const events = seedream.start(requestOf(group, "x"), context)[Symbol.asyncIterator]();
    const first = await events.next();
    assert.equal(first.value?.type, "output");
    hand?.end(event(picture(1)));
    assert.equal((await events.next()).value?.index, 1);
  });

  it("one event may take several lines, and the end may come without its closing event", async () => {
    const lines = JSON.stringify(picture(0), null, 2)
      .split("\n")
      .map((line) => `data: ${line}`)
      .join("\n");
    assert.equal((await told(sse(lines, "\n\n"))).types, "output usage done");
    assert.equal((await told(sse(event(picture(0)).trimEnd()))).types, "output usage done");
  });

  it("unknown events and comments are left aside, whatever the stream is called", async () => {
    const odd = [
      ": hello\n\n",
      event({ type: "image_generation.partial_image", b64_json: "AAAA" }),
      "data: {oops\n\n",
    ];
    const { types } = await told(sse(...odd, event(picture(0)), "data: [DONE]\n\n"));
    assert.equal(types, "output usage done");
    const unlabelled: Reply = { status: 200, body: event(picture(0)) };
    assert.equal((await told(unlabelled)).types, "output usage done");
  });

  it("pictures inside the stream are decoded", async () => {
    const bytes = sampleBytes("png");
    const inline = { ...picture(0), url: undefined, b64_json: bytes.toString("base64") };
    const { events } = await told(sse(event(inline)));
    assert.deepEqual(events[0]?.source, { kind: "stream", bytes: bytes.toString("hex") });
  });

  it("after a failure of the service no more pictures are waited for; after a refused picture they are", async () => {
    const failed = (code: string) =>
      event({ type: "image_generation.partial_failed", image_index: 1, error: { code, message: "m" } });
    const rest = event(picture(2));
    const stopped = await told(sse(event(picture(0)), failed("InternalServiceError"), rest));
    assert.equal(stopped.types, "output failed usage done");
    const gone = await told(sse(event(picture(0)), failed("OutputImageSensitiveContentDetected"), rest));
    assert.equal(gone.types, "output failed output usage done");
  });

  it("a bare error fails the call, or ends it where pictures came before", async () => {
    const bare = event({ error: { code: "OutputImageSensitiveContentDetected", message: "m" } });
    assert.equal((await told(sse(bare))).types, "thrown");
    const late = await told(sse(event(picture(0)), bare));
    assert.equal(late.types, "output failed usage done");
    assert.equal(late.error?.reason, "policy");
  });

  it("what came before the connection broke is kept and counted; the outcome of the rest is not known", async () => {
    const { types, error, usage } = await told((response) => {
      response.writeHead(200, stream);
      response.write(event(picture(0)), () => response.destroy());
    });
    assert.equal(types, "output usage thrown");
    assert.equal(error?.sent, "unknown");
    assert.deepEqual(usage?.units, { images: 1 });
  });

  it("a stream with nothing in it tells nobody what was made", async () => {
    for (const body of ["", "data: [DONE]\n\n", event({ type: "image_generation.completed", usage: {} })]) {
      const { types, error } = await told(sse(body));
      assert.equal(types, "thrown", body);
      assert.deepEqual(error, { reason: "protocol", sent: "unknown", status: 200, code: "empty" });
    }
  });

  for (const [name, body] of [
    ["a page", "<html>login</html>"],
    ["nothing", ""],
    ["a list", "[]"],
    ["no pictures", '{"data":[]}'],
    ["cut JSON", '{"data":[{"url":"https://exam'],
    ["another shape", '{"images":["https://example.com/1.png"]}'],
  ] as const) {
    it(`${name} in place of an answer leaves the outcome unknown`, async () => {
      const { types, error } = await told({ status: 200, headers: json, body }, single);
      assert.equal(types, "thrown");
      assert.deepEqual([error?.reason, error?.sent, error?.requestId], ["protocol", "unknown", "r1"]);
    });
  }

  it("an item without a picture fails alone", async () => {
    const data = [{ size: "1x1" }, { url: "https://example.com/1.png" }];
    const { types, events } = await told({ status: 200, headers: json, body: { data } }, single);
    assert.equal(types, "failed output usage done");
    assert.deepEqual([events[0]?.index, events[1]?.index], [0, 1]);
  });

  it("a broken answer to a single picture leaves the outcome unknown", async () => {
    const cut = await told((response) => response.socket?.destroy(), single);
    assert.deepEqual([cut.error?.reason, cut.error?.sent], ["ambiguous", "unknown"]);
    const headless = testContext("http://127.0.0.1:9", { apiKey: "key" });
    const events = await eventsOf(seedream.start(requestOf(single, "x"), headless));
    await headless.net.close();
    assert.deepEqual(events, [
      { type: "thrown", error: { reason: "unavailable", sent: "no", code: "refused", retryable: true } },
    ]);
  });

  it("an aborted call ends at once", async () => {
    const stop = new AbortController();
    const stoppable = testContext(server.baseUrl, { apiKey: "key" }, stop.signal);
    const running = told(() => stop.abort(), single, stoppable);
    const { error } = await Promise.race([running, pause(5000, { error: undefined }, { ref: false })]);
    await stoppable.net.close();
    assert.deepEqual([error?.sent, error?.code], ["unknown", "aborted"]);
  });

  it("a link lives as long as its signature says, else a day", async () => {
    const signed = "https://example.com/a.png?X-Tos-Date=20261112T020304Z&X-Tos-Expires=3600";
    const data = [{ url: signed }, { url: "https://example.com/b.png" }];
    const { events } = await told({ status: 200, headers: json, body: { data } }, single);
    const expiry = events.flatMap(
      ({ source }) => (source as { expires?: number } | undefined)?.expires ?? [],
    );
    assert.deepEqual(expiry, [Date.UTC(2026, 10, 12, 3, 3, 4), testNow + 24 * 3600 * 1000]);
  });

  it("the seed that was sent is kept with the picture", async () => {
    const data = [{ url: "https://example.com/a.png" }];
    const ask = { ...single, options: { seed: 42 } };
    const { events } = await told({ status: 200, headers: json, body: { data, model: "m" } }, ask);
    assert.deepEqual(events[0]?.facts, { seed: 42, requestId: "r1", model: "m" });
  });
});
