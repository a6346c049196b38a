import { setTimeout as delay } from "node:timers/promises";
import { type Answer, json } from "../answer.ts";
import { readMessages, readSchema, readSettings } from "./chatRequest.ts";
import { cachedStream, guardStream, NO_USAGE, streamed, type Told } from "./chatStream.ts";
import { answerTo, tokensOf } from "./chatWords.ts";
import { nativeCode } from "./codes.ts";
import { DENIED, invalid, Refusal } from "./errors.ts";
import { type Body, object, requiredText, text } from "./fields.ts";
import { type Asking, type Handle, refuseAsTold } from "./guard.ts";
import type { Inputs } from "./inputs.ts";
import { type Markers, slowMs, words } from "./markers.ts";
import { requiredModel } from "./models.ts";
import type { TextModel } from "./textModels.ts";

const REASONING = "The user wants a short, concrete answer.";

/** `POST chat/completions` and `POST completions` (contract alibaba-ai-gateway §3.1, §3.2). */
export function createChat(files: Inputs): { chat: Handle; completion: Handle } {
  return {
    chat: async (asking) => {
      const { body, markers, exchange } = asking;
      const { id, model } = textModel(asking);
      const settings = readSettings(body, model);
      const said = readMessages(asking, id, files);
      const isAsr = model.kind === "asr";
      if (isAsr && said.sounds.length === 0) throw invalid("The audio is empty: input_audio is required.");
      if (isAsr) readAsrOptions(body);
      const schema = readSchema(body);
      refuseAsTold(markers);
      const seconds = said.sounds[0]?.facts.seconds ?? 0;
      const told: Told = {
        ...head(asking, id),
        text: answerTo(said, markers, schema),
        reasoning: settings.thinking ? REASONING : undefined,
        usage: {},
        ...(isAsr && { annotations: [heardIn(body)] }),
      };
      told.usage = usageOf(said.letters, told, isAsr ? { seconds } : {});
      if (markers.has("blocked")) return blocked(told, settings.stream);
      if (markers.has("cached") && exchange.headers["x-higress-skip-ai-cache"] !== "on")
        return cached(told, settings.stream);
      const amount = isAsr ? seconds : Number(told.usage.total_tokens);
      const operation = isAsr ? "speech-to-text" : "chat";
      exchange.charge({
        id: asking.requestId,
        operation,
        model: id,
        amount,
        unit: isAsr ? "second" : "token",
      });
      const shown = markers.has("think")
        ? { ...told, reasoning: undefined, text: `<think>${REASONING}</think>${told.text}` }
        : told;
      if (settings.stream) return stream(asking, shown);
      await pause(asking);
      return json(200, whole(shown));
    },
    completion: async (asking) => {
      const { body, markers, exchange } = asking;
      const { id, model } = textModel(asking);
      const { stream: isStream } = readSettings(body, model);
      const prompt = requiredText(body, "prompt");
      refuseAsTold(markers);
      const said = { text: prompt, pictures: [], sounds: [], letters: prompt.length };
      const told: Told = {
        ...head(asking, id),
        text: answerTo(said, markers, undefined),
        reasoning: undefined,
        usage: {},
      };
      told.usage = usageOf(prompt.length, told);
      const amount = Number(told.usage.total_tokens);
      exchange.charge({ id: asking.requestId, operation: "chat", model: id, amount, unit: "token" });
      await pause(asking);
      const { id: answerId, created, model: shown, usage } = told;
      const choice = { index: 0, text: told.text, finish_reason: "stop", logprobs: null };
      const value = {
        id: answerId,
        object: "text_completion",
        created,
        model: shown,
        choices: [choice],
        usage,
      };
      if (!isStream) return json(200, value);
      async function* events() {
        yield { data: value };
        yield { data: "[DONE]" };
      }
      return { status: 200, content: { kind: "events", events: events(), style: {} } };
    },
  };
}

function textModel({ body, exchange }: Asking): { id: string; model: TextModel } {
  const { id, model } = requiredModel(body, exchange.now(), "compat");
  if (!("chats" in model)) throw invalid(`Unsupported model \`${id}\` for OpenAI compatibility mode.`);
  return { id, model };
}

function head({ requestId, exchange, markers }: Asking, model: string) {
  return {
    id: `chatcmpl-${requestId}`,
    // The gateway may route to another model (contract §4).
    model: markers.get("answers") ?? model,
    created: Math.floor(exchange.now() / 1000),
  };
}

/** Options of the speech model beside the messages (fixture 14). */
export function readAsrOptions(body: Body): void {
  const options = object(body, "asr_options");
  text(options, "language");
  if (options.enable_itn !== undefined && typeof options.enable_itn !== "boolean")
    throw invalid("asr_options.enable_itn must be a boolean");
}

/** What the speech model says of the sound (contract §3.6). */
export function heardIn(body: Body): Body {
  const { language = "en" } = object(body, "asr_options");
  return { type: "audio_info", language, emotion: "neutral" };
}

function usageOf(letters: number, { text: answer, reasoning }: Told, more: Body = {}): Body {
  const prompt = Math.ceil(letters / 4) + 8;
  const thought = reasoning === undefined ? 0 : tokensOf(reasoning);
  const completion = tokensOf(answer) + thought;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    ...(thought > 0 && { completion_tokens_details: { reasoning_tokens: thought } }),
    ...more,
  };
}

async function pause({ markers, exchange }: Asking): Promise<void> {
  const ms = slowMs(markers) ?? 0;
  if (ms > 0) await delay(ms, undefined, { signal: exchange.signal });
}

function stream({ markers, exchange, body, direct }: Asking, told: Told): Answer {
  const options = object(body, "stream_options");
  return streamed(told, {
    style: words(markers, "sse"),
    midway: midway(markers),
    slowMs: slowMs(markers) ?? 0,
    signal: exchange.signal,
    usage: !direct || options.include_usage === true,
  });
}

/** The error that breaks a stream off: `[midway]` or `[midway CODE]` (fixture 76). */
function midway(markers: Markers): Refusal | undefined {
  const word = markers.get("midway");
  if (word === undefined) return undefined;
  const code = nativeCode(word) ?? "DataInspectionFailed";
  return code === "DataInspectionFailed"
    ? new Refusal(code, "Output data may contain inappropriate content.")
    : new Refusal(code);
}

function whole({ id, model, created, text: content, reasoning, usage, annotations }: Told): Body {
  const message = {
    role: "assistant",
    content,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(annotations !== undefined && { annotations }),
  };
  return {
    id,
    object: "chat.completion",
    created,
    model,
    system_fingerprint: null,
    choices: [{ index: 0, message, finish_reason: "stop", logprobs: null }],
    usage,
  };
}

function blocked(told: Told, isStream: boolean): Answer {
  if (isStream) return guardStream(told);
  const { system_fingerprint: _, ...answer } = whole({
    ...told,
    text: DENIED,
    reasoning: undefined,
    usage: NO_USAGE,
  });
  return json(200, { ...answer, model: "from-security-guard" });
}

function cached(told: Told, isStream: boolean): Answer {
  if (isStream) return cachedStream(told);
  const message = { role: "assistant", content: told.text };
  return json(200, {
    id: "from-cache",
    object: "chat.completion",
    model: "from-cache",
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage: NO_USAGE,
  });
}
