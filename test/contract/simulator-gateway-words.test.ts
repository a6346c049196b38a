import assert from "node:assert/strict";
import { mp3Clip } from "../simulator/media/clips.ts";
import { type Body, useClient } from "./control.ts";
import {
  type Answer,
  type FormPart,
  form,
  frames,
  gatewayClient,
  PNG,
  taskId,
  WAV,
} from "./simulator-gateway-client.ts";

const PICTURE = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } };
const SOUND = `data:audio/wav;base64,${WAV.toString("base64")}`;
const INVALID = [400, "invalid_parameter_error"];
const NATIVE_INVALID = [400, "InvalidParameter"];
const TTS = "aigc/multimodal-generation/generation";

describe("gateway simulator: words, numbers and sound", function () {
  this.timeout(60_000);
  const { client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: 1000 });

  const said = ({ status, body }: Answer) => [status, body.code ?? (body.error as Body | undefined)?.code];
  const charged = async () =>
    (await gateway.charges()).map(({ operation, amount, unit }) => [operation, amount, unit]);

  describe("an embedding", () => {
    const embed = (input: unknown, more: Body = {}) =>
      gateway.compat("embeddings", { model: "text-embedding-v4", input, ...more });
    const vectors = ({ body }: Answer) =>
      (body.data as { embedding: number[] }[]).map(({ embedding }) => embedding);
    const dot = (a: number[] = [], b: number[] = []) =>
      a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

    it("brings texts near each other that share words", async () => {
      const [boat, ship, car] = vectors(
        await embed(["a red boat at sea", "the boat on the sea", "blue car"]),
      );
      assert.ok(dot(boat, ship) > dot(boat, car) + 0.2);
      assert.ok(Math.abs(dot(boat, boat) - 1) < 1e-3);
      const [one] = vectors(await embed("a red boat at sea", { encoding_format: "base64", dimensions: 256 }));
      assert.equal(one?.length, 256);
      const [chinese, same, other] = vectors(await embed(["红色的小船", "小船", "汽车"]));
      assert.ok(dot(chinese, same) > dot(chinese, other) + 0.2);
    });

    it("takes ten texts, of at most 8192 tokens, in known dimensions", async () => {
      const ten = Array.from({ length: 10 }, (_, index) => `text ${index}`);
      assert.equal((await embed(ten)).status, 200);
      assert.deepEqual(said(await embed([...ten, "x"])), INVALID);
      assert.equal((await embed([...ten, "x"], { model: "text-embedding-v2" })).status, 200);
      assert.equal((await embed("船".repeat(8192))).status, 200);
      assert.deepEqual(said(await embed("船".repeat(8193))), INVALID);
      assert.deepEqual(said(await embed([""])), INVALID);
      assert.deepEqual(said(await embed([])), [400, "invalid_request_error"]);
      assert.deepEqual(said(await embed("x", { dimensions: 1000 })), INVALID);
      assert.deepEqual(said(await embed("x", { model: "text-embedding-v3", dimensions: 2048 })), INVALID);
    });

    it("is dense or sparse on the native path, which has words of its own for it", async () => {
      const path = "embeddings/text-embedding/text-embedding";
      const ask = (parameters: Body, texts: unknown = ["x"]) =>
        gateway.service(path, { model: "text-embedding-v4", input: { texts }, parameters });
      const [both] = ((await ask({ output_type: "dense&sparse" })).body.output as { embeddings: Body[] })
        .embeddings;
      assert.deepEqual(Object.keys(both ?? {}).toSorted(), ["embedding", "sparse_embedding", "text_index"]);
      assert.deepEqual(said(await ask({ text_type: "word" })), NATIVE_INVALID);
      assert.deepEqual(said(await ask({}, "x")), [400, "BadRequest.EmptyInput"]);
    });
  });

  describe("a rerank", () => {
    const DOCUMENTS = ["blue car", "a red boat", "red paint"];
    const body = { model: "qwen3-rerank", query: "red boat", documents: DOCUMENTS, top_n: null };
    const NATIVE = "rerank/text-rerank/text-rerank";
    const order = (results: unknown) => (results as { index: number }[]).map(({ index }) => index);

    it("is the same by its three routes", async () => {
      assert.deepEqual(order((await gateway.compat("rerank", body)).body.results), [1, 2, 0]);
      const plain = await gateway.compat("reranks", { ...body, top_n: 2 });
      assert.deepEqual(order(plain.body.results), [1, 2]);
      const { model, query, documents } = body;
      const output = (answer: Answer) => (answer.body.output as Body).results;
      const nested = {
        model: "gte-rerank-v2",
        input: { query, documents },
        parameters: { return_documents: true },
      };
      const ranked = output(await gateway.service(NATIVE, nested)) as { document: Body }[];
      assert.deepEqual([order(ranked), ranked[0]?.document], [[1, 2, 0], { text: "a red boat" }]);
      assert.deepEqual(order(output(await gateway.service(NATIVE, { model, query, documents }))), [1, 2, 0]);
      assert.deepEqual(
        said(await gateway.service(NATIVE, { ...body, model: "gte-rerank-v2" })),
        NATIVE_INVALID,
      );
      assert.deepEqual(said(await gateway.service(NATIVE, { ...nested, model: "gte-rerank" })), [
        404,
        "ModelNotFound",
      ]);
    });

    it("has the limits of the contract, and the faults of bad gateways", async () => {
      const ask = (more: Body) => gateway.compat("reranks", { ...body, ...more });
      assert.deepEqual(said(await ask({ documents: [] })), [400, "invalid_request_error"]);
      assert.equal((await ask({ documents: Array.from({ length: 500 }, () => "x") })).status, 200);
      assert.deepEqual(said(await ask({ documents: Array.from({ length: 501 }, () => "x") })), INVALID);
      assert.deepEqual(said(await ask({ documents: ["船".repeat(4001)] })), INVALID);
      assert.deepEqual(
        said(await ask({ query: "船".repeat(300), documents: Array.from({ length: 450 }, () => "x") })),
        INVALID,
      );
      assert.deepEqual(
        order((await ask({ query: "red boat [ranks bad]" })).body.results),
        [1, 2, 0, 1, 9999],
      );
      const failed = await gateway.service(NATIVE, { ...body, query: "x [ranks code]" });
      assert.deepEqual(said(failed), [200, "InternalError"]);
    });

    it("exists by the routes that faults leave", async () => {
      await gateway.fault("status", {
        path: "/v1/rerank$",
        times: undefined,
        params: { status: 404, dialect: "gateway" },
      });
      await gateway.fault("status", {
        path: "/reranks",
        times: undefined,
        params: { status: 500, dialect: "gateway" },
      });
      const missing = await gateway.compat("rerank", body);
      assert.deepEqual([missing.status, missing.text], [404, ""]);
      const unmapped = await gateway.compat("reranks", body);
      assert.deepEqual(
        [unmapped.status, unmapped.text],
        [500, "failed to process request body: unsupported API name"],
      );
      assert.equal((await gateway.service(NATIVE, body)).status, 200);
    });
  });

  describe("speech", () => {
    const speak = (more: Body = {}) =>
      gateway.compat("audio/speech", { model: "qwen3-tts-flash", input: "Hello", voice: "alloy", ...more });
    const native = (input: Body, more: Record<string, string> = {}, model = "qwen3-tts-flash") =>
      gateway.service(TTS, { model, input }, more);

    it("is a file, in the format asked for, or somewhere else", async () => {
      const kinds = [];
      for (const format of [undefined, "wav", "pcm"])
        kinds.push((await speak({ response_format: format })).headers["content-type"]);
      assert.deepEqual(kinds, ["audio/mpeg", "audio/wav", "audio/pcm"]);
      assert.equal((await speak()).headers["content-length"], undefined);
      assert.deepEqual(said(await speak({ response_format: "midi" })), INVALID);
      assert.deepEqual(said(await speak({ input: "" })), INVALID);
      assert.deepEqual(said(await speak({ voice: undefined })), INVALID);
      assert.deepEqual(said(await speak({ input: "x".repeat(4097) })), INVALID);
      const moved = await speak({ input: "Hello [redirect]" });
      assert.equal(moved.status, 302);
      const link = String(moved.headers.location);
      const file = Buffer.from(await (await fetch(link)).arrayBuffer());
      assert.equal(file.toString("latin1", 0, 4), "RIFF");
      assert.equal((await fetch(link, { headers: { Authorization: "Bearer x" } })).status, 403);
    });

    it("is a link on the native path, or pieces of raw sound and then the link", async () => {
      const answer = await native({ text: "Hello", voice: "Cherry", language_type: "English" });
      const { audio } = answer.body.output as { audio: Body };
      assert.equal((await fetch(String(audio.url))).headers.get("content-type"), "audio/wav");
      assert.ok(Math.abs(Number(audio.expires_at) - Date.now() / 1000 - 86_400) < 60);
      assert.deepEqual(answer.body.usage, { characters: 5 });
      const pieces = frames(
        (await native({ text: "Hello", voice: "Cherry" }, { "X-DashScope-SSE": "enable" })).text,
      ) as { output: { audio: Body } }[];
      assert.ok(
        pieces
          .slice(0, -1)
          .every(({ output }) => String(output.audio.data).length > 1000 && output.audio.url === ""),
      );
      assert.match(String(pieces.at(-1)?.output.audio.url), /\.wav\?/);
      assert.ok(
        "total_tokens" in
          ((await native({ text: "Hello", voice: "Cherry" }, {}, "qwen-tts")).body.usage as Body),
      );
      assert.deepEqual(said(await native({ text: "Hello", voice: "alloy" })), NATIVE_INVALID);
      assert.deepEqual(
        said(await native({ text: "Hello", voice: "Cherry", language_type: "en" })),
        NATIVE_INVALID,
      );
      assert.deepEqual(
        said(await native({ text: "Hello", voice: "Cherry" }, { "X-DashScope-Async": "enable" })),
        [403, "AccessDenied"],
      );
    });

    it("of cosyvoice has a path of its own", async () => {
      const input = { text: "Hello", voice: "longxiaochun", format: "wav", sample_rate: 24_000 };
      const answer = await gateway.service("audio/tts/SpeechSynthesizer", { model: "cosyvoice-v2", input });
      assert.match(String((answer.body.output as { audio: Body }).audio.url), /\.wav\?/);
      assert.deepEqual(await charged(), [["text-to-speech", 5, "character"]]);
    });
  });

  describe("a transcription", () => {
    const FILE: FormPart = { name: "file", filename: "a.mp3", contentType: "audio/mpeg", data: mp3Clip("x") };
    const MODEL: FormPart = { name: "model", value: "whisper-1" };
    const hear = (parts: FormPart[], headers: Record<string, string> = {}) =>
      gateway.call({
        path: "/v1/audio/transcriptions",
        body: form(parts),
        headers: { "Content-Type": "multipart/form-data; boundary=----b", ...headers },
      });

    it("takes forms as clients in use send them: any order, any type, in chunks", async () => {
      const loose = { ...FILE, contentType: "application/octet-stream" };
      const quoted = {
        "Content-Type": 'multipart/form-data; boundary="----b"',
        "Transfer-Encoding": "chunked",
      };
      for (const answer of [
        await hear([MODEL, FILE]),
        await hear([loose, MODEL]),
        await hear([FILE, MODEL], quoted),
      ])
        assert.deepEqual([answer.status, answer.body], [200, { text: "hello world" }]);
      assert.deepEqual(
        await charged(),
        [1, 2, 3].map(() => ["speech-to-text", 2, "second"]),
      );
    });

    it("is written down as subtitles too", async () => {
      const written = async (value: string) =>
        (await hear([MODEL, { name: "response_format", value }, FILE])).text;
      assert.match(await written("srt"), /^1\n00:00:00,120 --> 00:00:01,480\nhello world\n/);
      assert.match(await written("vtt"), /^WEBVTT\n\n00:00:00\.120 --> 00:00:01\.480\n/);
      assert.equal(await written("text"), "hello world\n");
      assert.equal((JSON.parse(await written("verbose_json")) as { segments: unknown[] }).segments.length, 1);
    });

    it("refuses what is no form, has no file, no model, or no sound", async () => {
      assert.deepEqual(said(await hear([MODEL])), INVALID);
      assert.deepEqual(said(await hear([FILE])), [400, "invalid_request_error"]);
      assert.deepEqual(said(await hear([MODEL, { ...FILE, data: Buffer.from("text") }])), INVALID);
      assert.deepEqual(said(await hear([{ name: "model", value: "qwen-plus" }, FILE])), INVALID);
      assert.deepEqual(said(await gateway.compat("audio/transcriptions", { model: "whisper-1" })), INVALID);
    });

    it("of a long file is a task whose words stand behind a link", async () => {
      const submit = (model: string, input: Body) =>
        gateway.submit("audio/asr/transcription", { model, input });
      const long = taskId(
        await submit("qwen3-asr-flash-filetrans", { file_url: "https://example.com/a.mp3" }),
      );
      const several = taskId(
        await submit("paraformer-v2", {
          file_urls: ["https://example.com/a.mp3", "https://example.com/b.mp3"],
        }),
      );
      await gateway.advance(60_000);
      const { output } = await gateway.query(long);
      const url = String((output.result as Body).transcription_url);
      const told = (await (await fetch(url)).json()) as {
        transcripts: { text: string; sentences: Body[] }[];
      };
      assert.deepEqual(
        [told.transcripts[0]?.text, told.transcripts[0]?.sentences[0]?.end_time],
        ["Hello world.", 1480],
      );
      assert.equal(((await gateway.query(several)).output.results as Body[]).length, 2);
      assert.deepEqual(
        said(await submit("paraformer-v2", { file_url: "https://example.com/a.mp3" })),
        NATIVE_INVALID,
      );
      assert.deepEqual(said(await submit("qwen3-asr-flash-filetrans", { file_url: SOUND })), NATIVE_INVALID);
      assert.deepEqual(said(await gateway.service("audio/asr/transcription", { model: "paraformer-v2" })), [
        403,
        "AccessDenied",
      ]);
    });
  });

  it("generates on the native paths, whole or growing or in pieces", async () => {
    const TEXT = "aigc/text-generation/generation";
    const ask = (parameters: Body, more: Record<string, string> = {}) =>
      gateway.service(TEXT, { model: "qwen-flash", input: { prompt: "a boat" }, parameters }, more);
    assert.equal(((await ask({})).body.output as Body).text, "a boat, in soft morning light, wide angle.");
    const SSE = { "X-DashScope-SSE": "enable" };
    const texts = async (parameters: Body) =>
      (frames((await ask(parameters, SSE)).text) as { output: Body }[]).map(({ output }) =>
        String(output.text),
      );
    assert.equal(
      (await texts({ incremental_output: true })).join(""),
      "a boat, in soft morning light, wide angle.",
    );
    const growing = await texts({});
    assert.deepEqual(growing.slice(0, 2), ["a", "a boat,"]);
    assert.equal(growing.at(-1), "a boat, in soft morning light, wide angle.");
    const messages = [{ role: "user", content: [{ image: PICTURE.image_url.url }, { text: "x" }] }];
    const seen = await gateway.service(TTS, { model: "qwen3-vl-plus", input: { messages } });
    assert.match(seen.text, /1024 by 768/);
    assert.equal(
      (await gateway.service(TTS, { model: "qwen-flash", input: { messages } })).body.message,
      "url error, please check url!",
    );
  });
});
