import assert from "node:assert/strict";
import { type Body, useClient } from "./control.ts";
import { type Answer, frames, gatewayClient, PNG, WAV } from "./simulator-gateway-client.ts";

type Choice = { delta: Body | null; message: Body; finish_reason: string | null };
type Chunk = { choices: Choice[]; usage: Body | null; model: string; error?: Body };

const PICTURE = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } };
const SOUND = `data:audio/wav;base64,${WAV.toString("base64")}`;
const INVALID = [400, "invalid_parameter_error"];

describe("gateway simulator: chat", function () {
  this.timeout(60_000);
  const { ready, client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: 1000 });

  const said = ({ status, body }: Answer) => [status, body.code ?? (body.error as Body | undefined)?.code];
  const reply = ({ body }: Answer) => (body.choices as Choice[])[0]?.message ?? {};
  const chunks = ({ text }: Answer) =>
    frames(text).filter((frame): frame is Chunk => typeof frame === "object");
  const spoken = (answer: Answer) =>
    chunks(answer)
      .map(({ choices }) => choices[0]?.delta?.content ?? "")
      .join("");
  const charged = async () =>
    (await gateway.charges()).map(({ operation, amount, unit }) => [operation, amount, unit]);

  describe("a chat", () => {
    it("makes a better prompt, follows a schema, and knows its ping", async () => {
      assert.equal(
        reply(await gateway.chat("a boat [slow 1ms]")).content,
        "a boat, in soft morning light, wide angle.",
      );
      assert.equal(reply(await gateway.chat("ping")).content, "pong");
      const schema = {
        type: "object",
        properties: { alt: { type: "string" }, tags: { type: "array", items: { type: "string" } } },
      };
      const format = { type: "json_schema", json_schema: { name: "alt", schema } };
      const { content } = reply(await gateway.chat("x", { response_format: format }));
      assert.deepEqual(JSON.parse(String(content)), { alt: "Hangzhou", tags: ["Hangzhou"] });
      const { content: object } = reply(
        await gateway.chat("x", { response_format: { type: "json_object" } }),
      );
      assert.deepEqual(JSON.parse(String(object)), { answer: "x" });
      const other = await gateway.chat("x [answers qwen-max] [say yes, sir]");
      assert.deepEqual([other.body.model, reply(other).content], ["qwen-max", "yes, sir"]);
    });

    it("looks at pictures as links or data URIs", async () => {
      const look = (part: Body) =>
        gateway.chat([{ type: "text", text: "Alt text?" }, part], { model: "qwen3-vl-plus" });
      assert.match(String(reply(await look(PICTURE)).content), /1024 by 768/);
      const url = (value: unknown) => look({ type: "image_url", image_url: { url: value } });
      assert.equal((await url("https://example.com/a.png")).status, 200);
      assert.deepEqual(said(await url("https://nowhere.test/a.png")), INVALID);
      assert.deepEqual(said(await url(PNG.toString("base64"))), INVALID);
      assert.deepEqual(said(await url("data:image/png;base64,AAAA")), INVALID);
      assert.deepEqual(
        said(await look({ type: "image_url", image_url: "https://example.com/a.png" })),
        INVALID,
      );
      assert.deepEqual(said(await look({ type: "picture" })), INVALID);
    });

    it("hears a sound as a link or a data URI", async () => {
      const hear = (data: string, more: Body = {}) =>
        gateway.chat([{ type: "input_audio", input_audio: { data } }], { model: "qwen3-asr-flash", ...more });
      const answer = await hear(SOUND);
      assert.equal(reply(answer).content, "Hello world.");
      assert.equal((answer.body.usage as Body).seconds, 2);
      assert.equal((await hear("https://example.com/a.mp3?seconds=300")).status, 200);
      assert.deepEqual(said(await hear("https://example.com/a.mp3?seconds=301")), INVALID);
      assert.deepEqual(said(await hear(WAV.toString("base64"))), INVALID);
      assert.deepEqual(said(await hear(SOUND, { stream_options: { include_usage: true } })), INVALID);
      assert.deepEqual(said(await gateway.chat("x", { model: "qwen3-asr-flash" })), INVALID);
      assert.deepEqual(await charged(), [
        ["speech-to-text", 2, "second"],
        ["speech-to-text", 300, "second"],
      ]);
    });

    it("refuses what no model takes", async () => {
      const ask = async (more: Body) => said(await gateway.chat("x", more));
      assert.deepEqual(await ask({ model: "nobody" }), [404, "model_not_found"]);
      assert.deepEqual(await ask({ model: "qwen-image-plus" }), INVALID);
      assert.deepEqual(await ask({ messages: [] }), [400, "invalid_request_error"]);
      assert.deepEqual(await ask({ messages: [{ role: "robot", content: "x" }] }), INVALID);
      assert.deepEqual(await ask({ messages: [{ role: "user", content: 1 }] }), INVALID);
      for (const wrong of [
        { max_tokens: 0 },
        { temperature: 3 },
        { top_p: 2 },
        { stream: "yes" },
        { response_format: { type: "xml" } },
      ])
        assert.deepEqual(await ask(wrong), INVALID, JSON.stringify(wrong));
      const marks = Array.from({ length: 5 }, () => ({
        type: "text",
        text: "x",
        cache_control: { type: "ephemeral" },
      }));
      assert.deepEqual(await ask({ messages: [{ role: "user", content: marks }] }), INVALID);
      assert.deepEqual(await ask({ messages: [{ role: "user", content: marks.slice(1) }] }), [
        200,
        undefined,
      ]);
      const bare = await gateway.call({
        path: "/v1/chat/completions",
        headers: { "Content-Type": "text/plain" },
        body: "{}",
      });
      assert.deepEqual(said(bare), INVALID);
      assert.deepEqual(said(await gateway.call({ path: "/v1/chat/completions", body: "{" })), INVALID);
      assert.deepEqual(await charged(), [["chat", 20, "token"]]);
    });

    it("streams some models alone", async () => {
      assert.deepEqual(said(await gateway.chat("x", { model: "qwq-plus" })), INVALID);
      assert.deepEqual(said(await gateway.chat("x", { model: "qwen3-32b" })), INVALID);
      assert.equal((await gateway.chat("x", { model: "qwen3-32b", enable_thinking: false })).status, 200);
      const thinking = chunks(await gateway.chat("x", { model: "qwq-plus", stream: true }));
      assert.ok(thinking.some(({ choices }) => choices[0]?.delta?.reasoning_content));
    });
  });

  describe("a chat's stream", () => {
    const stream = (content: string, more: Body = {}) => gateway.chat(content, { stream: true, ...more });
    const WORDS = "a boat, in soft morning light, wide angle.";

    it("says the same in every legal form", async () => {
      for (const style of [
        "",
        "tight",
        "comments",
        "open",
        "no-done",
        "null-delta",
        "usage-early",
        "split",
      ]) {
        const answer = await stream(`a boat [sse ${style}]`);
        assert.equal(spoken(answer), WORDS, style);
        assert.equal(answer.text.includes("[DONE]"), style !== "no-done");
        assert.equal(answer.text.endsWith("\n\n"), style !== "open");
        assert.equal(/^data:\{/m.test(answer.text), style === "tight");
        assert.equal(/^: /m.test(answer.text), style === "comments");
        assert.equal(
          chunks(answer).some(({ choices }) => choices[0]?.delta === null),
          style === "null-delta",
        );
        const usages = chunks(answer).filter(({ usage }) => usage !== null);
        assert.deepEqual(
          usages.map(({ choices }) => choices.length),
          [style === "usage-early" ? 1 : 0],
        );
      }
    });

    it("breaks off with an error, or with the guard's words", async () => {
      const broken = await stream("a boat [midway Throttling.RateQuota]");
      assert.equal(chunks(broken).at(-1)?.error?.code, "limit_requests");
      assert.ok(!broken.text.includes("[DONE]"));
      const guarded = chunks(await stream("a boat [sse guard]"));
      assert.ok(guarded.some(({ model }) => model === "from-security-guard"));
    });

    it("thinks apart or within the words", async () => {
      const apart = chunks(await stream("x", { enable_thinking: true }));
      assert.ok(apart.some(({ choices }) => choices[0]?.delta?.reasoning_content));
      assert.match(spoken(await stream("x [think]", { enable_thinking: true })), /^<think>.+<\/think>x, /);
    });

    it("counts only when asked to, where no gateway asks for it", async () => {
      const { direct } = ready.gateway;
      const ask = async (more: Body) =>
        chunks(
          await gateway.send({
            path: "/dashscope/compatible-mode/v1/chat/completions",
            headers: { Authorization: `Bearer ${direct.apiKey}`, "Content-Type": "application/json" },
            body: { model: "qwen-plus", stream: true, messages: [{ role: "user", content: "x" }], ...more },
          }),
        ).at(-1)?.usage;
      assert.equal(await ask({}), null);
      assert.ok(await ask({ stream_options: { include_usage: true } }));
    });
  });

  /** The contract's table of errors (§4.2): status and compatible code by native code. */
  const ERRORS: Record<string, [number, string]> = {
    InvalidParameter: [400, "invalid_parameter_error"],
    "BadRequest.EmptyInput": [400, "invalid_request_error"],
    "BadRequest.EmptyModel": [400, "invalid_request_error"],
    InvalidURL: [400, "invalid_request_error"],
    UnsupportedOperation: [400, "invalid_request_error"],
    DataInspectionFailed: [400, "data_inspection_failed"],
    IPInfringementSuspect: [400, "data_inspection_failed"],
    Arrearage: [400, "Arrearage"],
    InvalidApiKey: [401, "invalid_api_key"],
    AccessDenied: [403, "AccessDenied"],
    "Model.AccessDenied": [403, "Model.AccessDenied"],
    "Workspace.AccessDenied": [403, "Workspace.AccessDenied"],
    "AccessDenied.Unpurchased": [403, "AccessDenied.Unpurchased"],
    "AllocationQuota.FreeTierOnly": [403, "AllocationQuota.FreeTierOnly"],
    ModelNotFound: [404, "model_not_found"],
    WorkSpaceNotFound: [404, "WorkSpaceNotFound"],
    RequestTimeOut: [408, "RequestTimeOut"],
    "BadRequest.TooLarge": [413, "BadRequest.TooLarge"],
    "BadRequest.InputDownloadFailed": [415, "BadRequest.InputDownloadFailed"],
    UnsupportedFileFormat: [415, "UnsupportedFileFormat"],
    Throttling: [429, "limit_requests"],
    "Throttling.RateQuota": [429, "limit_requests"],
    LimitRequests: [429, "limit_requests"],
    "Throttling.BurstRate": [429, "limit_burst_rate"],
    "Throttling.AllocationQuota": [429, "insufficient_quota"],
    PrepaidBillOverdue: [429, "PrepaidBillOverdue"],
    PostpaidBillOverdue: [429, "PostpaidBillOverdue"],
    CommodityNotPurchased: [429, "CommodityNotPurchased"],
    InternalError: [500, "internal_error"],
    "InternalError.Algo": [500, "internal_error"],
    "InternalError.Timeout": [500, "internal_error"],
    SystemError: [500, "internal_error"],
    ModelServiceFailed: [500, "internal_error"],
    ModelUnavailable: [503, "ModelUnavailable"],
  };
  it("plays every error of the contract in either envelope, uncharged", async () => {
    for (const [code, [status, compat]] of Object.entries(ERRORS)) {
      assert.deepEqual(said(await gateway.chat(`x [error ${code}]`)), [status, compat]);
      assert.deepEqual(said(await gateway.chat(`x [native][error ${code}]`)), [status, code]);
    }
    assert.deepEqual(await charged(), []);
  });

  it("guards, caches and refuses in every dialect, uncharged", async () => {
    assert.equal((await gateway.chat("x [blocked]")).body.model, "from-security-guard");
    assert.equal((await gateway.chat("x [cached]")).body.id, "from-cache");
    const skipped = await gateway.compat(
      "chat/completions",
      { model: "qwen-plus", messages: [{ role: "user", content: "x [cached]" }] },
      { "x-higress-skip-ai-cache": "on" },
    );
    assert.equal(skipped.body.model, "qwen-plus");
    const ask = async (marker: string, more: Body = {}) => {
      const { status, text } = await gateway.chat(`x ${marker}`, more);
      return [status, text.replace(/"request_id":"[^"]+"/, "")];
    };
    assert.deepEqual(await ask("[gateway timeout]"), [504, "upstream request timeout"]);
    assert.deepEqual(await ask("[gateway unsupported]"), [
      500,
      "failed to process request body: unsupported API name",
    ]);
    assert.deepEqual(await ask("[gateway no-route]"), [404, ""]);
    assert.match(String((await ask("[error insufficient_quota]"))[1]), /"code":"insufficient_quota"/);
    assert.match(
      String((await ask("[error insufficient_quota][native]"))[1]),
      /"code":"Throttling.AllocationQuota"/,
    );
    assert.equal((await ask("[error Arrearage 403]"))[0], 403);
    assert.deepEqual(said(await gateway.chat("x [error Arrearage]", { top_p: 9 })), [400, "Arrearage"]);
    assert.deepEqual(said(await gateway.chat("x [error InternalError]", { top_p: 9 })), INVALID);
    const limited = (await gateway.chat("x [error limit_requests]")).body;
    assert.deepEqual(
      [Object.keys(limited), Object.keys(limited.error as Body)],
      [["error"], ["message", "type", "code"]],
    );
    const framed = await ask("[framed Throttling.RateQuota]");
    assert.deepEqual([framed[0], String(framed[1]).slice(0, 7)], [429, "data: {"]);
    assert.deepEqual(
      (await ask("[framed InternalError 200][native]")).map((part) => String(part).slice(0, 33)),
      ["200", "id:1\nevent:error\n:HTTP_STATUS/500"],
    );
    assert.equal((await charged()).length, 1);
  });
});
