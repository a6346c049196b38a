import { setTimeout as delay } from "node:timers/promises";
import { type Answer, bytes, json } from "../answer.ts";
import { mp3Clip, wavClip } from "../media/clips.ts";
import { tokensOf } from "./chatWords.ts";
import { invalid, URL_ERROR } from "./errors.ts";
import { type Body, choice, integer, number, object, requiredText, text } from "./fields.ts";
import { type Asking, type Handle, isSse, refuseAsTold } from "./guard.ts";
import { refuseAsync } from "./jobs.ts";
import type { Maker } from "./made.ts";
import { plain, slowMs } from "./markers.ts";
import { requiredModel } from "./models.ts";
import { nativeEvents } from "./nativeStream.ts";
import type { TextModel } from "./textModels.ts";

/** Voices of another vendor's models: the native path knows none of them. */
const FOREIGN_VOICES = [
  "alloy",
  "ash",
  "ballad",
  "coral",
  "echo",
  "fable",
  "nova",
  "onyx",
  "sage",
  "shimmer",
  "verse",
];
const LANGUAGES = [
  "Auto",
  "Chinese",
  "English",
  "German",
  "Italian",
  "Portuguese",
  "Spanish",
  "Japanese",
  "Korean",
  "French",
  "Russian",
];
const MOST_LETTERS = 4096;
const PIECE = 4096;
/** 16-bit samples of one channel at 24 kHz. */
const PCM_RATE = 24_000;
const PCM_PIECES = 4;

const FORMATS: Record<string, { type: string; make(id: string): Buffer }> = {
  mp3: { type: "audio/mpeg", make: (id) => mp3Clip(id) },
  wav: { type: "audio/wav", make: (id) => wavClip(id) },
  pcm: { type: "audio/pcm", make: (id) => wavClip(id).subarray(44) },
};

export type Speech = {
  /** `POST /v1/audio/speech` (fixtures 17, 18). */
  openai: Handle;
  /** The native call of the tts models; the model has been found (fixtures 19, 20). */
  native(asking: Asking, id: string, model: TextModel): Promise<Answer>;
  /** `POST /api/v1/services/audio/tts/SpeechSynthesizer`. */
  synthesizer: Handle;
};

export function createSpeech(maker: Maker): Speech {
  return {
    openai: async (asking) => {
      const { body, exchange, markers, requestId } = asking;
      const { id, model } = requiredModel(body, exchange.now(), "compat");
      if (model.kind !== "tts" && model.kind !== "speech")
        throw invalid(`Unsupported model \`${id}\` for audio/speech.`);
      const input = requiredText(body, "input");
      if (input.length > MOST_LETTERS) throw invalid(`input must have at most ${MOST_LETTERS} characters`);
      requiredText(body, "voice");
      number(body, "speed", 0.25, 4);
      const format = FORMATS[choice(body, "response_format", Object.keys(FORMATS)) ?? "mp3"];
      accept(asking, id, input);
      await pause(asking);
      if (markers.has("redirect")) return bytes(302, "", "", { Location: maker.wav() });
      const data = format?.make(requestId) ?? Buffer.alloc(0);
      const pace = { pieceBytes: PIECE, gapMs: 0, silenceMs: 0, announced: false };
      return { status: 200, content: { kind: "bytes", bytes: data, type: format?.type ?? "", pace } };
    },
    native: async (asking, id, model) => {
      refuseAsync(asking);
      const { exchange, requestId, markers } = asking;
      const input = object(asking.body, "input");
      const spoken = requiredText(input, "text");
      readVoice(input);
      choice(input, "language_type", LANGUAGES);
      accept(asking, id, spoken);
      const usage =
        model.counts === "tokens"
          ? { input_tokens: tokensOf(spoken), output_tokens: 50, total_tokens: tokensOf(spoken) + 50 }
          : { characters: plain(spoken).length };
      await pause(asking);
      const audio = { data: "", url: maker.wav(), id: `audio_${requestId}`, expires_at: maker.expiresAt() };
      const last = { output: { finish_reason: "stop", audio }, usage, request_id: requestId };
      if (!isSse(exchange)) return json(200, last);
      return nativeEvents(
        spokenParts(last, markers.has("slow") ? (slowMs(markers) ?? 0) : 0, exchange.signal),
      );
    },
    synthesizer: async (asking) => {
      const { body, exchange, requestId } = asking;
      const { id, model } = requiredModel(body, exchange.now(), "native");
      if (model.kind !== "speech") throw invalid(URL_ERROR);
      const input = object(body, "input");
      const spoken = requiredText(input, "text");
      readVoice(input);
      const format = choice(input, "format", ["mp3", "wav"]) ?? "mp3";
      integer(input, "sample_rate", 8000, 48_000);
      accept(asking, id, spoken);
      await pause(asking);
      const url = format === "wav" ? maker.wav() : maker.mp3();
      const audio = { data: "", url, id: `audio_${requestId}`, expires_at: maker.expiresAt() };
      return json(200, {
        output: { finish_reason: "stop", audio },
        usage: { characters: plain(spoken).length },
        request_id: requestId,
      });
    },
  };
}

function readVoice(input: Body): void {
  const voice = requiredText(input, "voice");
  if (FOREIGN_VOICES.includes(voice))
    throw invalid(`<400> InternalError.Algo.InvalidParameter: voice ${voice} is not supported.`);
  text(input, "instructions");
}

function accept({ markers, exchange, requestId }: Asking, model: string, spoken: string): void {
  refuseAsTold(markers);
  const amount = plain(spoken).length;
  exchange.charge({ id: requestId, operation: "text-to-speech", model, amount, unit: "character" });
}

async function pause({ markers, exchange }: Asking): Promise<void> {
  const ms = slowMs(markers) ?? 0;
  if (ms > 0) await delay(ms, undefined, { signal: exchange.signal });
}

type Last = { output: { finish_reason: string; audio: Body }; usage: Body; request_id: string };

/** Pieces of raw sound, then the link (fixture 20). */
async function* spokenParts(last: Last, gapMs: number, signal: AbortSignal): AsyncIterable<object> {
  const { audio } = last.output;
  for (let piece = 0; piece < PCM_PIECES; piece += 1) {
    if (gapMs > 0) await delay(gapMs, undefined, { signal });
    const samples = Buffer.alloc(PCM_RATE / 10);
    for (let at = 0; at < samples.length; at += 2)
      samples.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * 330 * (at / 2)) / PCM_RATE)), at);
    const part = { ...audio, data: samples.toString("base64"), url: "" };
    yield { output: { finish_reason: "null", audio: part }, request_id: last.request_id };
  }
  yield last;
}
