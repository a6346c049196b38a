import assert from "node:assert/strict";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { testContext } from "../../../contract/context.ts";
import { type ReplayServer, type Reply, startReplay } from "../../../contract/replay.ts";

describe("looking at a Seedream key", () => {
  let server: ReplayServer;

  beforeEach(async () => {
    server = await startReplay("/api/v3");
  });
  afterEach(() => server.close());

  async function verified(replies: Reply[]) {
    server.replies.push(...replies);
    const context = testContext(server.baseUrl, { apiKey: "key-123456" });
    const result = await seedream.verify?.(context);
    await context.net.close();
    return {
      result,
      asked: server.received.map(({ method, path }) => `${method} ${path}`),
      steps: context.steps,
    };
  }

  const tasks = "GET /api/v3/contents/generations/tasks?page_num=1&page_size=1";
  const models = "GET /api/v3/models";
  const answer = (status: number, body: unknown = {}): Reply => ({ status, body });
  const unauthorized = answer(401, {
    error: { code: "AuthenticationError", message: "no. Request id: 02a" },
  });

  it("accepted where the list of tasks opens, and the key goes along", async () => {
    const { result, asked, steps } = await verified([answer(200, { total: 0, items: [] })]);
    assert.deepEqual(result, { result: "accepted" });
    assert.deepEqual(asked, [tasks]);
    assert.equal(server.received[0]?.headers.authorization, "Bearer key-123456");
    assert.deepEqual(steps, []);
  });

  it("rejected on 401", async () => {
    const { result, asked } = await verified([unauthorized]);
    assert.ok(result?.result === "rejected");
    assert.deepEqual([result.error.reason, result.error.requestId], ["credentials", "02a"]);
    assert.deepEqual(asked, [tasks]);
  });

  it("the list of models is asked where the list of tasks says nothing", async () => {
    const other = await verified([answer(404), answer(200, { data: [] })]);
    assert.deepEqual([other.result, other.asked], [{ result: "accepted" }, [tasks, models]]);
  });

  it("rejected by the second look too", async () => {
    const { result } = await verified([answer(404), unauthorized]);
    assert.equal(result?.result, "rejected");
  });

  it("cannot tell where neither answers, and never asks anything that costs", async () => {
    const { result, asked, steps } = await verified([answer(404), answer(403)]);
    assert.ok(result?.result === "cannotTell");
    assert.deepEqual([result.why, result.error?.status], ["noFreeProbe", 404]);
    assert.deepEqual(asked, [tasks, models]);
    assert.deepEqual(steps, []);
  });

  it("a page in place of an answer proves nothing", async () => {
    const page: Reply = { status: 200, body: "<html>Sign in to the network</html>" };
    const { result } = await verified([page, page]);
    assert.equal(result?.result, "cannotTell");
  });

  it("cannot tell where nobody answers", async () => {
    const context = testContext("https://127.0.0.1:9", { apiKey: "key" });
    const clock = { ...context.clock, sleep: async () => undefined };
    const http = {
      ...context.http,
      get: (request: Parameters<typeof context.http.get>[0]) =>
        context.http.get({ ...request, deadlineMs: 200 }),
    };
    const result = await seedream.verify?.({ ...context, clock, http });
    await context.net.close();
    assert.ok(result?.result === "cannotTell");
    assert.equal(result.why, "unreachable");
  });
});
