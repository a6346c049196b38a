import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import { realClock } from "../../src/net/clock.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { eventsOf, type Told } from "./context.ts";
import {
  type Difference,
  gatewayMediaManifest,
  type HeldMedia,
  type Reading,
  type Sender,
} from "./gateway-media-manifest.ts";
import { requestOf } from "./gateway-samples.ts";
import { compareTold, itHoldsEach } from "./held.ts";
import { type Reply, useReplay } from "./replay.ts";

type Body = Record<string, unknown>;

interface Fixture {
  request: { method: string; path: string; body: Body | null; headers: Record<string, string> };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const folder = new URL("../fixtures/contracts/alibaba-ai-gateway/", import.meta.url);

function fixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
}

function replyOf(file: string): Reply {
  const { status, headers, body } = fixture(file).response;
  return { status, headers, body };
}

describe("AI Gateway contract: pictures, videos, tasks", () => {
  const { server, context } = useReplay("/v1", { apiKey: "k" });
  before(() => {
    context.clock = { ...realClock, sleep: async () => undefined };
  });

  const files = readdirSync(folder).filter((file) => /^[345]/.test(file));
  itHoldsEach(gatewayMediaManifest, files);

  for (const [file, held] of Object.entries(gatewayMediaManifest)) {
    const { sends } = held;
    if (sends) it(`${file}: Easel sends this request`, () => sendsIt(file, sends, held.next));
    if (held.reads) it(`${file}: Easel reads this answer`, () => readsIt(file, held));
  }

  async function sendsIt(file: string, sender: Sender, next?: string): Promise<void> {
    const { request } = fixture(file);
    await play(file, sender, next);
    const received = server.received.find(
      ({ method, path }) => method === request.method && path === request.path,
    );
    assert.ok(received, JSON.stringify(server.received.map(({ path }) => path)));
    assert.equal(received.headers.authorization, "Bearer k");
    assert.equal(received.headers["x-dashscope-async"], request.headers["X-DashScope-Async"]);
    if (request.body === null) return;
    assert.equal(received.headers["content-type"], "application/json");
    assert.deepEqual(received.body, expected(request.body, "ask" in sender ? sender.differs : undefined));
  }

  async function readsIt(file: string, held: HeldMedia): Promise<void> {
    const sender = held.sends ?? held.sender;
    assert.ok(sender);
    compare(await play(file, sender, held.next), held.reads ?? {});
  }

  /** Does what sends the request, with the fixture's answer to it; what is asked next gets the answer named. */
  async function play(file: string, sender: Sender, next?: string): Promise<Told[]> {
    server.replies.push(replyOf(file), ...(next ? [replyOf(next)] : []));
    if ("ask" in sender) return eventsOf(gateway.start(requestOf(sender.ask), context));
    if ("look" in sender) return look(sender.look, sender.kind ?? "video");
    if ("cancel" in sender) {
      assert.ok(gateway.cancel);
      return [{ type: "cancel", ...(await gateway.cancel(operation(sender.cancel, "image"), context)) }];
    }
    const created = (fixture(file).response.body as { data: { gmt_create: number }[] }).data[0]?.gmt_create;
    const found = (await gateway.find?.(requestOf(sender.find), Number(created), context)) ?? [];
    return found.map((task) => ({ type: "found", operation: task.operation }));
  }

  function look(task: string, kind: "image" | "video", own: VendorContext = context): Promise<Told[]> {
    assert.ok(gateway.status);
    return eventsOf(gateway.status(operation(task, kind), own));
  }

  it("a task that is not known for once only is looked at again", async () => {
    server.replies.push(replyOf("50-task-unknown.json"), replyOf("41-video-poll-succeeded-wan26.json"));
    const told = await look("c15d5b14-07c4-4af5-b862-xxxxxx", "video");
    assert.equal(told.at(-1)?.type, "done");
    assert.equal(server.received.length, 2);
  });

  it("a success without anything in it, and a state nobody documents, end in no result", async () => {
    const answer = (output: Body): Reply => ({
      status: 200,
      body: { request_id: "r", output: { task_id: "1", ...output } },
    });
    server.replies.push(answer({ task_status: "SUCCEEDED" }), answer({ task_status: "SUSPENDED" }));
    const [thrown] = await look("1", "image");
    assert.match(JSON.stringify(thrown?.error), /"reason":"protocol","sent":"unknown"/);
    assert.deepEqual(await look("1", "image"), [{ type: "progress", phase: "running" }]);
    server.replies.push(answer({ task_status: "CANCELED" }));
    const [cancelled] = await look("1", "image");
    assert.match(JSON.stringify(cancelled?.error), /"sent":"refused".*taskCancelled/);
  });

  it("collects the pictures of every choice and every content item, and the words between them", async () => {
    const image = (name: string) => ({ type: "image", image: `https://example.com/${name}.png` });
    const message = (...content: unknown[]) => ({ message: { role: "assistant", content } });
    server.replies.push({
      status: 200,
      body: {
        request_id: "r",
        output: {
          choices: [
            message({ type: "text", text: "First" }, image("a"), image("b")),
            message({ text: "Then" }, image("c")),
          ],
          task_metric: { TOTAL: 4, SUCCEEDED: 3, FAILED: 1 },
        },
        usage: { image_count: 3 },
      },
    });
    const ask = { model: "qwen-image-2.0", operation: "text-to-image", prompt: "x" } as const;
    const told = await eventsOf(gateway.start(requestOf({ ...ask, options: { count: 4 } }), context));
    assert.deepEqual(
      told.map(({ type, index, text }) => text ?? index ?? type),
      ["answer", "First", "Then", 0, 1, 2, 3, "usage", "done"],
    );
    assert.deepEqual(told.find(({ type }) => type === "usage")?.usage, {
      units: { images: 3 },
      money: { amount: 0.6, currency: "CNY" },
    });
  });

  it("looks for a task in the minutes of the call only, through all pages", async () => {
    const since = 1745568428109;
    const page = (...rows: [string, number][]): Reply => ({
      status: 200,
      body: { total_page: 2, data: rows.map(([id, at]) => ({ task_id: id, gmt_create: since + at })) },
    });
    const running: Reply = { status: 200, body: { output: { task_id: "x", task_status: "RUNNING" } } };
    server.replies.push(
      page(["early", -11_000], ["first", -9_000]),
      page(["second", 359_000], ["late", 361_000]),
      running,
      running,
    );
    const ask = { model: "wan2.6-t2v", operation: "text-to-video", prompt: "x" } as const;
    const found = (await gateway.find?.(requestOf(ask), since, context)) ?? [];
    assert.deepEqual(
      found.map(({ operation: each }) => gateway.taskId?.(each)),
      ["first", "second"],
    );
    const [list] = server.received;
    const query = new URL(list?.path ?? "", "http://x").searchParams;
    assert.deepEqual(
      [query.get("start_time"), query.get("end_time"), query.get("model_name"), query.get("page_no")],
      ["20250425080658", "20250425161308", "wan2.6-t2v", "1"],
    );
  });

  it("looks by the vendor's clock where the own one is off: by little in both, by much in that alone", async () => {
    const ask = { model: "wan2.6-t2v", operation: "text-to-video", prompt: "x" } as const;
    const running: Reply = { status: 200, body: { output: { task_id: "x", task_status: "RUNNING" } } };
    const found = async (ahead: number, ...made: number[]) => {
      const since = Date.now();
      const list: Reply = {
        status: 200,
        headers: { date: new Date(since + ahead).toUTCString() },
        body: { data: made.map((at, index) => ({ task_id: String(index), gmt_create: since + at })) },
      };
      server.replies.length = 0;
      server.replies.push(list, list, ...made.map(() => running));
      const tasks = (await gateway.find?.(requestOf(ask), since, context)) ?? [];
      return tasks.map(({ operation: each }) => gateway.taskId?.(each));
    };
    const minutes = 60_000;
    assert.deepEqual(await found(20 * minutes, 0, 20 * minutes, 30 * minutes), ["0", "1"]);
    assert.deepEqual(await found(-20 * minutes, 0, -20 * minutes, -21 * minutes), ["0", "1"]);
    assert.deepEqual(await found(48 * 60 * minutes, 0, 48 * 60 * minutes), ["1"]);
  });

  it("a task that was found is not taken for the job's when it tells of another prompt", async () => {
    const since = 1745568428109;
    const ask = {
      model: "wan2.6-t2v",
      operation: "text-to-video",
      prompt: "A lighthouse in fog, waves",
    } as const;
    const list: Reply = {
      status: 200,
      body: { total_page: 1, data: [{ task_id: "1", gmt_create: since, status: "SUCCEEDED" }] },
    };
    const find = async (prompt: string) =>
      (await gateway.find?.(requestOf({ ...ask, prompt }), since, context)) ?? [];
    server.replies.push(list, replyOf("41-video-poll-succeeded-wan26.json"));
    assert.deepEqual(await find("A bicycle"), []);
    server.replies.push(list, replyOf("41-video-poll-succeeded-wan26.json"));
    const [task] = await find("A lighthouse in  fog, waves");
    assert.ok(task);
    const running = { status: 200, body: { output: { task_id: "1", task_status: "RUNNING" } } };
    server.replies.push(list, running);
    const [other] = await find("A bicycle");
    assert.ok(other && gateway.status);
    server.replies.push(replyOf("41-video-poll-succeeded-wan26.json"));
    const bicycle = { ...context, request: async () => requestOf({ ...ask, prompt: "A bicycle" }) };
    const [failed] = await eventsOf(gateway.status(other.operation, bicycle));
    assert.match(JSON.stringify(failed?.error), /"sent":"unknown".*foreignTask/);
    server.replies.push(replyOf("41-video-poll-succeeded-wan26.json"));
    const lighthouse = { ...context, request: async () => requestOf(ask) };
    assert.equal((await eventsOf(gateway.status(other.operation, lighthouse))).at(-1)?.type, "done");
  });
});

function operation(task: string, kind: "image" | "video"): Json {
  return { task, kind, model: kind === "image" ? "wan2.5-t2i-preview" : "wan2.6-i2v" };
}

function expected(body: Body, differs?: Difference): Body {
  const part = (name: "input" | "parameters") => {
    const theirs = (body[name] ?? {}) as Body;
    const adds = differs?.[name] ?? {};
    for (const [key, value] of Object.entries(adds)) {
      assert.notDeepEqual(theirs[key], value, `${key} is no difference`);
    }
    const kept = Object.entries(theirs).filter(([key]) => !differs?.omits?.includes(`${name}.${key}`));
    return { ...Object.fromEntries(kept), ...adds };
  };
  return { model: body.model, input: part("input"), parameters: part("parameters") };
}

function compare(told: readonly Told[], { usage, cancelled, tasks, ...base }: Reading): void {
  compareTold(told, base);
  if (usage) {
    const used = told.find(({ type }) => type === "usage")?.usage as { units: unknown } | undefined;
    assert.deepEqual(used?.units, usage);
  }
  if (cancelled) assert.equal(told[0]?.result, cancelled);
  if (tasks) {
    const operations = told.filter(({ operation: each }) => each !== undefined);
    assert.deepEqual(
      operations.map(({ operation: each }) => gateway.taskId?.(each as Json)),
      tasks,
    );
  }
}
