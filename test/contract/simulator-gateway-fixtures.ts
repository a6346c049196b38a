import type { Body } from "./control.ts";
import type { Fixture, FormPart, gatewayClient } from "./simulator-gateway-client.ts";
import { PNG, taskId, WAV } from "./simulator-gateway-client.ts";

export type Gateway = ReturnType<typeof gatewayClient>;
type Request = Fixture["request"];

/** How an exchange is brought about: what is done before it, and what its request becomes. */
export type Played = (gateway: Gateway, request: Request) => Promise<Request> | Request;

const plain: Played = (_, request) => request;

/** The same request with a marker in its first text. */
function marked(marker: string): Played {
  return (_, request) => {
    const body = structuredClone(request.body) ?? {};
    const input = (body.input ?? {}) as Body;
    const [message] = ((body.messages ?? input.messages ?? []) as Body[]).slice(-1);
    if (message !== undefined) message.content = `${String(message.content)} ${marker}`;
    else if (typeof body.input === "string") body.input += ` ${marker}`;
    else input.prompt = `${String(input.prompt ?? "x")} ${marker}`;
    return { ...request, body };
  };
}

const IMAGE = { model: "wan2.5-t2i-preview", input: { prompt: "A flower shop front" }, parameters: { n: 2 } };
const VIDEO = {
  model: "wan2.6-t2v",
  input: { prompt: "A lighthouse in fog, waves" },
  parameters: { size: "1280*720", duration: 10 },
};

/** A task of the given kind at the given age, and the fixture's path with its id. */
function task(path: string, body: Body, ms: number): Played {
  return async (gateway, request) => {
    const id = taskId(await gateway.submit(path, body));
    await gateway.advance(ms);
    return { ...request, path: request.path.replace(/(tasks\/)[^/]+/, `$1${id}`) };
  };
}

const synthesis = "aigc/video-generation/video-synthesis";
const drawing = "aigc/text2image/image-synthesis";
const failing = { ...VIDEO, input: { prompt: "x [fail InvalidParameter The size is not match xxxxxx]" } };
const partial = { ...IMAGE, input: { prompt: "A flower shop front [part 1]" } };

/** How each exchange of the contract is brought about. */
export const PLAYED: Record<string, Played> = {
  "01-chat-sync.json": plain,
  "02-chat-stream-sse.json": plain,
  "05-chat-reasoning-stream.json": plain,
  "06-chat-json-schema.json": plain,
  "07-credential-ping.json": plain,
  "08-embeddings-openai.json": plain,
  "09-embeddings-native.json": plain,
  "10-rerank-openai-rerank.json": plain,
  "11-rerank-compat-reranks.json": plain,
  "12-rerank-native.json": plain,
  "13-stt-openai-transcriptions.json": plain,
  "14-stt-qwen3-asr-chat.json": plain,
  "15-stt-native-asr.json": plain,
  "16-stt-file-async-submit.json": plain,
  "17-tts-openai-speech.json": plain,
  "18-tts-openai-speech-redirect.json": marked("[redirect]"),
  "19-tts-native-qwen3.json": plain,
  "20-tts-native-sse.json": plain,
  "30-image-sync-qwen.json": plain,
  "31-image-sync-wan26.json": plain,
  "32-image-edit-sync.json": plain,
  "33-image-async-submit.json": plain,
  "35-image-async-poll-partial.json": task(drawing, partial, 60_000),
  "40-video-submit-t2v-wan26.json": plain,
  "41-video-poll-succeeded-wan26.json": task(synthesis, VIDEO, 60_000),
  "42-video-poll-failed.json": task(synthesis, failing, 60_000),
  "43-video-submit-i2v-wan26.json": plain,
  "45-video-submit-kf2v.json": plain,
  "46-video-submit-r2v.json": plain,
  "50-task-unknown.json": plain,
  "51-task-cancel-ok.json": task(synthesis, VIDEO, 0),
  "52-task-cancel-not-pending.json": task(synthesis, VIDEO, 60_000),
  "53-task-list.json": async (gateway, request) => {
    await task(synthesis, { ...VIDEO, input: { prompt: "x [slow 1h]" } }, 20 * 60_000)(gateway, request);
    const [row] = await gateway.requests();
    const moment = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().replace(/[-:T]|\..*/g, "");
    const at = Number(row?.at);
    return {
      ...request,
      query: { ...request.query, start_time: moment(at - 60_000), end_time: moment(at + 60_000) },
    };
  },
  "55-upload-getpolicy.json": plain,
  "56-upload-oss-post.json": async (gateway, request) => {
    const { data } = (await gateway.get("/api/v1/uploads", { action: "getPolicy", model: "wan2.6-i2v" }))
      .body as {
      data: Body;
    };
    const given: Record<string, unknown> = {
      OSSAccessKeyId: data.oss_access_key_id,
      Signature: data.signature,
      policy: data.policy,
      key: `${data.upload_dir}/cat.png`,
    };
    const parts = ((request.body?.$multipart ?? []) as FormPart[]).map((part) =>
      given[part.name] === undefined ? part : { ...part, value: String(given[part.name]) },
    );
    return { ...request, body: { $multipart: parts } };
  },
  "62-err-gateway-401-key-text.json": plain,
  "64-err-gateway-429-token-limit.json": marked("[gateway token-limit]"),
  "65-err-gateway-403-quota.json": marked("[gateway quota]"),
  "66-err-gateway-hmac-400.json": plain,
  "67-err-gateway-503-envoy.json": marked("[gateway no-upstream]"),
  "68-guardrail-blocked-200.json": marked("[blocked]"),
  "68b-guardrail-blocked-stream.json": marked("[blocked]"),
  "69-cache-hit.json": marked("[cached]"),
  "69b-cache-hit-stream.json": marked("[cached]"),
  "70-err-upstream-401-compat.json": plain,
  "71-err-upstream-401-native.json": plain,
  "72-err-upstream-404-model.json": plain,
  "73-err-upstream-429-compat.json": marked("[error Throttling.RateQuota]"),
  "74-err-upstream-429-native.json": marked("[error Throttling.RateQuota]"),
  "75-err-upstream-400-inspection.json": marked("[error data_inspection_failed]"),
  "76-err-upstream-midstream.json": marked("[midway]"),
  "77-err-native-sse-200.json": plain,
  "77b-err-native-sse-400-json-ct.json": plain,
  "78-err-upstream-async-header.json": plain,
  "79-err-upstream-403-free-tier.json": marked("[error AllocationQuota.FreeTierOnly]"),
  "80-err-upstream-400-arrearage.json": marked("[error Arrearage]"),
  "90-auth-hmac-chat.json": plain,
};

/** The files that stand behind the placeholders of forms. */
export const FILES: Record<string, Buffer> = { "<audio bytes>": WAV, "<png bytes>": PNG };

/** Words that carry a meaning and must be the contract's; other texts only have to be texts. */
const FIXED = /^(code|type|object|task_status|status|finish_reason|role|message|x_oss_\w+)$/;

/** Where `actual` lacks what the contract's example has: members, kinds of values, words with a meaning. */
export function lacks(expected: unknown, actual: unknown, path = ""): string[] {
  const key = path.split(".").at(-1) ?? "";
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: no list`];
    if (expected.length > 0 && actual.length === 0) return [`${path}: empty`];
    const isNumbers = expected.every((item) => typeof item === "number");
    if (isNumbers) return actual.every((item) => typeof item === "number") ? [] : [`${path}: not numbers`];
    return expected.flatMap((item, index) =>
      lacks(item, actual[Math.min(index, actual.length - 1)], `${path}[${index}]`),
    );
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [`${path}: no object`];
    return Object.entries(expected).flatMap(([name, inner]) =>
      Object.hasOwn(actual, name)
        ? lacks(inner, (actual as Body)[name], `${path}.${name}`)
        : [`${path}.${name}: missing`],
    );
  }
  if (expected === null || typeof expected === "boolean")
    return expected === actual ? [] : [`${path}: ${String(actual)}`];
  if (typeof expected !== typeof actual) return [`${path}: ${typeof actual}`];
  const words = typeof expected === "string" && FIXED.test(key) && typeof actual === "string";
  if (words && actual !== expected) return [`${path}: ${actual} instead of ${expected}`];
  // A stream's first frame may have no words yet.
  if (typeof expected === "string" && expected !== "" && actual === "" && !path.startsWith("first"))
    return [`${path}: empty`];
  if (typeof expected === "string" && /^https?:/.test(expected) && !/^https?:/.test(String(actual)))
    return [`${path}: no link`];
  return [];
}
