import type { Estimate } from "../../../model/catalog.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { promptProblems } from "../checks.ts";
import { givenModel, wireModel } from "../names.ts";
import { choice, flag, schemaOf } from "../options.ts";
import type { Product } from "../product.ts";
import { firstRoute } from "../routes.ts";
import { settingsOf } from "../settings.ts";
import { speakNatively, speechPaths } from "./native.ts";
import { speakOpenAi } from "./openai.ts";
import * as option from "./options.ts";
import { cosyVoices, qwenVoices, speechLanguages } from "./voices.ts";

/** An answer comes in seconds; the reference client waits five minutes (contract §3). */
const deadlineMs = 5 * 60_000;
/** Longest text that OpenAI's route takes, in characters (contract §2). */
const maxOpenAiText = 4096;

const unknown = (): Estimate => ({ kind: "unknown" });
const basic = { level: "basic" } as const;

interface NativeForm {
  path: string;
  input(request: VendorRequest): BodyObject;
}

/** A model of the vendor's own: by its native route, and where the gateway maps it, by OpenAI's. */
function vendorProduct(
  model: Product["model"],
  options: Product["profile"]["options"],
  { path, input }: NativeForm,
): Product {
  return {
    model,
    operation: "speech",
    profile: { options, inputs: [], prompt: "required", deadlineMs, estimate: unknown },
    start: (request, context) => {
      const name = wireModel(request, context);
      return spoken(context, ["native", "openai"], {
        native: () => speakNatively(context, path, { model: name, input: input(request) }),
        openai: () => speakOpenAi(context, openAiBody(request, name, String(request.options.voice))),
      });
    },
  };
}

const qwenOptions = {
  voice: option.voice(qwenVoices),
  language: choice("speechLanguage", speechLanguages, "Auto", basic),
  modelName: option.modelName(),
};

const qwenInput = (request: VendorRequest): BodyObject => ({
  text: request.prompt,
  voice: String(request.options.voice),
  language_type: String(request.options.language),
});

const qwen = vendorProduct({ id: "qwen3-tts-flash", name: "Qwen3 TTS Flash" }, schemaOf(qwenOptions), {
  path: speechPaths.qwen,
  input: qwenInput,
});

const qwenInstruct = vendorProduct(
  { id: "qwen3-tts-instruct-flash", name: "Qwen3 TTS Instruct Flash" },
  schemaOf({
    instructions: option.instructions(),
    ...qwenOptions,
    optimizeInstructions: flag("optimizeInstructions", false),
  }),
  {
    path: speechPaths.qwen,
    input: (request) => ({
      ...qwenInput(request),
      ...(request.options.instructions
        ? {
            instructions: String(request.options.instructions),
            optimize_instructions: request.options.optimizeInstructions === true,
          }
        : {}),
    }),
  },
);

const cosyModels = [
  { id: "cosyvoice-v3-flash", name: "CosyVoice 3 Flash", preview: true },
  { id: "cosyvoice-v3-plus", name: "CosyVoice 3 Plus", preview: true },
] as const;

const cosy = cosyModels.map((model) =>
  vendorProduct(
    model,
    schemaOf({
      voice: option.voice(cosyVoices),
      format: option.format(["mp3", "wav"], "mp3"),
      sampleRate: option.sampleRate(["16000", "22050", "24000", "44100", "48000"], "24000"),
      modelName: option.modelName(),
    }),
    {
      path: speechPaths.cosy,
      input: (request) => ({
        text: request.prompt,
        voice: String(request.options.voice),
        format: String(request.options.format),
        sample_rate: Number(request.options.sampleRate),
      }),
    },
  ),
);

/** Whatever model the gateway serves at OpenAI's route, by the name the user gives. */
const openAi: Product = {
  model: { id: "openai-speech", name: "OpenAI Speech API" },
  operation: "speech",
  profile: {
    options: schemaOf({
      modelName: option.modelName(),
      voice: option.voice(["alloy"]),
      format: option.format(["mp3", "wav", "opus", "aac", "flac"], "mp3"),
    }),
    inputs: [],
    prompt: "required",
    deadlineMs,
    check: (request) => promptProblems(request, maxOpenAiText),
    estimate: unknown,
  },
  start: (request, context) => {
    const name = givenModel(request, context);
    return spoken(context, ["openai"], {
      openai: () => speakOpenAi(context, openAiBody(request, name, String(request.options.voice))),
    });
  },
};

export const speechProducts: readonly Product[] = [qwen, qwenInstruct, ...cosy, openAi];

type Way = "native" | "openai";

/** Speaks by the route the user chose, where the model has it, or by the first that is there. */
async function* spoken(
  context: VendorContext,
  order: readonly Way[],
  ways: Partial<Record<Way, () => Promise<VendorEvent[]>>>,
): AsyncGenerator<VendorEvent> {
  const chosen = settingsOf(context).routes.speech;
  const routes = order.filter((way) => chosen === "auto" || way === chosen);
  yield* await firstRoute(routes.length > 0 ? routes : order, (way) => ways[way]?.() ?? Promise.resolve([]));
}

/** WAV where the model makes nothing else: a gateway that maps it may say so (contract §3.6). */
function openAiBody({ prompt, options }: VendorRequest, model: string, voice: string): BodyObject {
  return { model, input: prompt, voice, response_format: String(options.format ?? "wav") };
}
