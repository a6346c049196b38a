import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { Json } from "../../src/model/json.ts";
import { optionDefaults } from "../../src/model/options.ts";
import { discardBody, readText } from "../../src/net/body.ts";
import { type Clock, type HttpResponse, NetError } from "../../src/net/types.ts";
import type { Vendor, VendorContext, VendorEvent, VendorRequest } from "../../src/vendors/contract.ts";
import { VendorError } from "../../src/vendors/errors.ts";
import type { Ready } from "../simulator/start.ts";
import { broken, foreign, paths } from "../unit/studio/malformed.ts";
import { type Column, everyColumn } from "./faults/asks.ts";

const seed = Number(process.env.EASEL_FUZZ_SEED ?? 20_261_122);
/** Cases of each vendor's calls. */
const runs = 1500;
/** How many answers were read and results told, so that what is tried is seen to get somewhere. */
const count = { answers: 0, results: 0 };
/** Calls and events after which something goes round in circles. */
const enough = 300;

const base = "https://vendor.example";
const keys = {
  apiKey: "key-canary",
  accessKey: "ak",
  secretKey: "sk",
  accessKeyId: "ak",
  secretAccessKey: "sk",
};
const ready = {
  seedream: { baseUrl: `${base}/api/v3`, ...keys },
  visual: { baseUrl: base, ...keys },
  kling: { baseUrl: base, ...keys },
  animo: { endpoint: `${base}/v1/generate?right=rights`, ...keys },
  gateway: { baseUrl: `${base}/v1`, nativeUrl: base, ...keys },
  control: { baseUrl: base },
} as unknown as Ready;

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const folders: Record<string, string> = {
  seedream: "ark",
  visual: "volcengine-visual",
  kling: "kling",
  animo: "animo",
  gateway: "alibaba-ai-gateway",
};

/** An answer that a vendor is known to give, and to what. */
interface Known {
  route: string;
  status: number;
  body: unknown;
}

/** What a call is about: its path with ids left out, and the action some name in the query. */
function routeOf(url: string): string {
  const { pathname, searchParams } = new URL(url, base);
  const path = pathname.split("/").map((part) => (/\d{4}|^job$|^task-1$/.test(part) ? "*" : part));
  return `${path.join("/")} ${searchParams.get("Action") ?? ""}`;
}

function answersOf(vendor: string): Known[] {
  const folder = new URL(`../fixtures/contracts/${folders[vendor]}/`, import.meta.url);
  return readdirSync(folder).flatMap((name) => {
    const { request, response } = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as {
      request?: { path?: string; query?: Record<string, string> };
      response?: { status?: number; body?: unknown };
    };
    if (response?.body === undefined) return [];
    const query = new URLSearchParams(request?.query ?? {});
    const route = routeOf(`${(request?.path ?? "/").split("?")[0]}?${query}`);
    return [{ route, status: response.status ?? 200, body: response.body }];
  });
}

const statuses = fc.constantFrom(200, 200, 200, 200, 201, 204, 301, 307, 400, 401, 403, 404, 429, 500, 503);
const types = fc.constantFrom(
  ...[
    "application/json",
    "application/json",
    "text/event-stream",
    "text/html",
    "video/mp4",
    "audio/mpeg",
    "image/png",
    "",
  ],
);
const hostileText = fc.constantFrom(
  ...[
    "",
    "\0",
    "../../../etc/passwd",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://169.254.169.254/",
  ],
  ...[
    "https://user:pass@host/",
    "1e999",
    "-1",
    "9".repeat(400),
    "x".repeat(5000),
    "\u202e",
    "<svg onload=x>",
  ],
  ...["data:image/svg+xml,<svg/>", "__proto__", "constructor", "succeed", "SUCCEEDED", "done", "NaN"],
);
const place = fc.tuple(fc.nat(), fc.oneof(hostileText, foreign, fc.constant(undefined)));
/** How one answer differs from a known one: in a place or two alone. */
const gentle = fc.record({
  which: fc.nat(),
  places: fc.array(place, { maxLength: 2 }),
  status: fc.constant(null),
  type: fc.constant("application/json"),
  header: fc.tuple(fc.constant("x-request-id"), hostileText),
  form: fc.constant("json" as const),
});
/** In everything. */
const wild = fc.record({
  which: fc.nat(),
  places: fc.array(place, { maxLength: 3 }),
  status: fc.option(statuses),
  type: types,
  header: fc.tuple(
    fc.constantFrom("location", "content-length", "retry-after", "x-request-id", "date", "content-encoding"),
    hostileText,
  ),
  /** As JSON, as one event, as events of many lines, cut off, or with rubbish in front. */
  form: fc.constantFrom("json", "json", "json", "event", "events", "cut", "rubbish"),
});
const change = fc.oneof({ arbitrary: gentle, weight: 3 }, wild);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function answerOf(known: readonly Known[], url: string, how: Change): Answer {
  const fitting = known.filter(({ route }) => route === routeOf(url));
  const pool = fitting.length > 0 && how.form === "json" ? fitting : known;
  const { status, body } = pool[how.which % pool.length] ?? { status: 200, body: {} };
  const changed = how.places.reduce((value, [at, by]) => {
    const all = paths(value);
    return broken(value, all[at % all.length] ?? [], by);
  }, body);
  const json =
    typeof changed === "string"
      ? changed
      : (JSON.stringify(changed, (_key, value) => (typeof value === "bigint" ? Number(value) : value)) ?? "");
  const forms = {
    json,
    event: `data: ${json}\n\ndata: [DONE]\n\n`,
    events: `event: ${json.slice(0, 20)}\ndata: ${json}\n\nid: 1\ndata:${json}\n\n`,
    cut: json.slice(0, json.length / 2),
    rubbish: `<html>${json}`,
  };
  const [name, value] = how.header;
  return {
    status: how.status ?? status,
    headers: { "content-type": how.type, [name]: value },
    body: forms[how.form],
  };
}

function responseOf({ status, headers, body }: Answer): HttpResponse {
  const stream = async function* () {
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
  };
  return {
    status,
    headers,
    body: stream(),
    text: (most = 32 * 2 ** 20) => readText(stream(), most),
    discard: () => discardBody(stream()),
  };
}

/** A vendor's world in which every call is answered by something known to answer it, changed in these ways in turn. */
function worldOf(
  known: readonly Known[],
  changes: readonly Change[],
  column: Column,
  request: VendorRequest,
): VendorContext {
  let calls = 0;
  const answer = async ({ url }: { url: string }) => {
    if (++calls > enough) throw new Error("calls without end");
    count.answers++;
    const next = changes[calls % changes.length];
    if (!next) throw new NetError("reset", "unknown");
    return responseOf(answerOf(known, url, next));
  };
  let now = Date.UTC(2026, 10, 12);
  const clock: Clock = {
    now: () => now,
    async sleep(ms) {
      now += ms;
    },
  };
  const { credentials, baseUrl } = column.ask(ready);
  return {
    jobId: "job",
    http: { get: answer, ask: answer, withdraw: answer },
    spend: (_step, send) => send({ send: answer }),
    request: async () => request,
    credentials,
    baseUrl,
    settings: {},
    clock,
    signal: new AbortController().signal,
  };
}

function requestOf(column: Column): VendorRequest {
  const { request, inputs } = column.ask(ready);
  const profile = column.vendor.models.find(({ id }) => id === request.model)?.operations[request.operation];
  return {
    operation: request.operation,
    model: request.model,
    prompt: request.prompt,
    inputs: Object.values(inputs),
    options: { ...(profile ? optionDefaults(profile.options) : {}), ...request.options },
  };
}

/** Everything that may go on in the files of a job is plain, and bounded. */
function isPlain(event: VendorEvent): void {
  switch (event.type) {
    case "output":
      assert.ok(Number.isSafeInteger(event.index) && event.index >= 0, String(event.index));
      if (event.source.kind === "link") assert.equal(typeof event.source.url, "string");
      assert.deepEqual(JSON.parse(JSON.stringify(event.facts)), event.facts);
      break;
    case "accepted":
      assert.deepEqual(JSON.parse(JSON.stringify(event.operation)), event.operation);
      break;
    case "failed":
      assert.ok(event.error instanceof VendorError);
      break;
    case "progress":
      assert.ok(event.fraction === undefined || (event.fraction >= 0 && event.fraction <= 1));
      break;
    case "text":
      assert.equal(typeof event.text, "string");
      break;
    case "answer":
      assert.ok(JSON.stringify(event.body).length <= 2 ** 17);
  }
}

async function play(events: AsyncIterable<VendorEvent>): Promise<Json | undefined> {
  let operation: Json | undefined;
  let told = 0;
  for await (const event of events) {
    assert.ok(++told <= enough, "events without end");
    isPlain(event);
    if (event.type === "output") count.results++;
    if (event.type === "accepted") operation = event.operation;
    if (event.type === "output" && event.source.kind === "stream") {
      let bytes = 0;
      for await (const chunk of event.source.stream) bytes += chunk.byteLength;
      assert.ok(bytes < 2 ** 24);
    }
  }
  return operation;
}

/** Only failures that are told as failures may end a call. */
function foreseen(error: unknown): undefined {
  if (error instanceof VendorError || error instanceof NetError) return undefined;
  throw error;
}

/** Everything a vendor does that reads an answer, each in a world of its own. */
async function everyCall(vendor: Vendor, request: VendorRequest, world: () => VendorContext): Promise<void> {
  const operation = await play(vendor.start(request, world())).catch(foreseen);
  if (operation !== undefined) {
    if (vendor.status) await play(vendor.status(operation, world())).catch(foreseen);
    assert.equal(typeof (vendor.taskId?.(operation) ?? ""), "string");
    await vendor.cancel?.(operation, world()).catch(foreseen);
    await vendor.erase?.(operation, world()).catch(foreseen);
  }
  for (const task of (await vendor.find?.(request, 0, world()).catch(foreseen)) ?? []) {
    assert.ok(Number.isFinite(task.created));
    JSON.stringify(task.operation);
  }
  await vendor.verify?.(world()).catch(foreseen);
  const { operation: id, model } = request;
  await vendor.adoption?.find({ id: "task-1", operation: id, model }, world()).catch(foreseen);
}

async function everyTalent(vendor: Vendor, world: () => VendorContext): Promise<void> {
  const chat = async () => {
    let told = 0;
    for await (const event of vendor.chat?.({ instructions: "", text: "hi" }, world()) ?? []) {
      assert.ok(++told <= enough, "words without end");
      if (event.type === "text") assert.equal(typeof event.text, "string");
    }
  };
  await chat().catch(foreseen);
  const embedded = await vendor.embed?.(["a", "b"], "document", world()).catch(foreseen);
  for (const number of embedded?.vectors.flat() ?? []) assert.ok(Number.isFinite(number));
  for (const { index, score } of (await vendor.rerank?.("a", ["b", "c"], world()).catch(foreseen)) ?? [])
    assert.ok((index === 0 || index === 1) && Number.isFinite(score));
  for (const { id } of vendor.library?.shelves ?? []) {
    for (const item of (await vendor.library?.list(id, world()).catch(foreseen)) ?? [])
      assert.ok(typeof item.id === "string" && typeof item.name === "string");
  }
}

const { columns } = await everyColumn();

describe("answers of vendors gone mad", function () {
  this.timeout(120_000);
  before(() => console.log(`      seed ${seed} (set EASEL_FUZZ_SEED for others)`));

  for (const id of Object.keys(folders)) {
    it(`${id}: each is read or refused, in bounds, and told as a failure`, async () => {
      const own = columns.filter(({ vendor }) => vendor.id === id);
      const known = answersOf(id);
      assert.ok(own.length > 0 && known.length > 0);
      const requests = new Map(own.map((column) => [column, requestOf(column)]));
      const property = fc.asyncProperty(
        fc.constantFrom(...own),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (column, changes) => {
          const request = requests.get(column) as VendorRequest;
          const world = () => worldOf(known, changes, column, request);
          await everyCall(column.vendor, request, world);
          await everyTalent(column.vendor, world);
          assert.equal(Object.keys(Object.prototype).length, 0, "no prototype was written to");
        },
      );
      Object.assign(count, { answers: 0, results: 0 });
      await fc.assert(property, { seed, numRuns: runs });
      console.log(`      ${count.answers} answers, ${count.results} results`);
      assert.ok(count.answers > runs && count.results > runs / 50);
    });
  }
});
