import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import { realClock } from "../../src/net/clock.ts";
import { retryRules } from "../../src/net/limits.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import { eventsOf, type Told } from "./context.ts";
import { compareTold, itHoldsEach, linksOf } from "./held.ts";
import { type Reply, useReplay } from "./replay.ts";
import { type Difference, type Held, type Reading, type Sender, visualManifest } from "./visual-manifest.ts";
import { requestOf } from "./visual-samples.ts";

interface Fixture {
  request: {
    query: { Action: string; Version: string };
    body: Record<string, unknown> & { binary_data_base64?: string[] };
  };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}

const folder = new URL("../fixtures/contracts/volcengine-visual/", import.meta.url);
const files = readdirSync(folder);
const credentials = { accessKeyId: "ak", secretAccessKey: "sk" };
const done = (data: object): Reply => ({ status: 200, body: { code: 10000, request_id: "r", data } });
const task = { step: "task", pair: "sync2async", key: "jimeng_t2i_v31", id: "1", kind: "image" };
const hourMs = 60 * 60 * 1000;

function fixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
}

describe("Volcengine Visual contract", function () {
  this.timeout(60_000);
  const { server, context: plain } = useReplay("", credentials);

  function contextOf(more: Partial<VendorContext> = {}): VendorContext {
    return { ...plain, clock: realClock, ...more };
  }

  itHoldsEach(visualManifest, files);

  for (const [file, held] of Object.entries(visualManifest)) {
    const { sends } = held;
    if (sends) it(`${file}: Easel sends this request`, () => sendsIt(file, sends));
    if (held.reads) it(`${file}: Easel reads this answer`, () => readsIt(file, held));
  }

  it("results are looked for in their order, and last in the JSON inside the JSON", async () => {
    const link = (name: string) => `https://example.com/${name}`;
    const inner = JSON.stringify({ urls: [link("inner")] });
    const data: Record<string, unknown> = {
      status: "done",
      video_url: link("video"),
      image_urls: [link("1"), link("2")],
      url: link("url"),
      resp_data: inner,
    };
    for (const [name, expected] of [
      ["video_url", ["video"]],
      ["image_urls", ["1", "2"]],
      ["url", ["url"]],
      ["resp_data", ["inner"]],
    ] as const) {
      server.replies.push(done(data));
      assert.deepEqual(linksOf(await status(task, contextOf())), expected.map(link), name);
      delete data[name];
    }
    server.replies.push(done({ ...data, image_urls: null, resp_data: "{" }));
    const [thrown] = await status(task, contextOf());
    assert.match(JSON.stringify(thrown?.error), /"reason":"protocol","sent":"unknown"/);
  });

  it("links of pictures live a day, those of videos an hour", async () => {
    for (const [kind, life] of [
      ["image", 24 * hourMs],
      ["video", hourMs],
    ] as const) {
      server.replies.push(done({ status: "done", image_urls: ["https://example.com/a"] }));
      const told = await status(
        { ...task, kind },
        { ...contextOf(), clock: { ...realClock, now: () => 1000 } },
      );
      const output = told.find(({ type }) => type === "output");
      assert.equal((output?.source as { expires?: number } | undefined)?.expires, 1000 + life);
    }
  });

  it("a task's states are told as they are, and one that is not documented as running", async () => {
    const states = { in_queue: "queued", processing: "running", generating: "running", pondering: "running" };
    for (const [state, phase] of Object.entries(states)) {
      server.replies.push(done({ status: state }));
      assert.deepEqual(await status(task, contextOf()), [{ type: "progress", phase }]);
    }
    server.replies.push(done({ status: "failed" }));
    const [failed] = await status(task, contextOf());
    assert.deepEqual(
      [failed?.type, (failed?.error as { sent?: string } | undefined)?.sent],
      ["failed", "refused"],
    );
  });

  it("a task's id that comes as a number keeps every digit", async () => {
    const id = "14411597596416601128";
    const text = `{"code":10000,"data":{"task_id":${id}},"request_id":"r"}`;
    server.replies.push({ status: 200, body: text });
    const request = requestOf({ model: "jimeng-3.1", operation: "text-to-image", prompt: "x" });
    const told = await eventsOf(visual.start(request, contextOf()));
    assert.equal((told.at(-1)?.operation as { id?: string } | undefined)?.id, id);
  });

  it("the answer is kept to look at without its pictures, and not at all where it is too large (P-24)", async () => {
    const picture = Buffer.alloc(300_000, 1).toString("base64");
    server.replies.push(done({ status: "done", binary_data_base64: [picture], resp_data: "words" }));
    const [answer] = await status(task, contextOf());
    const body = answer?.body as { data: { binary_data_base64: string[]; resp_data: string } };
    assert.deepEqual(body.data.binary_data_base64, ["<300000 bytes>"]);
    assert.equal(body.data.resp_data, "words");
    server.replies.push(
      done({ status: "done", image_urls: ["https://example.com/a"], resp_data: "x".repeat(70_000) }),
    );
    const told = await status(task, contextOf());
    assert.deepEqual(
      told.map(({ type }) => type),
      ["output", "done"],
    );
  });

  it("says when a hidden label that was asked for was not written", async () => {
    const labelled = { ...task, result: JSON.stringify({ aigc_meta: { producer_id: "p" } }) };
    for (const [tagged, operation, expected] of [
      [false, labelled, ["labelNotWritten"]],
      [true, labelled, []],
      [false, task, []],
    ] as const) {
      server.replies.push(
        done({ status: "done", video_url: "https://example.com/a", aigc_meta_tagged: tagged }),
      );
      const told = await status(operation, contextOf());
      assert.deepEqual(
        told.flatMap(({ type, code }) => (type === "warning" ? [code] : [])),
        expected,
      );
    }
  });

  it("a clock that differs is learnt from the answer, and the look signed anew", async () => {
    const { status: code, headers, body } = fixture("75-gateway-invalid-timestamp.json").response;
    const theirs = new Date(Date.now() + 5 * hourMs).toUTCString();
    server.replies.push({ status: code, headers: { ...headers, date: theirs }, body }, (response) => {
      response.writeHead(200, { date: theirs });
      response.end(JSON.stringify({ code: 10000, data: { status: "in_queue" } }));
    });
    // Another address of the same server, so that what is learnt here stays here.
    const baseUrl = server.baseUrl.replace("127.0.0.1", "localhost");
    assert.deepEqual(await status(task, contextOf({ baseUrl })), [{ type: "progress", phase: "queued" }]);
    const [first, second] = server.received.map(({ headers }) => String(headers["x-date"]));
    assert.ok(first && second && first < second, `${first} ${second}`);
  });

  it("a cancel that is refused is told apart by the task: too late, or not possible", async () => {
    const refusal: Reply = { status: 400, body: { code: 50200, message: "no", data: null } };
    server.replies.push(refusal, done({ status: "done", image_urls: ["https://example.com/a"] }));
    assert.deepEqual(await visual.cancel?.(task, contextOf()), { result: "tooLate" });
    server.replies.push(refusal, done({ status: "generating" }));
    assert.deepEqual(await visual.cancel?.(task, contextOf()), { result: "cannot" });
    await assert.rejects(async () => {
      server.replies.push({ status: 429, body: { code: 50429, message: "no", data: null } });
      await visual.cancel?.(task, contextOf());
    });
  });

  it("the keys are told apart: good, good with a closed product, wrong, and out of reach", async () => {
    const verify = (file: string) => {
      const { status: code, headers, body } = fixture(file).response;
      server.replies.push({ status: code, headers, body });
      return visual.verify?.(contextOf());
    };
    assert.deepEqual(await verify("36-result-not-found.json"), { result: "accepted" });
    const closed = await verify("56-error-50400-access-denied.json");
    assert.deepEqual(closed, { result: "accepted", detail: "50400: Access Denied: Internal Error" });
    assert.equal((await verify("57-error-50200-unsupported-req-key.json"))?.result, "accepted");
    assert.equal((await verify("70-gateway-signature-mismatch.json"))?.result, "rejected");
    assert.equal((await verify("71-gateway-invalid-access-key.json"))?.result, "rejected");
    assert.equal((await verify("74-gateway-invalid-action-or-version.json"))?.result, "cannotTell");
  });

  async function sendsIt(file: string, sender: Sender): Promise<void> {
    const { request } = fixture(file);
    await play(file, sender);
    const [received] = server.received;
    assert.ok(received, "nothing was sent");
    const { Action, Version } = request.query;
    assert.equal(received.path, `/?Action=${Action}&Version=${Version}`);
    assert.equal(received.headers["content-type"], "application/json");
    assert.match(
      String(received.headers.authorization),
      /^HMAC-SHA256 Credential=ak\/\d{8}\/cn-north-1\/cv\/request, SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=[\da-f]{64}$/,
    );
    assert.deepEqual(received.body, expectedBody(request.body, "ask" in sender ? sender.differs : undefined));
  }

  async function readsIt(file: string, held: Held): Promise<void> {
    const sender = held.sender ?? held.sends;
    assert.ok(sender);
    compare(await play(file, sender), held.reads ?? {});
  }

  /** Does what sends the request, with the fixture's answer to it. */
  async function play(file: string, sender: Sender): Promise<Told[]> {
    const { request, response } = fixture(file);
    const reply: Reply = { status: response.status, headers: response.headers, body: response.body };
    // What passes may be asked for again by the transport.
    const times = response.status >= 500 && "look" in sender ? retryRules.attempts : 1;
    server.replies.push(...Array<Reply>(times).fill(reply));
    const { req_key: key, task_id: id, req_json: result, binary_data_base64: pictures } = request.body;
    const bytes = () => Buffer.from(pictures?.[0] ?? "", "base64");
    const pair = request.query.Action === "CVGetResult" ? "submit" : "sync2async";
    const operation = { step: "task", pair, key, id, kind: "image", result } as Record<string, Json>;
    if ("look" in sender) return status(operation, contextOf());
    if ("ask" in sender) return eventsOf(visual.start(requestOf(sender.ask, bytes), contextOf()));
    if ("speak" in sender) {
      const whole = requestOf(sender.speak);
      const mask = "https://example.com/mask0";
      return status({ step: "subjects", mask }, contextOf({ request: async () => whole }));
    }
    if ("verify" in sender) {
      assert.deepEqual(await visual.verify?.(contextOf()), { result: "accepted" });
      return [];
    }
    assert.deepEqual(await visual.cancel?.(operation, contextOf()), { result: "cancelled" });
    return [];
  }

  function status(operation: unknown, context: VendorContext): Promise<Told[]> {
    assert.ok(visual.status);
    return eventsOf(visual.status(operation as Json, context));
  }
});

function expectedBody(body: Record<string, unknown>, differs?: Difference): Record<string, unknown> {
  for (const [name, value] of Object.entries(differs?.adds ?? {})) {
    assert.notDeepEqual(body[name], value, `${name} is no difference`);
  }
  return { ...body, ...differs?.adds };
}

function compare(told: readonly Told[], { bytes, operation, ...base }: Reading): void {
  compareTold(told, base);
  if (bytes) {
    const source = told.find(({ type }) => type === "output")?.source;
    assert.deepEqual(source, { kind: "stream", bytes });
  }
  if (operation) {
    const actual = told.at(-1)?.operation as Record<string, unknown>;
    assert.deepEqual({ ...actual, ...operation }, actual);
  }
}
