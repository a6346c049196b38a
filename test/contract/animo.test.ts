import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type OptionValues, optionDefaults } from "../../src/model/options.ts";
import { animo } from "../../src/vendors/animo/index.ts";
import type { VendorContext, VendorRequest } from "../../src/vendors/contract.ts";
import type { VendorErrorFacts } from "../../src/vendors/errors.ts";
import { eventsOf, type Told } from "./context.ts";
import { type Reply, startReplay, useReplay } from "./replay.ts";

interface Fixture {
  request: { method: string; path: string; headers: Record<string, string>; body: Record<string, unknown> };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** What holds a fixture: the exchange that it is of, and what Easel makes of the answer. */
interface Held {
  /** `plugin` asks at an address of its own, `hosted` and `own` at the product's path; `look` asks about a job. */
  asks?: "plugin" | "hosted" | "own" | "look";
  options?: OptionValues;
  /** Members of the fixture's request that Easel does not send. */
  omits?: readonly string[];
  /** Types of what is told. */
  tells?: readonly string[];
  error?: Partial<VendorErrorFacts>;
  /** Easel never does this. */
  simulatorOnly?: string;
}

const video = ["output", "done"];
const dropped = ["warning", "warning", "warning"];

const manifest: Readonly<Record<string, Held>> = {
  "01-plugin-generate-mp4.json": { asks: "plugin", tells: video },
  "02-plugin-generate-all-params.json": {
    asks: "plugin",
    options: { duration: 20, style: "anime", resolution: "1920x1080" },
    tells: video,
  },
  "03-plugin-wrong-content-type.json": { asks: "plugin", tells: ["accepted"] },
  "04-plugin-missing-content-type.json": {
    asks: "plugin",
    tells: ["thrown"],
    error: { reason: "protocol", sent: "unknown", code: "no-content-type", next: "animoNotVideo" },
  },
  "05-plugin-http-401.json": {
    asks: "plugin",
    tells: ["thrown"],
    error: { reason: "credentials", sent: "refused", status: 401, vendorMessage: "Invalid API key" },
  },
  "06-plugin-http-429.json": {
    asks: "plugin",
    tells: ["thrown"],
    error: { reason: "rateLimit", sent: "refused", retryable: true, retryAfterMs: 30_000 },
  },
  "07-plugin-http-500.json": {
    asks: "plugin",
    tells: ["thrown"],
    error: { reason: "ambiguous", sent: "unknown", vendorMessage: "Internal Server Error" },
  },
  "08-plugin-truncated-stream.json": { asks: "plugin", tells: ["broken"] },
  "20-animovideo-generate.json": { asks: "hosted", tells: [...dropped, "accepted"] },
  "21-animovideo-status-processing.json": { asks: "look", tells: ["progress"] },
  "22-animovideo-status-done.json": { asks: "look", tells: video },
  "23-animovideo-render-code.json": {
    simulatorOnly: "renders code that somebody wrote; Easel asks for videos by words",
  },
  "30-selfhosted-generate.json": { asks: "own", tells: ["warning", "warning", ...video] },
  "31-selfhosted-401.json": {
    asks: "own",
    omits: ["body"],
    tells: ["thrown"],
    error: { reason: "credentials", sent: "refused", vendorMessage: "Invalid or missing API key" },
  },
};

const folder = new URL("../fixtures/contracts/animo/", import.meta.url);
const files = readdirSync(folder);
const job = "210b186f-c50a-4f40-bd4c-bb73c154afec";
const secret = "sig-canary-51f0";
const mp4 = readFileSync(new URL("../fixtures/media/h264.mp4", import.meta.url));
const missingKey: Reply = { status: 401, body: { error: "Invalid or missing API key" } };

function fixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
}

function requestOf(prompt: string, options: OptionValues = {}): VendorRequest {
  const schema = animo.models[0]?.operations["text-to-video"]?.options;
  assert.ok(schema);
  return {
    operation: "text-to-video",
    model: "animo",
    prompt,
    inputs: [],
    options: { ...optionDefaults(schema), ...options },
  };
}

/** The fixture's answer, with real bytes where it has a video. */
function replyOf({ response }: Fixture): Reply {
  const { status, headers, body } = response;
  const isVideo = typeof body === "object" && body !== null && "$binary" in body;
  if (!isVideo) return { status, headers, body };
  const announced = headers["Content-Length"] !== undefined;
  const isCut = String((body as { $binary: string }).$binary).includes("close");
  return (answer) => {
    answer.writeHead(status, {
      ...headers,
      ...(announced && !isCut ? { "Content-Length": mp4.length } : {}),
    });
    if (!isCut) return void answer.end(mp4);
    answer.write(mp4.subarray(0, mp4.length / 2), () => answer.destroy());
  };
}

/** What the last event says went wrong. */
function failureOf(events: readonly Told[]): VendorErrorFacts {
  const error = events.at(-1)?.error;
  assert.ok(error, JSON.stringify(events));
  return error as VendorErrorFacts;
}

describe("Animo contract", () => {
  const { server, context: plain } = useReplay("");

  function contextAt(path: string, more: Partial<VendorContext> = {}): VendorContext {
    const endpoint = `${server.baseUrl}${path}?sig=${secret}`;
    return { ...plain, baseUrl: "", credentials: { endpoint, apiKey: "key-canary" }, ...more };
  }

  async function told(events: ReturnType<typeof animo.start>): Promise<Told[]> {
    try {
      return await eventsOf(events);
    } catch (error) {
      // A body that breaks off breaks in the reader's hands, which is jobs.
      return [{ type: "broken", error: String(error) }];
    }
  }

  it("every file is held by the manifest, and the manifest names no other", () => {
    assert.deepEqual(Object.keys(manifest).sort(), files.sort());
  });

  for (const [file, held] of Object.entries(manifest)) {
    const { asks, tells = [], error } = held;
    if (!asks) continue;
    it(`${file}: Easel sends this request and reads this answer`, async () => {
      const { request, response } = fixture(file);
      const context = contextAt(asks === "plugin" ? "/hooks/video" : "/v1/video/generation");
      if (asks === "own") server.replies.push(missingKey);
      server.replies.push(replyOf({ request, response }));
      const events = await told(
        asks === "look" && animo.status
          ? animo.status({ origin: server.baseUrl, id: job }, context)
          : animo.start(requestOf(String(request.body?.prompt), held.options), hostedIf(asks, context)),
      );
      assert.deepEqual(
        events.map(({ type }) => type),
        tells,
        JSON.stringify(events),
      );
      if (error) assert.partialDeepStrictEqual(events.at(-1)?.error, error);
      const sent = server.received.at(-1);
      assert.ok(sent);
      const path = request.path.startsWith("{") ? "/hooks/video" : request.path;
      assert.deepEqual([sent.method, sent.path], [request.method, `${path}?sig=${secret}`]);
      assert.deepEqual(
        [sent.headers.authorization, sent.headers["x-api-key"]],
        asks === "own" ? [undefined, "key-canary"] : ["Bearer key-canary", undefined],
      );
      if (request.body && !held.omits?.includes("body")) assert.deepEqual(sent.body, request.body);
      assert.ok(!JSON.stringify(events).includes(secret));
    });
  }

  /** The product's own API is known by its host, for which the replaying server stands in. */
  function hostedIf(asks: string, context: VendorContext): VendorContext {
    if (asks !== "hosted") return context;
    const credentials = { ...context.credentials, endpoint: `https://api.animo.video/?sig=${secret}` };
    return {
      ...context,
      credentials,
      spend: (step, send) =>
        plain.spend(step, (http) =>
          send({
            send: (request) =>
              http.send({
                ...request,
                url: request.url.replace("https://api.animo.video", server.baseUrl),
              }),
          }),
        ),
    };
  }

  it("an answer is a video by its type without parameters, in any case", async () => {
    for (const type of ["VIDEO/MP4", 'video/mp4; codecs="avc1"', "video/mp4;foo"]) {
      server.replies.push((answer) => void answer.writeHead(200, { "Content-Type": type }).end(mp4));
      const [output] = await told(animo.start(requestOf("x"), contextAt("/x")));
      assert.deepEqual(output?.source, { kind: "stream", bytes: mp4.toString("hex") }, type);
    }
  });

  it("anything else is an error that says what came, and may have been billed", async () => {
    const page = "<!doctype html><title>Sign in</title><p>Sign in</p>";
    const cases: [Reply, string, string | undefined][] = [
      [{ status: 200, headers: { "content-type": "video/webm" }, body: "webm" }, "video/webm", "webm"],
      [{ status: 200, headers: { "content-type": "text/html" }, body: page }, "text/html", "Sign in"],
      [{ status: 204, body: "" }, "no-content-type", undefined],
      [
        { status: 200, headers: { "content-type": "video/mp4", "content-length": "0" }, body: "" },
        "video/mp4",
        undefined,
      ],
      [
        { status: 200, headers: { "content-type": "application/json" }, body: { detail: "odd" } },
        "application/json",
        "odd",
      ],
    ];
    for (const [reply, code, vendorMessage] of cases) {
      server.replies.push(reply);
      const thrown = await told(animo.start(requestOf("x"), contextAt("/x")));
      const { next, reason, sent, ...facts } = failureOf(thrown);
      assert.deepEqual([reason, sent, next], ["protocol", "unknown", "animoNotVideo"]);
      assert.deepEqual([facts.code, facts.vendorMessage], [code, vendorMessage]);
    }
  });

  it("a refusal keeps the vendor's message without the key or the address's rights (P-07)", async () => {
    const body = { error: { message: `key key-canary at /x?sig=${secret} is bad` } };
    server.replies.push({ status: 403, body });
    const thrown = await told(animo.start(requestOf("x"), contextAt("/x")));
    assert.match(JSON.stringify(failureOf(thrown)), /is bad/);
    assert.doesNotMatch(JSON.stringify(failureOf(thrown)), /key-canary|sig-canary/);
  });

  it("only what says when is tried again by itself", async () => {
    const cases = [
      [429, {}, "rateLimit", "refused", false],
      [429, { "retry-after": "2" }, "rateLimit", "refused", true],
      [503, { "retry-after": "2" }, "unavailable", "refused", true],
      [503, {}, "ambiguous", "unknown", false],
      [504, {}, "ambiguous", "unknown", false],
      [408, {}, "ambiguous", "unknown", false],
      [402, {}, "balance", "refused", false],
      [404, {}, "notFound", "refused", false],
      [413, {}, "invalid", "refused", false],
      [422, {}, "invalid", "refused", false],
      [304, {}, "protocol", "refused", false],
    ] as const;
    for (const [status, headers, ...expected] of cases) {
      server.replies.push({ status, headers, body: "" });
      const thrown = await told(animo.start(requestOf("x"), contextAt("/x")));
      const { reason, sent, retryable } = failureOf(thrown);
      assert.deepEqual([reason, sent, retryable], expected, String(status));
    }
  });

  it("where a call has moved it is repeated, with the key on the same origin and without it elsewhere (P-06, P-21)", async () => {
    const other = await startReplay("");
    try {
      server.replies.push({ status: 307, headers: { location: "/x/" }, body: "" });
      server.replies.push({ status: 308, headers: { location: `${other.baseUrl}/y` }, body: "" });
      other.replies.push({ status: 307, headers: { location: `${server.baseUrl}/back` }, body: "" });
      server.replies.push((answer) => void answer.writeHead(200, { "Content-Type": "video/mp4" }).end(mp4));
      const events = await told(animo.start(requestOf("x"), contextAt("/x")));
      assert.deepEqual(
        events.map(({ type }) => type),
        video,
      );
      const [, again, back] = server.received;
      assert.deepEqual([again?.path, again?.headers.authorization], ["/x/", "Bearer key-canary"]);
      assert.deepEqual(other.received[0]?.body, again?.body);
      assert.equal(other.received[0]?.headers.authorization, undefined);
      assert.equal(back?.headers.authorization, undefined, "the key does not come back with a stranger");
    } finally {
      await other.close();
    }
  });

  it("a call that moves for ever ends", async () => {
    for (let moves = 0; moves < 5; moves++)
      server.replies.push({ status: 307, headers: { location: "/x" }, body: "" });
    const thrown = await told(animo.start(requestOf("x"), contextAt("/x")));
    assert.equal(failureOf(thrown).code, "redirect");
    assert.equal(server.received.length, 4);
  });

  it("a see-other is the result's link, which is fetched without a key", async () => {
    for (const status of [301, 302, 303]) {
      server.replies.push({ status, headers: { location: "https://cdn.example/v.mp4" }, body: "" });
      const [output] = await told(animo.start(requestOf("x"), contextAt("/x")));
      assert.deepEqual(output?.source, { kind: "link", url: "https://cdn.example/v.mp4" });
    }
    assert.equal(server.received.length, 3);
  });

  it("a job ends by both words for success, by failure, and by an error whatever its word", async () => {
    const endings = [
      [{ status: "SUCCEEDED", videoUrl: "https://cdn.example/v.mp4" }, video],
      [{ status: "completed", videoUrl: "/v.mp4" }, video],
      [{ status: "FAILED" }, ["failed"]],
      [{ status: "PROCESSING", error: "broke" }, ["failed"]],
      [{ status: "RENDERED" }, ["progress"]],
      [{ status: "COMPLETED", videoUrl: null }, ["thrown"]],
    ] as const;
    for (const [body, tells] of endings) {
      server.replies.push({ status: 200, body: { requestId: job, error: null, ...body } });
      assert.ok(animo.status);
      const events = await told(animo.status({ origin: server.baseUrl, id: job }, contextAt("/v1/x")));
      assert.deepEqual(
        events.map(({ type }) => type),
        tells,
        JSON.stringify(body),
      );
      assert.equal(server.received.at(-1)?.path, `/v1/video/generation/status/${job}?sig=${secret}`);
    }
  });

  it("no other address is asked about a job, and no odd id goes into a path", async () => {
    assert.ok(animo.status);
    const elsewhere = await told(animo.status({ origin: "https://b.example", id: job }, contextAt("/x")));
    assert.equal(failureOf(elsewhere).reason, "credentials");
    const odd = await told(animo.status({ origin: server.baseUrl, id: "../x" }, contextAt("/x")));
    assert.equal(failureOf(odd).next, "cannotLook");
    assert.equal(server.received.length, 0);
  });

  it("the ratio nearest to the resolution goes to the server one runs oneself", async () => {
    for (const [resolution, ratio] of [
      ["720x480", "16:9"],
      ["1024×1024", "1:1"],
      ["1080 x 1920", "9:16"],
      ["large", "16:9"],
    ] as const) {
      server.replies.push(missingKey, { status: 200, body: { video_url: "https://a.example/v.mp4" } });
      await told(animo.start(requestOf("x", { resolution }), contextAt("/v1/video/generation")));
      assert.partialDeepStrictEqual(server.received.at(-1)?.body, { aspect_ratio: ratio });
    }
  });

  it("an address that is none is not called", async () => {
    for (const endpoint of ["", "http://a.example/x", "https://u:p@a.example/", "ftp://a.example"]) {
      const thrown = await told(
        animo.start(requestOf("x"), contextAt("/x", { credentials: { endpoint, apiKey: "k" } })),
      );
      assert.equal(failureOf(thrown).next, "animoEndpoint");
    }
  });
});
