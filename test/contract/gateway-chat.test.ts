import assert from "node:assert/strict";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { chatted, linkedInput, soundInput } from "./gateway-client.ts";
import { type Reply, useReplay } from "./replay.ts";

const sse = { "content-type": "text/event-stream;charset=UTF-8", "x-request-id": "x-1" };

function piece(content: string, more: object = {}): string {
  return JSON.stringify({
    model: "qwen-plus",
    choices: [{ delta: { content }, finish_reason: null }],
    ...more,
  });
}
const stop = JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] });

function stream(...events: string[]): Reply {
  return { status: 200, headers: sse, body: events.map((data) => `data: ${data}\n\n`).join("") };
}

describe("AI Gateway chat", () => {
  const { server, context: plain } = useReplay("/v1", { apiKey: "key" });
  let context: VendorContext;
  beforeEach(() => {
    context = { ...plain };
  });

  it("tells its words as they come, before the answer has ended", async () => {
    let finish = () => {};
    server.replies.push((response) => {
      response.writeHead(200, sse);
      response.write(`data: ${piece("One")}\n\n`);
      finish = () => response.end(`data: ${piece(" two")}\n\ndata: ${stop}\n\ndata: [DONE]\n\n`);
    });
    const { gateway } = await import("../../src/vendors/gateway/index.ts");
    const pieces: string[] = [];
    for await (const event of gateway.chat?.({ instructions: "", text: "hi" }, context) ?? []) {
      if (event.type === "text") pieces.push(event.text);
      if (pieces.length === 1) finish();
    }
    assert.deepEqual(pieces, ["One", " two"]);
  });

  /** Rules of §3.2 that one body each shows. */
  const bodies: [string, Reply, string][] = [
    [
      "no space after data:, comments, and an end mark without its blank line",
      {
        status: 200,
        headers: sse,
        body: `: ping\n\ndata:${piece("Hi")}\n\n:\n\ndata:${stop}\n\ndata: [DONE]`,
      },
      "Hi",
    ],
    ["no end mark at all, but a reason to end", stream(piece("Hi"), stop), "Hi"],
    [
      "null and empty deltas, and no choices",
      stream(
        '{"choices":[{"delta":null}]}',
        '{"choices":[{"delta":{}}]}',
        '{"choices":[],"usage":{"total_tokens":3}}',
        piece("Hi"),
        stop,
      ),
      "Hi",
    ],
    [
      "reasoning beside the words, by either name",
      stream(
        '{"choices":[{"delta":{"content":null,"reasoning_content":"hm"}}]}',
        '{"choices":[{"delta":{"reasoning":"hm"}}]}',
        piece("4"),
        stop,
      ),
      "4",
    ],
    [
      "thoughts in front of the words",
      stream(piece("<think>h"), piece("m</th"), piece("ink>\n\n4"), stop),
      "4",
    ],
    [
      "an answer in one piece, with thoughts",
      {
        status: 200,
        body: { choices: [{ message: { content: "<think>x</think>4" }, finish_reason: "stop" }] },
      },
      "4",
    ],
    [
      "events that are said to be JSON",
      {
        status: 200,
        headers: { "content-type": "application/json" },
        body: `data: ${piece("Hi")}\n\ndata: [DONE]\n\n`,
      },
      "Hi",
    ],
    [
      "an answer that was cut for length",
      stream(piece("Hi"), '{"choices":[{"delta":{},"finish_reason":"length"}]}'),
      "Hi",
    ],
  ];
  for (const [what, reply, text] of bodies) {
    it(`reads ${what}`, async () => {
      server.replies.push(reply);
      const told = await chatted(context);
      assert.deepEqual([told.text, told.error], [text, undefined]);
    });
  }

  it("tells the tokens that any chunk carries, once", async () => {
    server.replies.push(stream(piece("Hi", { usage: { total_tokens: 3 } }), stop));
    assert.equal((await chatted(context)).tokens, 3);
  });

  it("a guard's refusal is policy, also in the middle of a stream, in JSON, or by a filter of the model's", async () => {
    const guard = { model: "from-security-guard" };
    const denial = JSON.stringify({ code: 1, denyMessage: "not this", blockedDetails: [] });
    server.replies.push(
      stream(piece("Part"), piece("not this", guard), stop),
      stream(piece(denial, guard), stop),
      stream(JSON.stringify({ choices: [{ delta: { content: "not this" }, x_higress_guardrail: {} }] })),
      stream(piece("Part"), '{"choices":[{"delta":{},"finish_reason":"content_filter"}]}'),
    );
    for (const message of ["not this", "not this", "not this", undefined]) {
      const { error } = await chatted(context);
      assert.deepEqual([error?.reason, error?.vendorMessage], ["policy", message]);
    }
  });

  it("what is cut off, empty or no chat is no answer", async () => {
    server.replies.push(
      stream(piece("Half a sen")),
      stream(stop),
      stream("{}"),
      { status: 200, body: "<html>Sign in</html>" },
      (response) => {
        response.writeHead(200, sse);
        response.write(`data: ${piece("Half")}\n\n`, () => response.socket?.resetAndDestroy());
      },
    );
    const broken = ["ambiguous", "protocol", "protocol", "protocol"];
    for (let n = 0; n < 5; n++) {
      const { error } = await chatted(context);
      assert.equal(error?.sent, "unknown");
      // How a connection breaks is the network's to tell.
      if (broken[n]) assert.equal(error?.reason, broken[n]);
    }
  });

  it("an error before any word is a refusal; after some it is not known what was billed", async () => {
    const error = '{"error":{"code":"limit_requests","message":"m"}}';
    server.replies.push(stream(error), stream(piece("Part"), error));
    const first = (await chatted(context)).error;
    const second = (await chatted(context)).error;
    assert.deepEqual([first?.sent, first?.retryable], ["refused", true]);
    assert.deepEqual([second?.sent, second?.retryable], ["unknown", false]);
  });

  it("asks the models the user named, and the one that sees where there are pictures", async () => {
    context = { ...context, settings: { models: { chat: "our-chat", vision: "our-eyes" } } };
    server.replies.push(stream(piece("a"), stop), stream(piece("b"), stop));
    await chatted(context, { instructions: "Be brief." });
    const png = soundInput(Buffer.from("png bytes"), "image/png");
    await chatted(context, {
      text: "What is it?",
      pictures: [png, linkedInput("https://example.com/a.png", "reference")],
    });
    const [words, sight] = server.received.map(({ body }) => body as Record<string, unknown>);
    assert.equal(words?.model, "our-chat");
    assert.deepEqual(words?.messages, [
      { role: "system", content: "Be brief." },
      { role: "user", content: "hi" },
    ]);
    assert.equal(sight?.model, "our-eyes");
    const data = `data:image/png;base64,${Buffer.from("png bytes").toString("base64")}`;
    assert.deepEqual(sight?.messages, [
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url: data } },
          { type: "image_url", image_url: { url: "https://example.com/a.png" } },
          { type: "text", text: "What is it?" },
        ],
      },
    ]);
  });

  it("is sent once, whatever comes", async () => {
    server.replies.push((response) => response.destroy(), stream(piece("a"), stop));
    assert.equal((await chatted(context)).error?.sent, "unknown");
    assert.equal(server.received.length, 1);
  });
});
