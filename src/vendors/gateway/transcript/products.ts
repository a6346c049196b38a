import type { Estimate, InputSlot } from "../../../model/catalog.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { givenModel, wireModel } from "../names.ts";
import { schemaOf } from "../options.ts";
import type { Product } from "../product.ts";
import { firstRoute } from "../routes.ts";
import { settingsOf } from "../settings.ts";
import { modelName } from "../speech/options.ts";
import { type Transcript, transcriptEvents } from "./events.ts";
import { submitFile } from "./files.ts";
import { listenOpenAi } from "./openai.ts";
import { fileForms } from "./operation.ts";
import * as option from "./options.ts";
import { listenByChat, listenNatively, soundOf } from "./sync.ts";

const minute = 60_000;
const MiB = 2 ** 20;

/** Formats that a file can have here. */
const soundTypes = ["audio/mpeg", "audio/wav", "audio/ogg", "audio/flac", "audio/mp4", "audio/aac"];
const videoTypes = ["video/mp4", "video/quicktime", "video/webm"];

const unknown = (): Estimate => ({ kind: "unknown" });

type Way = "openai" | "chat" | "native";

const listeners: Readonly<
  Record<Way, (context: VendorContext, model: string, request: VendorRequest) => Promise<Transcript>>
> = { openai: listenOpenAi, chat: listenByChat, native: listenNatively };

/** Listens by the route the user chose, where the model has it, or by the first that is there. A link cannot go into a form. */
async function* heard(
  request: VendorRequest,
  context: VendorContext,
  model: string,
  order: readonly Way[],
): AsyncGenerator<VendorEvent> {
  const chosen = settingsOf(context).routes.transcript;
  const able = order.filter((way) => way !== "openai" || soundOf(request).url === undefined);
  const routes = able.filter((way) => chosen === "auto" || way === chosen);
  yield* transcriptEvents(
    await firstRoute(routes.length > 0 ? routes : able, (way) => listeners[way](context, model, request)),
  );
}

/** Short recordings, at once: words without times. Five minutes and 10 MB as base64 (contract §3.6). */
const flash: Product = {
  model: { id: "qwen3-asr-flash", name: "Qwen3 ASR Flash" },
  operation: "transcript",
  profile: {
    options: schemaOf({
      language: option.language(),
      numbersAsDigits: option.numbersAsDigits(),
      modelName: modelName(),
    }),
    inputs: [
      {
        role: "audio",
        kind: "audio",
        min: 1,
        max: 1,
        limits: { types: soundTypes, maxBytes: Math.floor((10 * MiB * 3) / 4), maxSeconds: 300 },
        takes: "either",
      },
    ],
    prompt: "none",
    deadlineMs: 10 * minute,
    estimate: unknown,
  },
  start: (request, context) =>
    heard(request, context, wireModel(request, context), ["chat", "native", "openai"]),
};

/** A sound, or a video for its sound. */
const soundOrVideo = (
  limits: { maxBytes: number; maxSeconds?: number },
  takes: InputSlot["takes"],
): InputSlot[] => [
  {
    role: "audio",
    kind: "audio",
    also: ["video"],
    min: 1,
    max: 1,
    limits: { types: [...soundTypes, ...videoTypes], ...limits },
    takes,
  },
];

/** Whatever model the gateway serves at OpenAI's route, by the name the user gives; 25 MB is OpenAI's own limit. */
const openAi: Product = {
  model: { id: "openai-transcriptions", name: "OpenAI Transcriptions API" },
  operation: "transcript",
  profile: {
    options: schemaOf({
      modelName: modelName(),
      format: option.format(),
      language: option.language(),
      hint: option.hint(),
    }),
    inputs: soundOrVideo({ maxBytes: 25 * MiB }, "bytes"),
    prompt: "none",
    deadlineMs: 15 * minute,
    estimate: unknown,
  },
  start: (request, context) => heard(request, context, givenModel(request, context), ["openai"]),
};

/** Price of a second in USD, in Singapore (contract §9). */
const fileSecond = 0.000032;

interface FileModel {
  id: string;
  name: string;
  price?: number;
  preview?: true;
}

const fileModels: readonly FileModel[] = [
  { id: "qwen3-asr-flash-filetrans", name: "Qwen3 ASR Flash Filetrans", price: fileSecond },
  { id: "fun-asr", name: "Fun-ASR", preview: true },
  { id: "paraformer-v2", name: "Paraformer 2", preview: true },
];

/** Long recordings, as tasks: up to 12 hours and 2 GB, by public link only (contract §3.6). */
const files: readonly Product[] = fileModels.map(({ price, ...model }) => ({
  model,
  operation: "transcript",
  profile: {
    options: schemaOf({
      format: option.format(),
      language: option.language(),
      numbersAsDigits: fileForms[model.id] === "one" && option.numbersAsDigits(),
      modelName: modelName(),
    }),
    inputs: soundOrVideo({ maxBytes: 2 * 1024 * MiB, maxSeconds: 12 * 3600 }, "link"),
    prompt: "none",
    deadlineMs: 6 * 60 * minute,
    estimate: ({ inputs = [], region }) => {
      const seconds = inputs[0]?.seconds;
      if (price === undefined || seconds === undefined || region !== "intl") return { kind: "unknown" };
      const amount = price * seconds;
      const basis = { unitPrice: price, per: "second", count: seconds } as const;
      return { kind: "money", low: amount, high: amount, currency: "USD", basis };
    },
  },
  start: submitFile,
}));

export const transcriptProducts: readonly Product[] = [flash, ...files, openAi];
