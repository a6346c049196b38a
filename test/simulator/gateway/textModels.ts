/** A model that answers in words, numbers or sound; `native` is the path that serves it (contract §3). */
export type TextModel = {
  kind: "chat" | "embedding" | "rerank" | "asr" | "filetrans" | "tts" | "speech" | "whisper";
  native?: string;
  /** Answers on the compatible surface's chat route. */
  chats?: true;
  streamOnly?: "always" | "thinking";
  /** Embedding: texts in a call, tokens in a text, dimensions (the first is the default). */
  batch?: number;
  tokens?: number;
  dimensions?: number[];
  /** Rerank: the body is nested; flat is not understood. */
  nestedOnly?: true;
  /** Gone since this simulated moment. */
  until?: number;
  /** Filetrans: the field that carries the file or files. */
  files?: "file_url" | "file_urls";
  /** Speech: what usage counts. */
  counts?: "characters" | "tokens";
};

const MULTIMODAL = "aigc/multimodal-generation/generation";
const TEXT = "aigc/text-generation/generation";
const RERANK = "rerank/text-rerank/text-rerank";
const EMBEDDING = "embeddings/text-embedding/text-embedding";
const TRANSCRIPTION = "audio/asr/transcription";

/** First fit wins. */
export const TEXT_MODELS: [RegExp, TextModel][] = [
  [
    /^text-embedding-v4$/,
    {
      kind: "embedding",
      native: EMBEDDING,
      batch: 10,
      tokens: 8192,
      dimensions: [1024, 2048, 1536, 768, 512, 256, 128, 64],
    },
  ],
  [
    /^text-embedding-v3$/,
    {
      kind: "embedding",
      native: EMBEDDING,
      batch: 10,
      tokens: 8192,
      dimensions: [1024, 768, 512, 256, 128, 64],
    },
  ],
  [
    /^text-embedding-v[12]$/,
    { kind: "embedding", native: EMBEDDING, batch: 25, tokens: 2048, dimensions: [1536] },
  ],
  [/^gte-rerank$/, { kind: "rerank", native: RERANK, nestedOnly: true, until: Date.UTC(2026, 4, 30) }],
  [/^gte-rerank-v2$/, { kind: "rerank", native: RERANK, nestedOnly: true }],
  [/^qwen3-(vl-)?rerank$/, { kind: "rerank", native: RERANK }],
  [
    /^qwen3-asr-flash-filetrans(-\d{4}-\d\d-\d\d)?$/,
    { kind: "filetrans", native: TRANSCRIPTION, files: "file_url" },
  ],
  [
    /^(paraformer-v[12]|paraformer-8k-v[12]|fun-asr)(-\d{4}-\d\d-\d\d)?$/,
    { kind: "filetrans", native: TRANSCRIPTION, files: "file_urls" },
  ],
  [/^qwen3-asr-flash(-us)?(-\d{4}-\d\d-\d\d)?$/, { kind: "asr", native: MULTIMODAL, chats: true }],
  [
    /^qwen3-tts-(vc-|vd-|instruct-)?flash(-\d{4}-\d\d-\d\d)?$/,
    { kind: "tts", native: MULTIMODAL, counts: "characters" },
  ],
  [/^qwen-tts(-latest|-\d{4}-\d\d-\d\d)?$/, { kind: "tts", native: MULTIMODAL, counts: "tokens" }],
  [/^cosyvoice-v\d[\w.-]*$/, { kind: "speech", native: "audio/tts/SpeechSynthesizer", counts: "characters" }],
  [/^(whisper|sensevoice)[\w.-]*$/i, { kind: "whisper" }],
  [
    /^(qwq|qvq|qwen[\w.]*-omni)[\w.-]*$/,
    { kind: "chat", native: MULTIMODAL, chats: true, streamOnly: "always" },
  ],
  [/^qwen3-\d+(\.\d+)?b[\w.-]*$/, { kind: "chat", native: TEXT, chats: true, streamOnly: "thinking" }],
  [/^qwen[\w.]*-vl[\w.-]*$/, { kind: "chat", native: MULTIMODAL, chats: true }],
  [/^qwen3\.[5-9]-[\w.-]+$/, { kind: "chat", native: MULTIMODAL, chats: true }],
  [/^qwen(?!-image)[\w.]*-[\w.-]+$/, { kind: "chat", native: TEXT, chats: true }],
  [/^higress\/auto$|^(easel|deepseek|kimi|glm|gpt)[\w.-]*$/, { kind: "chat", native: TEXT, chats: true }],
];
