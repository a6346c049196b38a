import type { OperationId } from "../../src/model/operations.ts";
import type { OptionValues } from "../../src/model/options.ts";
import type { VendorErrorFacts } from "../../src/vendors/errors.ts";
import type { Target } from "../../src/vendors/gateway/wire/address.ts";

/** What of Easel sends the request of a fixture, or reads its answer. */
export type Sender =
  | { chat: { instructions?: string; text: string } }
  | { embed: readonly string[]; native?: true }
  | { rerank: "reranks" | "rerank" | "native"; model?: string }
  | { ask: { operation: OperationId; model: string; prompt?: string; options?: OptionValues; link?: string } }
  /** Any call to this place, for answers that every call gets. */
  | { call: Target };

/** What Easel must make of the answer. */
export interface Reading {
  /** All words of a chat together. */
  text?: string;
  tokens?: number;
  vectors?: number;
  ranked?: readonly (readonly [index: number, score: number])[];
  /** Types of the events told. */
  events?: readonly string[];
  link?: string;
  usage?: Record<string, number>;
  error?: Partial<VendorErrorFacts>;
}

/** What holds a fixture. */
export interface Held {
  sender: Sender;
  /** Members of the body in which Easel's request is not the fixture's, and why that is right. Undefined: not sent. */
  differs?: { members: Record<string, unknown>; why: string };
  /** Easel never sends this request, because of this; its answer is read as that of the sender. */
  never?: string;
  reads?: Reading;
  /** Only other tests hold it, because of this. */
  elsewhere?: string;
}

const provoked = "the request is only there to provoke the answer";
const streamed = "Easel always streams, and sends only what it means";
const refused = { sent: "refused", retryable: false } as const;
const counted = {
  members: { stream_options: { include_usage: true } },
  why: "what was used is always asked for; a gateway would add it itself",
};
const requestId = "120e5847-3394-923c-a494-8eb9f81cb36e";

const chat: Sender = { chat: { text: "hi" } };
const image: Sender = {
  call: { route: "native", path: "/api/v1/services/aigc/video-generation/video-synthesis" },
};
const text: Sender = { call: { route: "native", path: "/api/v1/services/aigc/text-generation/generation" } };

function answered(sender: Sender, error: Partial<VendorErrorFacts>): Held {
  return { sender, never: provoked, reads: { error } };
}

const documents = [
  "Rerank models order candidates by relevance",
  "Quantum computing is a research field",
  "Pretrained language models improved reranking",
];
export const rerankAsk = { query: "what is a rerank model", documents };
const ranked = [
  [0, 0.9334],
  [2, 0.3411],
] as const;
const all = "every document is ranked, and what goes in is not sent back";

const guardText = "很抱歉，我无法回答您的问题";

/** For every file of the gateway's contract about words, sound and errors what in Easel holds it. */
export const wordsManifest: Readonly<Record<string, Held>> = {
  "01-chat-sync.json": {
    sender: { chat: { instructions: "Answer briefly.", text: "Name a primary colour." } },
    differs: {
      members: {
        stream: true,
        stream_options: { include_usage: true },
        temperature: undefined,
        max_tokens: undefined,
        user: undefined,
        chat_template_kwargs: undefined,
      },
      why: streamed,
    },
    reads: { text: "Blue.", tokens: 22 },
  },
  "02-chat-stream-sse.json": {
    sender: { chat: { text: "Say hi" } },
    reads: { text: "Hi there", tokens: 12 },
  },
  "05-chat-reasoning-stream.json": {
    sender: { chat: { text: "2+2?" } },
    differs: {
      members: { enable_thinking: undefined, thinking_budget: undefined },
      why: "whether a model thinks is its own default, or the gateway's",
    },
    reads: { text: "4", tokens: 21 },
  },
  "06-chat-json-schema.json": {
    sender: chat,
    never: "Easel asks for words only, in no schema",
    reads: { text: '{"city":"Hangzhou"}', tokens: 48 },
  },
  "07-credential-ping.json": {
    sender: chat,
    never: "a ping costs; keys are looked at by reads that are free",
    reads: { text: "pong", tokens: 10 },
  },
  "08-embeddings-openai.json": {
    sender: { embed: ["first text", "second text"] },
    reads: { vectors: 2 },
  },
  "09-embeddings-native.json": {
    sender: { embed: ["first text"], native: true },
    differs: {
      members: { parameters: { text_type: "query", output_type: "dense" } },
      why: "the dimension is the model's own default",
    },
    reads: { vectors: 1 },
  },
  "10-rerank-openai-rerank.json": {
    sender: { rerank: "rerank" },
    differs: { members: { top_n: 3, return_documents: false }, why: all },
    reads: { ranked },
  },
  "11-rerank-compat-reranks.json": {
    sender: { rerank: "reranks" },
    differs: { members: { top_n: 3, instruct: undefined }, why: all },
    reads: { ranked },
  },
  "12-rerank-native.json": {
    sender: { rerank: "native", model: "gte-rerank-v2" },
    differs: { members: { parameters: { return_documents: false, top_n: 3 } }, why: all },
    reads: { ranked },
  },
  "13-stt-openai-transcriptions.json": {
    sender: {
      ask: {
        operation: "transcript",
        model: "openai-transcriptions",
        options: { modelName: "whisper-1", language: "en", hint: "convert the audio to text" },
      },
    },
    reads: { events: ["usage", "output", "done"], text: "hello world\n" },
  },
  "14-stt-qwen3-asr-chat.json": {
    sender: { ask: { operation: "transcript", model: "qwen3-asr-flash", options: { language: "en" } } },
    reads: { events: ["usage", "output", "done"], text: "Hello world.\n", usage: { seconds: 1 } },
  },
  "15-stt-native-asr.json": {
    sender: {
      ask: {
        operation: "transcript",
        model: "qwen3-asr-flash",
        options: { language: "en" },
        link: "https://example.com/hello.mp3",
      },
    },
    reads: { events: ["usage", "output", "done"], text: "Hello world.\n", usage: { seconds: 1 } },
  },
  "16-stt-file-async-submit.json": {
    sender: {
      ask: {
        operation: "transcript",
        model: "qwen3-asr-flash-filetrans",
        options: { language: "en" },
        link: "https://example.com/meeting.mp3",
      },
    },
    differs: {
      members: { parameters: { channel_id: [0], language: "en", enable_itn: false, enable_words: false } },
      why: "words with their times are asked for where subtitles are wanted, and said not to be where not",
    },
    reads: { events: ["accepted"] },
  },
  "17-tts-openai-speech.json": {
    sender: {
      ask: {
        operation: "speech",
        model: "openai-speech",
        prompt: "Hello there.",
        options: { modelName: "qwen3-tts-flash" },
      },
    },
    reads: { events: ["output", "done"] },
  },
  "18-tts-openai-speech-redirect.json": {
    sender: {
      ask: {
        operation: "speech",
        model: "openai-speech",
        prompt: "Hello there.",
        options: { modelName: "qwen3-tts-flash", format: "wav" },
      },
    },
    differs: { members: { response_format: "wav" }, why: "the format asked for is always said" },
    reads: {
      events: ["output", "done"],
      link: "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/xxx.wav?Expires=1767954867&OSSAccessKeyId=xxx&Signature=xxx",
    },
  },
  "19-tts-native-qwen3.json": {
    sender: {
      ask: {
        operation: "speech",
        model: "qwen3-tts-flash",
        prompt: "Hello there.",
        options: { language: "English" },
      },
    },
    reads: {
      events: ["output", "usage", "done"],
      link: "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/xxx.wav?Expires=xxx",
      usage: { characters: 12 },
    },
  },
  "20-tts-native-sse.json": {
    sender: { ask: { operation: "speech", model: "qwen3-tts-flash", prompt: "Hi." } },
    differs: { members: {}, why: "the same body; only the header that asks for pieces is not sent" },
    reads: {
      events: ["output", "usage", "done"],
      link: "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/xxx.wav?Expires=xxx",
      usage: { characters: 3 },
    },
  },
  "62-err-gateway-401-key-text.json": answered(chat, {
    ...refused,
    reason: "credentials",
    next: "checkKey",
    vendorMessage: "Request denied by Key Auth check. Invalid API key",
  }),
  "64-err-gateway-429-token-limit.json": answered(chat, {
    reason: "rateLimit",
    sent: "refused",
    retryable: true,
    retryAfterMs: 37_000,
  }),
  "65-err-gateway-403-quota.json": answered(chat, { ...refused, reason: "balance", next: "gatewayQuota" }),
  "66-err-gateway-hmac-400.json": answered(chat, {
    ...refused,
    reason: "credentials",
    next: "hmacSignature",
  }),
  "67-err-gateway-503-envoy.json": answered(chat, {
    reason: "unavailable",
    sent: "refused",
    retryable: true,
    next: "gatewayDown",
  }),
  "68-guardrail-blocked-200.json": answered(chat, {
    ...refused,
    reason: "policy",
    vendorMessage: guardText,
    requestId,
  }),
  "68b-guardrail-blocked-stream.json": answered(chat, {
    ...refused,
    reason: "policy",
    vendorMessage: guardText,
  }),
  "69-cache-hit.json": { sender: chat, never: provoked, reads: { text: "Hello!", tokens: 0 } },
  "69b-cache-hit-stream.json": { sender: chat, differs: counted, reads: { text: "Hello!", tokens: 0 } },
  "70-err-upstream-401-compat.json": answered(chat, {
    ...refused,
    reason: "credentials",
    next: "gatewayProviderKey",
    code: "invalid_api_key",
    requestId,
  }),
  "71-err-upstream-401-native.json": answered(image, {
    ...refused,
    reason: "credentials",
    code: "InvalidApiKey",
  }),
  "72-err-upstream-404-model.json": answered(chat, {
    ...refused,
    reason: "notFound",
    next: "checkModel",
    code: "model_not_found",
  }),
  "73-err-upstream-429-compat.json": answered(chat, {
    reason: "rateLimit",
    sent: "refused",
    retryable: true,
    code: "limit_requests",
  }),
  "74-err-upstream-429-native.json": answered(image, {
    reason: "rateLimit",
    sent: "refused",
    retryable: true,
    code: "Throttling.RateQuota",
  }),
  "75-err-upstream-400-inspection.json": answered(chat, {
    ...refused,
    reason: "policy",
    code: "data_inspection_failed",
    vendorMessage: "Input text data may contain inappropriate content.",
  }),
  "76-err-upstream-midstream.json": {
    sender: { chat: { text: "tell" } },
    differs: counted,
    reads: {
      text: "Partial",
      error: { reason: "policy", sent: "unknown", retryable: false, code: "data_inspection_failed" },
    },
  },
  "77-err-native-sse-200.json": answered(text, {
    ...refused,
    reason: "invalid",
    code: "InvalidParameter",
    next: "gatewayModelPath",
  }),
  "77b-err-native-sse-400-json-ct.json": answered(text, {
    ...refused,
    reason: "invalid",
    code: "InvalidParameter",
  }),
  "78-err-upstream-async-header.json": answered(image, {
    ...refused,
    reason: "invalid",
    code: "AccessDenied",
  }),
  "79-err-upstream-403-free-tier.json": answered(image, {
    ...refused,
    reason: "balance",
    next: "freeTrialOver",
  }),
  "80-err-upstream-400-arrearage.json": answered(chat, { ...refused, reason: "balance", next: "topUp" }),
  "90-auth-hmac-chat.json": {
    sender: chat,
    never: "signed with a nonce of its own; the unit tests hold the signature",
    reads: { text: "Hello!", tokens: 11 },
  },
  "91-auth-hmac-test-vectors.json": {
    sender: chat,
    elsewhere: "vectors, not an exchange: the unit tests of signatures go through them",
  },
};
