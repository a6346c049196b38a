import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Body, controlOf, useSimulator } from "./control.ts";

type Fixture = {
  request: { method: string; path: string; headers: Record<string, string>; body: Body | null };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

const FOLDER = new URL("../fixtures/contracts/animo/", import.meta.url);
const TASK_MS = 40;
const BOAT = { prompt: "A paper boat on a pond", duration: 10, style: "cinematic", resolution: "1280x720" };
const CODE = { code: "from manim import *", file_class: "GenScene", aspect_ratio: "16:9", stream: false };
const GENERATION = "/v1/video/generation";

/** How each exchange is brought about. */
type Played = {
  marker?: string;
  /** A fault that strikes it. */
  fault?: { kind: string } & Body;
  /** How much of the task's time has gone by when its status is asked for. */
  after?: number;
};
const PLAYED: Record<string, Played> = {
  "01-plugin-generate-mp4.json": {},
  "02-plugin-generate-all-params.json": {
    marker: '[type video/mp4; codecs="avc1"] [bytes 1048576] [length]',
  },
  "03-plugin-wrong-content-type.json": { marker: "[pending]" },
  "04-plugin-missing-content-type.json": { marker: "[type none]" },
  "05-plugin-http-401.json": {},
  "06-plugin-http-429.json": { marker: "[error 429 retry-after=30]" },
  "07-plugin-http-500.json": { marker: "[error 500]" },
  "08-plugin-truncated-stream.json": {
    marker: "[bytes 1048576] [length]",
    fault: { kind: "truncate", params: { on: "api", bytes: 65_536 } },
  },
  "20-animovideo-generate.json": {},
  "21-animovideo-status-processing.json": { after: 0.5 },
  "22-animovideo-status-done.json": { after: 1 },
  "23-animovideo-render-code.json": {},
  "30-selfhosted-generate.json": {},
  "31-selfhosted-401.json": {},
};

describe("simulator: Animo", function () {
  this.timeout(60_000);
  const ready = useSimulator({ taskMs: TASK_MS });
  const { advance, charges, fault, requests, reset } = controlOf(ready, "animo");
  let key: string;
  let origin: string;
  before(() => {
    key = ready.animo.apiKey;
    origin = new URL(ready.animo.endpoint).origin;
  });
  beforeEach(() => reset());

  const json = { "Content-Type": "application/json" };
  const post = (path: string, body: Body, init: RequestInit = {}) =>
    fetch(origin + path, {
      method: "POST",
      body: JSON.stringify(body),
      ...init,
      headers: { ...json, Authorization: `Bearer ${key}`, ...init.headers },
    });
  const generate = (marker = "", body: Body = {}, init: RequestInit = {}) =>
    post("/v1/generate", { ...BOAT, prompt: `${BOAT.prompt} ${marker}`, ...body }, init);
  const own = (path: string, body: Body) =>
    fetch(origin + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { ...json, "X-API-Key": key },
    });
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
  const started = async (marker = "") =>
    ((await (await post(GENERATION, { prompt: `x ${marker}` })).json()) as { requestId: string }).requestId;
  const status = async (id: string) =>
    (await (
      await fetch(`${origin}${GENERATION}/status/${id}`, { headers: { Authorization: `Bearer ${key}` } })
    ).json()) as Body;
  const answerOf = async (answer: Response) => [answer.status, await answer.json()] as const;

  describe("answers each fixture's request with the fixture's answer", () => {
    it("knows every fixture", () => assert.deepEqual(readdirSync(FOLDER).sort(), Object.keys(PLAYED).sort()));
    for (const [file, { marker, fault: strikes, after: share }] of Object.entries(PLAYED))
      it(file, async () => {
        const { request, response } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Fixture;
        let path = request.path.replace("{path of animo_api_endpoint}", "/v1/generate");
        if (share !== undefined) {
          path = path.replace(/[^/]+$/, await started(`[slow 100s]`));
          await advance(100_000 * share);
        }
        if (strikes !== undefined) await fault(strikes.kind, strikes);
        const { Host: _host, ...sent } = request.headers;
        const headers = Object.entries(sent).map(
          ([name, value]) => [name, value.replace(/\{.*\}/, key)] as [string, string],
        );
        const said = `${request.body?.prompt} ${marker}`;
        const body = marker === undefined ? request.body : { ...request.body, prompt: said };
        const answer = await fetch(origin + path, {
          method: request.method,
          headers,
          ...(body !== null && { body: JSON.stringify(body) }),
        });
        assert.equal(answer.status, response.status);
        const type = answer.headers.get("content-type")?.replace("; charset=utf-8", "") ?? null;
        assert.equal(type, response.headers["Content-Type"] ?? null);
        for (const name of ["Transfer-Encoding", "Content-Length", "Retry-After"])
          if (response.headers[name] !== undefined)
            assert.equal(answer.headers.get(name), response.headers[name], name);
        await assertBody(answer, response.body);
      });
  });

  describe("the plugin's endpoint", () => {
    it("waits, then sends a whole MP4 in pieces", async () => {
      const start = performance.now();
      const answer = await generate("[slow 150ms] [gap 30ms]");
      const headed = performance.now();
      assert.ok(headed - start >= 140);
      const bytes = await bytesOf(answer);
      assert.ok(performance.now() - headed >= 60);
      assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
      assert.ok(bytes.includes("moov") && bytes.includes("mdat"));
      assert.equal(bytes.length, boxes(bytes));
    });

    it("falls silent half way through when told", async () => {
      const answer = await generate("[silent 250ms]");
      let last = performance.now();
      let longest = 0;
      for await (const _part of answer.body ?? []) {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      assert.ok(longest >= 200, `${longest} ms`);
    });

    it("takes any style, and the shape of any resolution", async () => {
      const width = async (resolution: string) => {
        const bytes = await bytesOf(await generate("", { resolution, style: "woodcut" }));
        const at = bytes.indexOf("tkhd");
        return bytes.readUInt32BE(at + 80) / 65_536;
      };
      assert.deepEqual(
        [await width("1920x1080"), await width("720x1280"), await width("700x700")],
        [640, 180, 240],
      );
    });

    it("keeps the query of its address", async () => {
      const answer = await post("/v1/generate?tenant=a%20b", BOAT);
      assert.equal(answer.status, 200);
      await answer.arrayBuffer();
      assert.deepEqual((await requests())[0]?.query, { tenant: "a b" });
    });

    const refused: [string, Body, RegExp][] = [
      ["no prompt", { prompt: undefined }, /prompt/],
      ["an empty prompt", { prompt: " " }, /prompt/],
      ["a duration of text", { duration: "10" }, /duration/],
      ["half a second", { duration: 1.5 }, /duration/],
      ["no duration", { duration: undefined }, /duration/],
      ["0 s", { duration: 0 }, /duration/],
      ["61 s", { duration: 61 }, /duration/],
      ["no style", { style: undefined }, /style/],
      ["an asterisk in the resolution", { resolution: "1280*720" }, /resolution/],
      ["a resolution of nothing", { resolution: "0x720" }, /resolution/],
      ["a resolution by name", { resolution: "720p" }, /resolution/],
      ["a fifth member", { seed: 1 }, /seed/],
    ];
    for (const [name, body, message] of refused)
      it(`refuses ${name}`, async () => {
        const [code, told] = await answerOf(await generate("", body));
        assert.equal(code, 422);
        assert.match((told as { error: string }).error, message);
        assert.deepEqual(await charges(), []);
      });

    it("refuses another key, type, method or address", async () => {
      const codes = [
        await generate("", {}, { headers: { Authorization: "" } }),
        await generate("", {}, { headers: { "Content-Type": "text/plain" } }),
        await generate("", {}, { body: "{" }),
        await generate("", {}, { body: "x".repeat(2 ** 20 + 1) }),
        await fetch(ready.animo.endpoint),
        await post("/v1/other", BOAT),
      ].map((answer) => answer.status);
      assert.deepEqual(codes, [401, 415, 400, 413, 405, 404]);
      assert.deepEqual(await charges(), []);
    });

    for (const code of [401, 402, 403, 404, 413, 422, 429, 500, 502, 503, 504])
      it(`refuses with ${code} when told, by marker and by fault, uncharged`, async () => {
        assert.equal((await generate(`[error ${code}]`)).status, code);
        await fault("status", { params: { status: code, retryAfter: 3 } });
        const answer = await generate();
        assert.deepEqual([answer.status, answer.headers.get("retry-after")], [code, "3"]);
        assert.deepEqual(await charges(), []);
      });

    const odd: [string, number, string | null, number | undefined][] = [
      ["[type VIDEO/MP4]", 200, "VIDEO/MP4", undefined],
      ["[type video/webm]", 200, "video/webm", undefined],
      ["[html]", 200, "text/html", 83],
      ["[empty]", 200, "video/mp4", 0],
      ["[nothing]", 204, null, 0],
    ];
    for (const [marker, code, type, length] of odd)
      it(`answers ${marker}, charged`, async () => {
        const answer = await generate(marker);
        assert.deepEqual([answer.status, answer.headers.get("content-type")], [code, type]);
        const bytes = await bytesOf(answer);
        assert.equal(bytes.length, length ?? boxes(bytes));
        assert.equal((await charges()).length, 1);
      });

    it("leads to another origin, where the key has no business", async () => {
      const answer = await generate("[redirect 302]");
      assert.equal(answer.status, 200);
      assert.notEqual(new URL(answer.url).origin, origin);
      await answer.arrayBuffer();
      const [, moved = {}] = await requests();
      assert.deepEqual([moved.method, (moved.headers as Body).authorization], ["GET", undefined]);
      const told = await generate("[redirect 307]", {}, { redirect: "manual" });
      const location = told.headers.get("location") ?? "";
      assert.equal(told.status, 307);
      assert.equal((await fetch(location, { method: "POST" })).status, 200);
      const headers = { Authorization: `Bearer ${key}` };
      assert.equal((await fetch(location, { method: "POST", headers })).status, 403);
      assert.equal((await charges()).length, 2);
    });

    it("breaks off, stalls and goes on for ever by fault, charged where it was accepted", async () => {
      await fault("reset");
      await assert.rejects(generate());
      await fault("resetBody");
      await assert.rejects(async () => bytesOf(await generate()));
      await fault("hang");
      await assert.rejects(generate("", {}, { signal: AbortSignal.timeout(500) }));
      await fault("neverEnds", { params: { on: "api" } });
      const endless = new AbortController();
      const answer = await generate("", {}, { signal: endless.signal });
      let length = 0;
      await assert.rejects(async () => {
        for await (const part of answer.body ?? []) {
          length += part.length;
          if (length > 200_000) endless.abort();
        }
      });
      await fault("oversize", { params: { on: "api", bytes: 300_000 } });
      assert.equal((await bytesOf(await generate())).length, 300_000);
      assert.equal((await charges()).length, 4);
    });

    it("charges each accepted call once, also when the client hangs up", async () => {
      await (await generate()).arrayBuffer();
      await assert.rejects(generate("[slow 1m]", {}, { signal: AbortSignal.timeout(500) }));
      const charged = await charges();
      assert.deepEqual(
        charged.map(({ vendor, operation, model, amount, unit }) => [vendor, operation, model, amount, unit]),
        [...new Array(2)].map(() => ["animo", "text-to-video", "animo", 1, "call"]),
      );
      assert.equal(new Set(charged.map(({ id }) => id)).size, 2);
    });
  });

  describe("the hosted product", () => {
    it("goes from PENDING to a video on a link of its own", async () => {
      const id = await started("[slow 100s]");
      const seen: unknown[] = [];
      for (const ms of [0, 50_000, 50_000]) {
        await advance(ms);
        seen.push((await status(id)).status);
      }
      assert.deepEqual(seen, ["PENDING", "PROCESSING", "COMPLETED"]);
      const { videoUrl, processingTime } = await status(id);
      assert.equal(processingTime, 100);
      assert.equal((await bytesOf(await fetch(String(videoUrl)))).toString("latin1", 4, 8), "ftyp");
      const headers = { Authorization: `Bearer ${key}` };
      assert.equal((await fetch(String(videoUrl), { headers })).status, 403);
      assert.equal((await charges()).length, 1);
    });

    it("calls success by another name, fails, never ends, and knows its jobs", async () => {
      const [other, failed] = [await started("[succeeded]"), await started("[fail render_error]")];
      await fault("neverEnds", { params: { on: "api" } });
      const stuck = await started();
      await advance(1000);
      assert.equal((await status(other)).status, "SUCCEEDED");
      const { status: word, error, videoUrl } = await status(failed);
      assert.deepEqual([word, error, videoUrl], ["FAILED", "render_error", null]);
      assert.equal((await status(stuck)).status, "PROCESSING");
      assert.deepEqual(await status("nobody"), { error: "Request not found" });
    });

    it("forgets its jobs at a reset", async () => {
      const id = await started();
      await reset();
      assert.deepEqual(await status(id), { error: "Request not found" });
    });

    it("is what a plugin reaches that was given the wrong address", async () => {
      const { requestId } = (await (await generate("[pending]")).json()) as { requestId: string };
      await delay(TASK_MS);
      assert.equal((await status(requestId)).status, "COMPLETED");
      assert.equal((await charges()).length, 1);
    });

    it("renders code, in a stream too, and joins videos", async () => {
      const lines = await post("/v1/video/rendering", { ...CODE, stream: true });
      assert.deepEqual([lines.status, lines.headers.get("content-type")], [207, "text/event-stream"]);
      const read = (await lines.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Body);
      assert.deepEqual(read.slice(0, 2), [
        { animationIndex: 0, percentage: 50 },
        { animationIndex: 0, percentage: 100 },
      ]);
      const videoUrl = read[2]?.video_url;
      assert.equal((await fetch(String(videoUrl))).status, 200);
      const [code, joined] = await answerOf(
        await post("/v1/video/exporting", { scenes: [{ videoUrl }], titleSlug: "boat" }),
      );
      assert.deepEqual([code, (joined as Body).status], [200, "Videos merged successfully"]);
    });

    it("refuses what is missing or wrong", async () => {
      for (const [path, body] of [
        [GENERATION, {}],
        ["/v1/video/rendering", { ...CODE, code: "" }],
        ["/v1/video/rendering", { ...CODE, file_class: undefined }],
        ["/v1/video/rendering", { ...CODE, aspect_ratio: "4:3" }],
        ["/v1/video/rendering", { ...CODE, stream: "no" }],
        ["/v1/video/exporting", { scenes: [], titleSlug: "boat" }],
        ["/v1/video/exporting", { scenes: ["x"], titleSlug: "boat" }],
        ["/v1/video/exporting", { scenes: [{ videoUrl: "x" }] }],
      ] as [string, Body][])
        assert.equal((await post(path, body)).status, 400, JSON.stringify(body));
      const headers = { Authorization: "Bearer nobody" };
      assert.equal((await post(GENERATION, { prompt: "x" }, { headers })).status, 401);
      assert.equal((await fetch(`${origin}${GENERATION}/status/x`)).status, 401);
      assert.deepEqual(await charges(), []);
    });
  });

  describe("the server one runs oneself", () => {
    it("fails with its codes, uncharged", async () => {
      for (const [code, wanted] of [
        ["render_failed", 500],
        ["code_generation_failed", 500],
        ["render_timeout", 504],
      ] as const) {
        const [given, body] = await answerOf(await own(GENERATION, { prompt: `x [fail ${code}]` }));
        assert.deepEqual([given, (body as Body).code], [wanted, code]);
      }
      assert.deepEqual(await answerOf(await own(GENERATION, {})), [400, { error: "'prompt' is required" }]);
      assert.equal((await own(GENERATION, { prompt: "x", aspect_ratio: "4:3" })).status, 400);
      assert.deepEqual(await charges(), []);
    });

    it("takes twenty calls a minute", async () => {
      for (let call = 0; call < 20; call += 1) await own(GENERATION, {});
      const [code, body] = await answerOf(await own(GENERATION, { prompt: "x" }));
      assert.equal(code, 429);
      assert.match((body as { error: string }).error, /^Rate limit exceeded: /);
      await advance(60_000);
      assert.equal((await own(GENERATION, { prompt: "x" })).status, 200);
    });

    it("says without a key that it lives and what it has", async () => {
      for (const path of ["/health", "/v1/models"]) assert.equal((await fetch(origin + path)).status, 200);
    });
  });
});

/** Compares JSON and text with the fixture's, where links, ids and times are alike; MP4 bytes are looked at. */
async function assertBody(answer: Response, expected: unknown): Promise<void> {
  if (typeof expected === "string") assert.equal(await answer.text(), expected);
  else if (!isBinary(expected)) assert.deepEqual(alike(await answer.json()), alike(expected));
  else if (expected.$binary.includes("socket close")) {
    let length = 0;
    await assert.rejects(async () => {
      for await (const part of answer.body ?? []) length += part.length;
    });
    assert.equal(length, 65_536);
  } else {
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
    assert.equal(bytes.length, boxes(bytes));
  }
}

function isBinary(value: unknown): value is { $binary: string } {
  return typeof (value as { $binary?: unknown } | null)?.$binary === "string";
}

function alike(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (inner !== null && /^(requestId|videoUrl|video_url|code|generatedCode|processingTime)$/.test(key))
      return `${key}: ${typeof inner}`;
    return typeof inner === "string"
      ? inner.replace(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{6}\+00:00$/, "<time>")
      : inner;
  });
}

/** The length that the boxes of an MP4 add up to. */
function boxes(bytes: Buffer): number {
  let at = 0;
  while (at + 8 <= bytes.length) at += bytes.readUInt32BE(at);
  return at;
}
