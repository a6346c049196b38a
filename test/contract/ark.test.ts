import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { checkRequest } from "../../src/model/check.ts";
import type { Json } from "../../src/model/json.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { videoStatus } from "../../src/vendors/seedream/video/status.ts";
import { eventsOf, type Told, testNow } from "./context.ts";
import {
  type Ask,
  arkManifest,
  type Difference,
  type Held,
  type LookReading,
  type Reading,
} from "./manifest.ts";
import { useReplay } from "./replay.ts";
import { checkedOf, profileOf, requestOf, sampleBytes } from "./samples.ts";

const folder = new URL("../fixtures/contracts/ark/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const requestId = "021794448984000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const key = "test-key-0123456789";

interface Fixture {
  request: { method: string; path: string; body: Record<string, unknown> };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** The fixture with real pictures in its placeholders. */
function fixture(file: string): Fixture {
  const fillings: Record<string, string> = {
    "<BASE64_PNG>": sampleBytes("png").toString("base64"),
    "<BASE64_JPEG>": sampleBytes("jpeg").toString("base64"),
    "<BASE64_PNG_WITH_ALPHA>": sampleBytes("alpha").toString("base64"),
    "<BASE64_WAV>": sampleBytes("wav").toString("base64"),
    "<BASE64_IMAGE>": sampleBytes("png").toString("base64"),
  };
  const text = readFileSync(new URL(file, folder), "utf8").replace(
    /<BASE64_\w+>/g,
    (name) => fillings[name] ?? name,
  );
  return JSON.parse(text) as Fixture;
}

describe("Ark contract", () => {
  const { server, context } = useReplay("/api/v3", { apiKey: key });

  it("every file is held by the manifest, and the manifest names no other", () => {
    assert.deepEqual(Object.keys(arkManifest).sort(), files.sort());
  });

  it("everything held says by what", () => {
    for (const [file, held] of Object.entries(arkManifest)) {
      const { sends, reads, looks, cancels, finds, simulatorOnly } = held;
      assert.ok(sends ?? reads ?? looks ?? cancels ?? finds ?? simulatorOnly, file);
      if (held.reads) assert.ok(held.sends ?? held.never, `${file}: who sends it?`);
    }
  });

  for (const [file, held] of Object.entries(arkManifest)) {
    if (held.simulatorOnly !== undefined) continue;
    describe(file, () => holds(file, held));
  }

  function holds(file: string, held: Held): void {
    const { sends, never, reads } = held;
    holdsTask(file, held);
    if (sends) {
      it("Easel sends this request", async () => {
        const { request, response } = fixture(file);
        server.replies.push(response);
        await eventsOf(seedream.start(requestOf(sends, promptOf(request.body)), context));
        const [received, ...more] = server.received;
        assert.equal(more.length, 0);
        assert.deepEqual([received?.method, received?.path], [request.method, request.path]);
        assert.equal(received?.headers.authorization, `Bearer ${key}`);
        assert.equal(received?.headers["content-type"], "application/json");
        assert.deepEqual(received?.body, expectedBody(request.body, sends.differs));
      });
    }
    if (never && "problem" in never) {
      it(`Easel stops this request before it is sent: ${never.problem}`, () => {
        assert.deepEqual(problemCodesOf(never), [never.problem]);
      });
    }
    if (reads) {
      it("Easel reads this answer", async () => {
        const { request, response } = fixture(file);
        server.replies.push(response);
        const ask = sends ?? (request.path.includes("/tasks") ? clip : picture);
        const told = await eventsOf(seedream.start(requestOf(ask, "a cat"), context));
        assert.equal(server.received.length, 1);
        compare(told, reads, response.body);
      });
    }
  }

  /** What is done with a task once it is made. */
  function holdsTask(file: string, { looks, cancels, finds }: Held): void {
    const date = new Date(testNow).toUTCString();
    const answer = (body: unknown) => ({ status: 200, headers: { date }, body });
    if (looks) {
      it("Easel makes this look at a task, and reads it", async () => {
        const { request, response } = fixture(file);
        server.replies.push(response);
        const told = await eventsOf(videoStatus({ task: taskIn(request.path) }, context));
        assert.deepEqual(
          server.received.map(({ method, path }) => [method, path]),
          [[request.method, request.path]],
        );
        compareLook(told, looks, response.body as TaskBody);
      });
    }
    if (cancels) {
      it("Easel sends this to a task it has just found queued, and no other", async () => {
        const { request, response } = fixture(file);
        server.replies.push(answer({ status: "queued" }), response, answer({ status: cancels.found }));
        const result = await seedream.cancel?.({ task: taskIn(request.path) }, context);
        assert.deepEqual(result, { result: cancels.result });
        assert.deepEqual(
          server.received.map(({ method, path }) => [method, path]),
          [
            ["GET", request.path],
            [request.method, request.path],
            ...(cancels.found ? [["GET", request.path]] : []),
          ],
        );
      });
    }
    if (finds) {
      it("Easel finds its task in this", async () => {
        const { request, response } = fixture(file);
        const { items } = response.body as { items: { id: string; created_at: number }[] };
        server.replies.push(answer(response.body));
        const since = (items[0]?.created_at ?? 0) * 1000;
        const found = await seedream.find?.(requestOf(finds, "x"), since, context);
        assert.deepEqual(
          found?.map(({ operation, created }) => [seedream.taskId?.(operation), created]),
          items.map(({ id, created_at }) => [id, created_at * 1000]),
        );
        const [received] = server.received;
        assert.equal(received?.path.split("?")[0], request.path.split("?")[0]);
        const model = new URLSearchParams(request.path.split("?")[1]).get("filter.model");
        assert.equal(new URLSearchParams(received?.path.split("?")[1]).get("filter.model"), model);
      });
    }
  }
});

interface TaskBody {
  model: string;
  seed?: number;
  content?: Record<string, string>;
  usage?: { completion_tokens: number };
}

function taskIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function compareLook(told: readonly Told[], reading: LookReading, body: TaskBody): void {
  if (reading.phase) {
    assert.deepEqual(told, [{ type: "progress", phase: reading.phase }]);
    return;
  }
  if (reading.failed ?? reading.error) {
    const [event, ...more] = told;
    assert.deepEqual([event?.type, more], [reading.failed ? "failed" : "thrown", []]);
    assertFacts(event?.error, reading.failed ?? reading.error ?? {});
    return;
  }
  const { model, seed, content = {}, usage } = body;
  const outputs = (reading.outputs ?? []).map((name, index) => ({
    type: "output",
    index,
    source: { kind: "link", url: content[name], expires: Date.UTC(2026, 10, 13, 2, 3, 4) },
    facts: { seed, model, requestId, ...(index > 0 ? { kind: "image", part: "lastFrame" } : {}) },
  }));
  assert.deepEqual(told, [
    { type: "usage", usage: { units: { tokens: usage?.completion_tokens } } },
    ...outputs,
    { type: "done" },
  ]);
}

/** The words a request was made with. */
function promptOf({ prompt, content }: Record<string, unknown>): string {
  const items = Array.isArray(content) ? (content as { type: string; text?: string }[]) : [];
  return String(prompt ?? items.find(({ type }) => type === "text")?.text ?? "");
}

const picture: Ask = { model: "seedream-4-5", operation: "text-to-image" };
const clip: Ask = { model: "seedance-2-0", operation: "text-to-video" };

function expectedBody(body: Record<string, unknown>, differs?: Difference): Record<string, unknown> {
  const omits = differs?.omits ?? [];
  for (const [name, value] of Object.entries(differs?.adds ?? {})) {
    assert.notDeepEqual(body[name], value, `${name} is no difference`);
  }
  const kept = Object.entries(body).filter(([name]) => !omits.includes(name));
  return { ...Object.fromEntries(kept), ...differs?.adds };
}

function problemCodesOf(ask: Ask): string[] {
  return checkRequest(profileOf(ask), checkedOf(requestOf(ask, "a cat"))).map(({ code }) => code);
}

function compare(told: readonly Told[], reading: Reading, body: unknown): void {
  const of = (type: string) => told.filter((event) => event.type === type);
  if (reading.task) {
    const { id } = body as { id: string };
    assert.deepEqual(
      told.map(({ type, operation }) => [type, seedream.taskId?.(operation as Json)]),
      [["accepted", id]],
    );
    return;
  }
  const items = itemsOf(body);
  assert.deepEqual(
    of("output"),
    (reading.outputs ?? []).map((index) => expectedOutput(index, items[index] ?? {})),
  );
  const failures = Object.entries(reading.failures ?? {});
  assert.equal(of("failed").length, failures.length);
  for (const [index, facts] of failures) {
    const event = of("failed").find((candidate) => candidate.index === Number(index));
    assertFacts(event?.error, facts);
  }
  if (reading.error) {
    assert.deepEqual(
      told.map(({ type }) => type),
      ["thrown"],
    );
    assertFacts(told[0]?.error, reading.error);
    return;
  }
  assert.deepEqual(told.at(-1), { type: "done" });
  const usage = of("usage")[0]?.usage as { units: Record<string, number> } | undefined;
  assert.equal(usage?.units.images, reading.images);
}

/** The facts named, and a request id that is shown on its own and no longer in the message. */
function assertFacts(actual: unknown, expected: object): void {
  const facts = actual as Record<string, unknown>;
  assert.deepEqual({ ...facts, ...expected }, facts);
  assert.equal(facts.requestId, requestId);
  assert.doesNotMatch(String(facts.vendorMessage), /request id/i);
}

type Item = Record<string, unknown>;

/** The pictures of an answer by their slot, from JSON or from server-sent events. */
function itemsOf(body: unknown): Item[] {
  if (typeof body !== "string") {
    const { data, model } = body as { data?: Item[]; model?: string };
    return (data ?? []).map((item) => ({ ...item, model }));
  }
  const items: Item[] = [];
  for (const [, line] of body.matchAll(/^data: (\{.*\})$/gm)) {
    const item = JSON.parse(line ?? "") as Item;
    if (typeof item.image_index === "number") items[item.image_index] = item;
  }
  return items;
}

function expectedOutput(index: number, item: Item) {
  const box = item.bounding_box as { absolute: number[] } | undefined;
  const facts = {
    requestId,
    model: item.model,
    name: item.name,
    description: item.description,
    zIndex: item.z_index,
    box: box?.absolute,
  };
  const source =
    typeof item.b64_json === "string"
      ? { kind: "stream", bytes: Buffer.from(item.b64_json, "base64").toString("hex") }
      : { kind: "link", url: item.url, expires: Date.UTC(2026, 10, 13, 2, 3, 4) };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { type: "output", index, source, facts: Object.fromEntries(known) };
}
