import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import type { InputFile, VendorContext } from "../../src/vendors/contract.ts";
import type { VendorErrorFacts } from "../../src/vendors/errors.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { eventsOf, type Told } from "./context.ts";
import { errorFacts, gatewayRequest, linkedInput, soundInput } from "./gateway-client.ts";
import { type Received, type Reply, useReplay } from "./replay.ts";

const sound = readFileSync(new URL("../fixtures/media/plain.mp3", import.meta.url));
const unsupported: Reply = {
  status: 500,
  headers: { "content-type": "text/plain" },
  body: "failed to process request body: unsupported API name",
};
const noRoute: Reply = { status: 404, body: "" };
const overloaded: Reply = { status: 429, body: { code: "Throttling", message: "m", request_id: "r" } };
const ok = (body: object): Reply => ({ status: 200, body });

describe("AI Gateway routes", () => {
  const { server, context: plain } = useReplay("/v1", { apiKey: "key" });
  let context: VendorContext;
  let steps: string[];
  beforeEach(() => {
    steps = [];
    context = {
      ...plain,
      spend(step, send) {
        assert.ok(!steps.includes(step), `${step} is journalled twice`);
        steps.push(step);
        return plain.spend(step, send);
      },
    };
  });

  const paths = () => server.received.map(({ path }) => path);
  const chosen = (routes: Record<string, Json>) => ({ ...context, settings: { routes } });

  describe("of rerank", () => {
    const results = [
      { index: 1, relevance_score: 0.2 },
      { index: 0, relevance_score: 0.9 },
    ];
    const rerank = (by = context) => gateway.rerank?.("q", ["a", "b"], by);
    const native = "/api/v1/services/rerank/text-rerank/text-rerank";

    it("are tried in the contract's order, the unsupported ones as refusals", async () => {
      server.replies.push(noRoute, unsupported, ok({ output: { results } }));
      assert.deepEqual(await rerank(), [
        { index: 0, score: 0.9 },
        { index: 1, score: 0.2 },
      ]);
      assert.deepEqual(paths(), ["/v1/reranks", "/v1/rerank", native]);
    });

    it("stop at the first that is there, whatever it answers", async () => {
      server.replies.push(overloaded, ok({ results }));
      assert.equal((await errorFacts(rerank()))?.reason, "rateLimit");
      server.replies.length = 0;
      steps.length = 0;
      server.replies.push({ status: 404, body: { error: { code: "model_not_found", message: "m" } } });
      assert.equal((await errorFacts(rerank()))?.next, "checkModel");
      steps.length = 0;
      server.replies.push(ok({ results: [] }));
      assert.equal((await errorFacts(rerank()))?.sent, "unknown");
      assert.deepEqual(paths(), ["/v1/reranks", "/v1/reranks", "/v1/reranks"]);
    });

    it("end with the one that is missing and the setting that chooses another", async () => {
      server.replies.push(noRoute, noRoute, noRoute);
      const facts = await errorFacts(rerank());
      assert.deepEqual([facts?.route, facts?.next, facts?.sent], [native, "gatewayRoutes", "refused"]);
      server.received.length = 0;
      steps.length = 0;
      server.replies.push({ status: 405, body: "" });
      assert.equal((await errorFacts(rerank(chosen({ rerank: "rerank" }))))?.route, "/rerank");
      assert.deepEqual(paths(), ["/v1/rerank"]);
    });

    it("places that do not exist or come twice are left out, and one score is kept as it is", async () => {
      const odd = [
        { index: 5, relevance_score: 1 },
        { index: -1, relevance_score: 1 },
        { index: 1, relevance_score: 0.1 },
        { index: 1, relevance_score: 0.8 },
        { index: "0", relevance_score: 0.8 },
      ];
      server.replies.push(ok({ results: odd }));
      assert.deepEqual(await rerank(), [{ index: 1, score: 0.1 }]);
    });

    it("more than 500 documents go in several calls, by the route that was found, and are ranked together", async () => {
      const documents = Array.from({ length: 501 }, (_, at) => `d${at}`);
      server.replies.push(noRoute, ok({ results }), ok({ results: [{ index: 0, relevance_score: 0.5 }] }));
      const ranked = await gateway.rerank?.("q", documents, context);
      assert.deepEqual(
        ranked?.map(({ index }) => index),
        [0, 500, 1],
      );
      assert.deepEqual(paths(), ["/v1/reranks", "/v1/rerank", "/v1/rerank"]);
    });
  });

  describe("of embedding", () => {
    const vectors = (count: number, model = "text-embedding-v4", size = 2): Reply =>
      ok({
        model,
        data: Array.from({ length: count }, (_, index) => ({
          index,
          embedding: Array.from({ length: size }, () => index),
        })).reverse(),
      });
    const texts = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);
    const embed = (count: number) => gateway.embed?.(texts(count), "document", context);

    it("ten texts go in a call, in order, and the model that answered is told", async () => {
      server.replies.push(vectors(10, "routed"), vectors(2, "routed"));
      const { model, vectors: found } = (await embed(12)) ?? {};
      assert.equal(model, "routed");
      assert.deepEqual(
        found?.map(([first]) => first),
        [...Array(10).keys(), 0, 1],
      );
      const sent = server.received.map(({ body }) => (body as { input: string[] }).input.length);
      assert.deepEqual(sent, [10, 2]);
    });

    it("the native one is taken when there is no other, for all texts, with their use", async () => {
      const answer = (count: number) =>
        ok({
          output: {
            embeddings: Array.from({ length: count }, (_, at) => ({ text_index: at, embedding: [at] })),
          },
        });
      server.replies.push(noRoute, answer(10), answer(1));
      assert.equal((await embed(11))?.vectors.length, 11);
      const [, , last] = server.received.map(({ body }) => body as { parameters?: object });
      assert.deepEqual(last?.parameters, { text_type: "document", output_type: "dense" });
    });

    it("with neither the first is named", async () => {
      server.replies.push(noRoute, noRoute);
      assert.equal((await errorFacts(embed(1)))?.route, "/embeddings");
    });

    it("vectors of two models, of two lengths, too few or twice the same are no answer", async () => {
      const twice = ok({
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      });
      const wrong = [
        [vectors(10, "a"), vectors(1, "b")],
        [vectors(10), vectors(1, "text-embedding-v4", 3)],
        [vectors(9)],
        [vectors(11)],
        [twice],
        [ok({ data: [{ index: 0, embedding: "AAAA" }] })],
      ];
      for (const replies of wrong) {
        server.replies.length = 0;
        steps.length = 0;
        server.replies.push(...replies);
        const facts = await errorFacts(embed(replies.length > 1 ? 11 : replies[0] === twice ? 2 : 10));
        assert.deepEqual([facts?.reason, facts?.sent], ["protocol", "unknown"]);
      }
    });

    it("an error inside a good answer is an error", async () => {
      server.replies.push(ok({ code: "Throttling", message: "m" }));
      assert.equal((await errorFacts(embed(1)))?.reason, "rateLimit");
    });
  });

  describe("of speech", () => {
    const spoken = (by: VendorContext, model = "qwen3-tts-flash", options = {}) =>
      eventsOf(gateway.start(gatewayRequest("speech", model, { prompt: "Hi.", options }), by));
    const file: Reply = (response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.end(sound);
    };

    it("the native one first, then OpenAI's, whose answer is the file", async () => {
      server.replies.push(noRoute, file);
      const [output, done] = await spoken(context);
      assert.equal(sourceOf(output).bytes, sound.toString("hex"));
      assert.equal(done?.type, "done");
      assert.deepEqual(server.received[1]?.body, {
        model: "qwen3-tts-flash",
        input: "Hi.",
        voice: "Cherry",
        response_format: "wav",
      });
    });

    it("only the one the user chose", async () => {
      server.replies.push(noRoute);
      const [thrown] = await spoken(chosen({ speech: "openai" }));
      assert.deepEqual(paths(), ["/v1/audio/speech"]);
      const facts = factsOf(thrown);
      assert.deepEqual([facts.route, facts.next], ["/audio/speech", "gatewayRoutes"]);
    });

    it("a redirect is followed later, without credentials; one to nowhere is an error", async () => {
      const found = (location: string): Reply => ({ status: 302, headers: { location }, body: "" });
      server.replies.push(found("/files/a.wav"), found("http://[/"));
      const openAi = { modelName: "tts" };
      const [output] = await spoken(context, "openai-speech", openAi);
      assert.equal(sourceOf(output).url, new URL("/files/a.wav", server.baseUrl).href);
      steps.length = 0;
      const [thrown] = await spoken(context, "openai-speech", openAi);
      assert.equal(factsOf(thrown).reason, "protocol");
      assert.equal(server.received.length, 2);
    });

    it("an error or a page in place of the file is no file", async () => {
      server.replies.push(
        {
          status: 200,
          headers: { "content-type": "application/json" },
          body: { error: { code: "data_inspection_failed", message: "m" } },
        },
        { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" },
        { status: 400, body: `data: ${JSON.stringify({ error: { code: "Arrearage", message: "m" } })}\n\n` },
      );
      const reasons = [];
      for (let n = 0; n < 3; n++) {
        steps.length = 0;
        const [thrown] = await spoken(context, "openai-speech", { modelName: "tts" });
        reasons.push(factsOf(thrown).reason);
      }
      assert.deepEqual(reasons, ["policy", "protocol", "balance"]);
    });

    it("a model without a name is not asked for", async () => {
      const [thrown] = await spoken(context, "openai-speech");
      const facts = factsOf(thrown);
      assert.deepEqual([facts.next, facts.sent], ["gatewayModelName", "no"]);
      const named = { ...context, settings: { models: { "openai-speech": "our-voice" } } };
      server.replies.push(file);
      await spoken(named, "openai-speech");
      assert.equal(bodyOf(server.received[0]).model, "our-voice");
    });

    it("what a model takes is sent in its own form", async () => {
      const answer = ok({ output: { audio: { url: "http://127.0.0.1:9/a.mp3", expires_at: 1767954867 } } });
      server.replies.push(answer, answer);
      const [output] = await spoken(context, "cosyvoice-v3-flash", { voice: "mine" });
      const source = sourceOf(output);
      assert.deepEqual(source, { kind: "link", url: "http://127.0.0.1:9/a.mp3", expires: 1767954867000 });
      steps.length = 0;
      await spoken(context, "qwen3-tts-instruct-flash", {
        instructions: "softly",
        optimizeInstructions: true,
      });
      const [cosy, instruct] = server.received;
      assert.equal(cosy?.path, "/api/v1/services/audio/tts/SpeechSynthesizer");
      assert.deepEqual(cosy?.body, {
        model: "cosyvoice-v3-flash",
        input: { text: "Hi.", voice: "mine", format: "mp3", sample_rate: 24000 },
      });
      assert.deepEqual(bodyOf(instruct).input, {
        text: "Hi.",
        voice: "Cherry",
        language_type: "Auto",
        instructions: "softly",
        optimize_instructions: true,
      });
    });
  });

  describe("of transcripts", () => {
    const heard = (by: VendorContext, model: string, input: InputFile, options = {}) =>
      eventsOf(gateway.start(gatewayRequest("transcript", model, { inputs: [input], options }), by));
    const textOf = (events: Awaited<ReturnType<typeof heard>>) => {
      const output = events.find(({ type }) => type === "output") as
        | { source: { bytes: string } }
        | undefined;
      return output && Buffer.from(output.source.bytes, "hex").toString("utf8");
    };
    const chatAnswer = ok({ choices: [{ message: { content: "Hello." } }], usage: {} });

    it("chat first, then native, then OpenAI's; a link never into a form", async () => {
      server.replies.push(noRoute, unsupported, ok({ text: "Hello." }));
      assert.equal(textOf(await heard(context, "qwen3-asr-flash", soundInput(sound))), "Hello.\n");
      const native = "/api/v1/services/aigc/multimodal-generation/generation";
      assert.deepEqual(paths(), ["/v1/chat/completions", native, "/v1/audio/transcriptions"]);
      server.received.length = 0;
      steps.length = 0;
      server.replies.push(noRoute, noRoute);
      const [thrown] = await heard(context, "qwen3-asr-flash", linkedInput("https://example.com/a.mp3"));
      assert.equal(factsOf(thrown).next, "gatewayRoutes");
      assert.deepEqual(paths(), ["/v1/chat/completions", native]);
    });

    it("only the one the user chose", async () => {
      server.replies.push(chatAnswer);
      await heard(chosen({ transcript: "chat" }), "qwen3-asr-flash", soundInput(sound));
      assert.deepEqual(paths(), ["/v1/chat/completions"]);
      assert.equal("stream_options" in bodyOf(server.received[0]), false);
    });

    const srt = "1\n00:00:00,000 --> 00:00:01,000\nHello.\n";
    const segments = [{ start: 0, end: 1, text: " Hello." }];
    const openAi = { modelName: "whisper" };
    /** What a backend answers when asked for SRT, and what becomes of it. */
    const backends: [string, Reply, string, boolean][] = [
      [
        "the subtitles themselves",
        { status: 200, headers: { "content-type": "text/plain" }, body: srt },
        srt,
        false,
      ],
      ["JSON with times", ok({ text: "Hello.", segments }), srt, false],
      ["JSON without times", ok({ text: "Hello." }), "Hello.\n", true],
      [
        "plain text",
        { status: 200, headers: { "content-type": "text/plain" }, body: "Hello." },
        "Hello.\n",
        true,
      ],
    ];
    for (const [what, reply, text, isWarned] of backends) {
      it(`a backend that is asked for subtitles may answer ${what}`, async () => {
        server.replies.push(reply);
        const options = { ...openAi, format: "srt" };
        const told = await heard(context, "openai-transcriptions", soundInput(sound), options);
        assert.equal(textOf(told), text);
        assert.equal(
          told.some(({ type }) => type === "warning"),
          isWarned,
        );
        assert.match(String(server.received[0]?.body), /name="response_format"\r\n\r\nsrt\r\n/);
      });
    }

    it("nothing heard, a page, and a guard's refusal are no transcripts", async () => {
      server.replies.push(
        ok({ text: "" }),
        { status: 200, headers: { "content-type": "text/html" }, body: "<html>" },
        ok({ model: "from-security-guard", choices: [{ message: { content: "no" } }] }),
      );
      const [, empty] = await heard(context, "openai-transcriptions", soundInput(sound), openAi);
      assert.equal(factsOf(empty).next, "nothingHeard");
      steps.length = 0;
      const [page] = await heard(context, "openai-transcriptions", soundInput(sound), openAi);
      assert.equal(factsOf(page).reason, "protocol");
      const [guarded] = await heard(context, "qwen3-asr-flash", soundInput(sound));
      assert.equal(factsOf(guarded).reason, "policy");
    });

    it("a long file is a task, whose sentences are fetched without credentials and written as asked", async () => {
      const request = gatewayRequest("transcript", "qwen3-asr-flash-filetrans", {
        inputs: [linkedInput("https://example.com/a.mp4")],
        options: { format: "srt" },
      });
      const sentence = { begin_time: 0, end_time: 1000, text: "Hello.", words: [] };
      server.replies.push(
        ok({ output: { task_id: "t1", task_status: "PENDING" } }),
        ok({ output: { task_id: "t1", task_status: "RUNNING" } }),
        ok({
          output: {
            task_id: "t1",
            task_status: "SUCCEEDED",
            result: { transcription_url: new URL("/result.json", server.baseUrl).href },
          },
          usage: { seconds: 1 },
        }),
        ok({ transcripts: [{ channel_id: 0, text: "Hello.", sentences: [sentence] }] }),
      );
      const [accepted] = await eventsOf(gateway.start(request, context));
      const operation = accepted?.operation as Json;
      assert.equal(gateway.taskId?.(operation), "t1");
      const look = () => eventsOf(gateway.status?.(operation, context) ?? emptyEvents());
      assert.deepEqual(await look(), [{ type: "progress", phase: "running" }]);
      const told = await look();
      assert.equal(textOf(told), srt);
      assert.deepEqual(told[0], { type: "usage", usage: { units: { seconds: 1 } } });
      assert.equal(server.received[3]?.headers.authorization, undefined);
      assert.deepEqual(bodyOf(server.received[0]).parameters, {
        channel_id: [0],
        enable_itn: false,
        enable_words: true,
      });
    });

    it("a task for several files that failed for its one file has failed", async () => {
      const operation = { task: "t1", kind: "transcript", model: "fun-asr", format: "text" };
      const results = [{ code: "InvalidFile.DownloadFailed", message: "m", subtask_status: "FAILED" }];
      server.replies.push(ok({ output: { task_id: "t1", task_status: "SUCCEEDED", results } }));
      const [failed] = await eventsOf(gateway.status?.(operation, context) ?? emptyEvents());
      assert.deepEqual(factsOf(failed).code, "InvalidFile.DownloadFailed");
    });
  });
});

/** What a told failure, output or request says; empty where there is none. */
function factsOf(told: Told | undefined): Partial<VendorErrorFacts> {
  return (told?.error ?? {}) as Partial<VendorErrorFacts>;
}

function sourceOf(told: Told | undefined): { url?: string; bytes?: string; expires?: number } {
  return (told?.source ?? {}) as { url?: string };
}

function bodyOf(received: Received | undefined): Record<string, unknown> {
  return (received?.body ?? {}) as Record<string, unknown>;
}

async function* emptyEvents(): AsyncGenerator<never> {}
