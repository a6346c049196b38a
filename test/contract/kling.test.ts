import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import { realClock } from "../../src/net/clock.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { kling } from "../../src/vendors/kling/index.ts";
import { inputOf } from "./asks.ts";
import { eventsOf, type Told } from "./context.ts";
import { compareTold, itHoldsEach } from "./held.ts";
import { type Difference, type Held, klingManifest, type Reading, type Sender } from "./kling-manifest.ts";
import { requestOf } from "./kling-samples.ts";
import { type Reply, useReplay } from "./replay.ts";

interface Fixture {
  request: { method: string; path: string; query: Record<string, string>; body: Record<string, unknown> };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}

const folder = new URL("../fixtures/contracts/kling/", import.meta.url);
const files = readdirSync(folder);

function fixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
}

/** A fixture's answer as it came over the wire, digit for digit. */
function replyOf(file: string): Reply {
  const { status, headers, body } = fixture(file).response;
  return { status, headers, body: body.$rawJson ?? body };
}

const nothing: Reply = { status: 200, body: { code: 0, message: "SUCCEED", request_id: "r", data: [] } };
const none = "67-error-1201-task-not-found.json";

describe("Kling contract", () => {
  const { server, context: plain } = useReplay("");

  function contextOf(more: Partial<VendorContext> = {}): VendorContext {
    const credentials = { accessKey: "ak", secretKey: "sk" };
    return { ...plain, credentials, clock: realClock, ...more };
  }

  itHoldsEach(klingManifest, files);

  for (const [file, held] of Object.entries(klingManifest)) {
    const { sends } = held;
    if (sends) it(`${file}: Easel sends this request`, () => sendsIt(file, sends));
    if (held.reads) it(`${file}: Easel reads this answer`, () => readsIt(file, held));
  }

  it("a result without a link, and a state that is not documented, end in no result", async () => {
    const path = "/v1/videos/text2video";
    const operation = { step: "task", api: "legacy", path, id: "1", unit: "videoUnits" };
    const answer = (data: object): Reply => ({
      status: 200,
      body: { code: 0, message: "SUCCEED", request_id: "r", data: { task_id: "1", ...data } },
    });
    const videos = [
      { id: "2", url: "" },
      { id: "3", url: "https://example.com/3.mp4" },
    ];
    server.replies.push(answer({ task_status: "succeed", task_result: { videos } }));
    const told = await status(operation, contextOf());
    assert.deepEqual(
      told.map(({ type, index }) => [type, index]),
      [
        ["failed", 0],
        ["output", 1],
        ["usage", undefined],
        ["done", undefined],
      ],
    );
    server.replies.push(answer({ task_status: "pondering" }));
    assert.deepEqual(await status(operation, contextOf()), [{ type: "progress", phase: "running" }]);
    server.replies.push({ status: 200, body: "<html>" });
    const [thrown] = await status(operation, contextOf());
    assert.match(JSON.stringify(thrown?.error), /"reason":"protocol","sent":"unknown"/);
  });

  async function sendsIt(file: string, sender: Sender): Promise<void> {
    const { request } = fixture(file);
    await play(file, sender);
    const received = server.received.find(
      ({ method, path }) => method === request.method && path.split("?")[0] === request.path,
    );
    assert.ok(received, JSON.stringify(server.received.map(({ path }) => path)));
    assert.match(String(received.headers.authorization), isNewer(sender) ? /^Bearer k$/ : /^Bearer eyJ/);
    if (request.method === "GET") return;
    assert.equal(received.headers["content-type"], "application/json");
    const differs = "differs" in sender ? sender.differs : undefined;
    const body = expectedBody(request.body, differs);
    const expected =
      isNewer(sender) || body.external_task_id === undefined ? body : { ...body, external_task_id: "job" };
    assert.deepEqual(received.body, expected);
  }

  async function readsIt(file: string, held: Held): Promise<void> {
    const sender = held.sends ?? held.sender;
    assert.ok(sender);
    compare(await play(file, sender, held.next), held.reads ?? {});
  }

  /** Does what sends the request, with the fixture's answer to it; what else is asked gets an answer that fits. */
  async function play(file: string, sender: Sender, next?: string): Promise<Told[]> {
    const reply = replyOf(file);
    if ("ask" in sender) {
      server.replies.push(reply, replyOf(next ?? none));
      const credentials = sender.apiKey ? { credentials: { apiKey: "k" } } : {};
      return eventsOf(kling.start(requestOf(sender.ask), contextOf(credentials)));
    }
    if ("verify" in sender) {
      server.replies.push(reply);
      assert.deepEqual(await kling.verify?.(contextOf()), { result: "accepted" });
      return [];
    }
    if ("look" in sender) return lookAt(sender, file, reply);
    return "library" in sender ? libraryCall(sender.library, file) : lipSync(sender.lipSync, reply);
  }

  async function lookAt(
    { look, id }: Extract<Sender, { look: string }>,
    file: string,
    reply: Reply,
  ): Promise<Told[]> {
    server.replies.push(reply);
    if (look === "job") {
      const request = requestOf({ model: "kling-v3", operation: "text-to-video", prompt: "x" });
      const found = (await kling.find?.(request, 0, contextOf({ jobId: id }))) ?? [];
      return found.map(({ operation }) => ({ type: "found", id: kling.taskId?.(operation) }));
    }
    const path = fixture(file).request.path.replace(/\/[^/]+$/, "");
    const api = look === "newer" ? "newer" : "legacy";
    return status({ step: "task", api, path, id, unit: "videoUnits" }, contextOf());
  }

  function status(operation: Json, context: VendorContext): Promise<Told[]> {
    assert.ok(kling.status);
    return eventsOf(kling.status(operation, context));
  }

  async function libraryCall(call: "list" | "create" | "remove", file: string): Promise<Told[]> {
    const { library } = kling;
    assert.ok(library);
    if (call === "remove") {
      server.replies.push(replyOf(file));
      await library.remove({ shelf: "elements", id: "321922438904313" }, contextOf());
      return [];
    }
    if (call === "list") {
      const isOwn = file.startsWith("43");
      server.replies.push(isOwn ? replyOf(file) : nothing, isOwn ? nothing : replyOf(file));
      return (await library.list("elements", contextOf())).map(({ id }) => ({ type: "item", id }));
    }
    server.replies.push(replyOf("40-element-create-image.json"), replyOf("42-element-query-succeed.json"));
    const made = await library.create(
      {
        shelf: "elements",
        form: "elementFromImages",
        prompt: "girl with red hood",
        options: { name: "Mia", tag: "o_102", voice: "" },
        inputs: [
          inputOf(["source", "https://example.com/front.png"]),
          inputOf(["reference", "https://example.com/side.png"]),
        ],
      },
      contextOf(),
    );
    return [{ type: "item", id: made.id }];
  }

  async function lipSync(step: "identify" | "choose", reply: Reply): Promise<Told[]> {
    const options = { soundTo: 3, soundAt: 1, soundVolume: 2, originalVolume: 0 };
    const request = requestOf({
      model: "kling-lip-sync",
      operation: "lip-sync",
      options,
      inputs: [
        ["video", "https://example.com/talk.mp4"],
        ["audio", "https://example.com/voice.mp3"],
      ],
    });
    const context = contextOf({ request: async () => request });
    if (step === "identify") {
      server.replies.push(reply);
      return eventsOf(kling.start(request, context));
    }
    server.replies.push(nothing, reply);
    const face = { id: "0", from: 0, to: 5200 };
    return status({ step: "identified", session: "s-000001", face, units: 0.05 }, context);
  }
});

function isNewer(sender: Sender): boolean {
  return "ask" in sender && sender.apiKey === true;
}

function expectedBody(body: Record<string, unknown>, differs?: Difference): Record<string, unknown> {
  for (const [name, value] of Object.entries(differs?.adds ?? {})) {
    assert.notDeepEqual(body[name], value, `${name} is no difference`);
  }
  const kept = Object.entries(body).filter(([name]) => !differs?.omits?.includes(name));
  return { ...Object.fromEntries(kept), ...differs?.adds };
}

function compare(told: readonly Told[], { usage, ids, ...base }: Reading): void {
  compareTold(told, base);
  if (usage) assert.deepEqual(told.find(({ type }) => type === "usage")?.usage, { units: usage });
  if (ids) {
    assert.deepEqual(
      told.map(({ id }) => id),
      ids,
    );
  }
}
