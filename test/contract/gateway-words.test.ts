import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { optionDefaults } from "../../src/model/options.ts";
import type { InputFile, VendorContext, VendorRequest } from "../../src/vendors/contract.ts";
import { VendorError } from "../../src/vendors/errors.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { call } from "../../src/vendors/gateway/wire/call.ts";
import { eventsOf, type Told } from "./context.ts";
import { type Held, rerankAsk, type Sender, wordsManifest } from "./gateway-words-manifest.ts";
import { type Received, type Reply, useReplay } from "./replay.ts";

interface Fixture {
  request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: Record<string, unknown> & { $multipart?: { name: string; value?: string }[] };
  };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> | string };
}

const folder = new URL("../fixtures/contracts/alibaba-ai-gateway/", import.meta.url);
const sound = readFileSync(new URL("../fixtures/media/plain.mp3", import.meta.url));
/** Pictures, videos, tasks and uploads have a manifest of their own. */
const ours = /^(0|1|20|6|7|8|9)/;

/** What came of a call, whatever kind it was. */
interface Outcome {
  text?: string;
  tokens?: number;
  vectors?: number;
  ranked?: (readonly [number, number])[];
  told?: Told[];
  error?: VendorError;
}

describe("AI Gateway contract: words, sound and errors", () => {
  const { server, context: plain } = useReplay("");

  it("every file is held by the manifest, and the manifest names no other", () => {
    const files = readdirSync(folder).filter((file) => ours.test(file));
    assert.deepEqual(Object.keys(wordsManifest).sort(), files.sort());
  });

  it("everything held says by what", () => {
    for (const [file, held] of Object.entries(wordsManifest)) assert.ok(held.reads ?? held.elsewhere, file);
  });

  for (const [file, held] of Object.entries(wordsManifest)) {
    if (held.elsewhere === undefined && held.never === undefined) {
      it(`${file}: Easel sends this request`, () => sendsIt(file, held));
    }
    if (held.reads) it(`${file}: Easel reads this answer`, () => readsIt(file, held));
  }

  async function sendsIt(file: string, held: Held): Promise<void> {
    const { request } = fixture(file);
    const { received } = await play(file, held.sender);
    assert.equal(received.method, request.method);
    assert.equal(received.path, request.path);
    assert.equal(received.headers.authorization, "Bearer key");
    assert.ok(received.headers.accept, "Accept is always said");
    if (request.headers["X-DashScope-Async"]) assert.equal(received.headers["x-dashscope-async"], "enable");
    if (request.body.$multipart) return sameForm(received, request.body.$multipart);
    assert.equal(received.headers["content-type"], "application/json");
    const expected = { ...request.body, ...held.differs?.members };
    assert.deepEqual(received.body, JSON.parse(withSound(JSON.stringify(expected))));
  }

  async function readsIt(file: string, { sender, reads = {} }: Held): Promise<void> {
    const { outcome } = await play(file, sender);
    const { told = [], error } = outcome;
    for (const [fact, value] of Object.entries(reads.error ?? {})) {
      assert.deepEqual(Reflect.get(error?.facts ?? {}, fact), value, fact);
    }
    assert.equal(error !== undefined, reads.error !== undefined, JSON.stringify(error?.facts));
    if (reads.events)
      assert.deepEqual(
        told.map(({ type }) => type),
        reads.events,
      );
    const output = told.find(({ type }) => type === "output") as
      | { source: { url?: string; bytes?: string } }
      | undefined;
    if (reads.link) assert.equal(output?.source.url, reads.link);
    if (reads.usage) {
      const usage = told.find(({ type }) => type === "usage") as { usage?: { units: unknown } } | undefined;
      assert.deepEqual(usage?.usage?.units, reads.usage);
    }
    const text = outcome.text ?? Buffer.from(output?.source.bytes ?? "", "hex").toString("utf8");
    if (reads.text !== undefined) assert.equal(text, reads.text);
    if (reads.tokens !== undefined) assert.equal(outcome.tokens, reads.tokens);
    if (reads.vectors !== undefined) assert.equal(outcome.vectors, reads.vectors);
    if (reads.ranked) assert.deepEqual(outcome.ranked, reads.ranked);
  }

  /** Does what sends the request, with the fixture's answer to it. */
  async function play(file: string, sender: Sender): Promise<{ outcome: Outcome; received: Received }> {
    const { request } = fixture(file);
    const base = /^(.*\/v1)\//.exec(request.path.replace(/^\/api\/v1\/.*/, "/v1/"))?.[1] ?? "";
    if ("embed" in sender && sender.native) server.replies.push({ status: 404, body: "" });
    server.replies.push(replyOf(file));
    const context: VendorContext = {
      ...plain,
      baseUrl: server.baseUrl + base,
      credentials: { apiKey: "key" },
      settings: settingsOf(sender, request.path),
    };
    const outcome = await run(sender, context);
    const received = server.received.at(-1);
    assert.ok(received);
    return { outcome, received };
  }

  async function run(sender: Sender, context: VendorContext): Promise<Outcome> {
    const outcome: Outcome = {};
    try {
      if ("chat" in sender) {
        outcome.text = "";
        outcome.tokens = 0;
        const { instructions = "", text } = sender.chat;
        for await (const event of gateway.chat?.({ instructions, text }, context) ?? []) {
          if (event.type === "text") outcome.text += event.text;
          else outcome.tokens = event.usage.units.tokens ?? 0;
        }
      } else if ("embed" in sender) {
        outcome.vectors = (await gateway.embed?.(sender.embed, "query", context))?.vectors.length ?? 0;
      } else if ("rerank" in sender) {
        const found = (await gateway.rerank?.(rerankAsk.query, rerankAsk.documents, context)) ?? [];
        outcome.ranked = found.map(({ index, score }) => [index, score]);
      } else if ("call" in sender) {
        await call(context, "call", { ...sender.call, json: {} });
      } else {
        outcome.told = await eventsOf(gateway.start(requestOf(sender.ask), context));
        const thrown = outcome.told.find(({ type }) => type === "thrown");
        if (thrown) throw new VendorError(thrown.error as VendorError["facts"]);
      }
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      outcome.error = error;
    }
    return outcome;
  }
});

function settingsOf(sender: Sender, path: string): NonNullable<VendorContext["settings"]> {
  const transcript = path.startsWith("/api/") ? "native" : "auto";
  if (!("rerank" in sender)) return { routes: { transcript } };
  return {
    routes: { rerank: sender.rerank },
    ...(sender.model === undefined ? {} : { models: { rerank: sender.model } }),
  };
}

function requestOf(ask: Extract<Sender, { ask: unknown }>["ask"]): VendorRequest {
  const profile = gateway.models.find(({ id }) => id === ask.model)?.operations[ask.operation];
  assert.ok(profile, ask.model);
  const input: InputFile =
    ask.link === undefined
      ? {
          role: "audio",
          name: "audio.mp3",
          type: "audio/wav",
          bytes: sound.length,
          async *open() {
            yield sound;
          },
        }
      : { role: "audio", name: "linked", type: "", bytes: 0, url: ask.link };
  return {
    operation: ask.operation,
    model: ask.model,
    prompt: ask.prompt ?? "",
    inputs: ask.operation === "transcript" ? [input] : [],
    options: { ...optionDefaults(profile.options), ...ask.options },
  };
}

function fixture(file: string): Fixture {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
}

/** A fixture's answer as it came over the wire. */
function replyOf(file: string): Reply {
  const { status, headers, body } = fixture(file).response;
  if (typeof body === "object" && "$binary" in body) {
    return (response) => response.writeHead(status, headers).end(sound);
  }
  const { "transfer-encoding": _chunked, ...rest } = headers;
  return { status, headers: rest, body };
}

function withSound(json: string): string {
  return json.replace("{BASE64_WAV}", sound.toString("base64"));
}

function sameForm({ headers, body }: Received, parts: { name: string; value?: string }[]): void {
  assert.match(String(headers["content-type"]), /^multipart\/form-data; boundary=/);
  for (const { name, value } of parts) {
    const disposition = `form-data; name="${name}"`;
    const expected = value === undefined ? disposition : `${disposition}\r\n\r\n${value}\r\n`;
    assert.ok(String(body).includes(expected), name);
  }
  assert.match(String(body), /name="file"; filename="audio.mp3"/);
}
