import { setTimeout as delay } from "node:timers/promises";
import { type Answer, bytes, json } from "../answer.ts";
import type { Services } from "../vendor.ts";
import { heardIn, readAsrOptions } from "./chat.ts";
import { HEARD } from "./chatWords.ts";
import { invalid, URL_ERROR } from "./errors.ts";
import { failureOf } from "./failure.ts";
import { type Body, flag, object, objects, text, texts } from "./fields.ts";
import { type Asking, type Handle, refuseAsTold } from "./guard.ts";
import { type FileRule, type Inputs, isSound, soundSeconds } from "./inputs.ts";
import { type Jobs, refuseAsync, requireAsync } from "./jobs.ts";
import type { Maker } from "./made.ts";
import { readMarkers, slowMs } from "./markers.ts";
import { requiredModel } from "./models.ts";
import { readParts } from "./multipart.ts";

const SOUND: FileRule = { kind: "audio", field: "audio", inline: true, megabytes: 10, seconds: [0, 300] };
const LONG_SOUND: FileRule = {
  kind: "audio",
  field: "file_url",
  inline: false,
  megabytes: 2048,
  seconds: [0, 12 * 3600],
};
/** Words with the time they are heard at, in milliseconds. */
const WORDS = [
  { text: "Hello", punctuation: "", begin_time: 120, end_time: 620 },
  { text: "world", punctuation: ".", begin_time: 700, end_time: 1480 },
];
const [FIRST = 0, LAST = 1480] = [WORDS[0]?.begin_time, WORDS.at(-1)?.end_time];

export type Transcribe = {
  /** `POST /v1/audio/transcriptions`, a form (fixture 13). */
  openai: Handle;
  /** The native call of the short model; the model has been found (fixture 15). */
  native(asking: Asking, id: string): Promise<Answer>;
  /** Long files, as a task (fixture 16). */
  submit: Handle;
};

export function createTranscribe(services: Services, maker: Maker, files: Inputs, jobs: Jobs): Transcribe {
  return {
    openai: async (asking) => {
      const { exchange, requestId } = asking;
      const parts = readParts(String(exchange.headers["content-type"] ?? ""), exchange.body);
      if (parts === undefined) throw invalid("The body must be multipart/form-data.");
      const fields = Object.fromEntries(
        parts.flatMap(({ name, filename, data }) =>
          filename === undefined ? [[name, data.toString("utf8")]] : [],
        ),
      );
      const file = parts.find(({ name, filename }) => name === "file" && filename !== undefined);
      const { id, model } = requiredModel(fields, exchange.now(), "compat");
      if (!["whisper", "asr", "filetrans"].includes(model.kind))
        throw invalid(`Unsupported model \`${id}\` for audio/transcriptions.`);
      if (file === undefined || file.data.length === 0) throw invalid("file is required");
      if (!isSound(file.data)) throw invalid("Invalid file format.");
      const markers = readMarkers(fields);
      refuseAsTold(markers);
      const write = WRITERS[String(fields.response_format ?? "json")];
      if (write === undefined)
        throw invalid("response_format must be one of json, text, srt, verbose_json, vtt");
      const amount = soundSeconds(file.data);
      exchange.charge({ id: requestId, operation: "speech-to-text", model: id, amount, unit: "second" });
      const ms = slowMs(markers) ?? 0;
      if (ms > 0) await delay(ms, undefined, { signal: exchange.signal });
      return write(String(fields.language ?? "en"), amount);
    },
    native: async (asking, id) => {
      refuseAsync(asking);
      const { body, exchange, requestId, markers } = asking;
      const messages = objects(object(body, "input"), "messages") ?? [];
      const user = messages.filter(({ role }) => role === "user");
      const item = user
        .flatMap((message) => objects(message, "content") ?? [])
        .find(({ audio }) => audio !== undefined);
      if (item === undefined) throw invalid("The audio is empty");
      const sound = files.read(item.audio, SOUND, { exchange, model: id });
      if (sound.problem !== undefined) throw sound.problem;
      const parameters = object(body, "parameters");
      readAsrOptions(parameters);
      refuseAsTold(markers);
      const { seconds } = sound.facts;
      exchange.charge({
        id: requestId,
        operation: "speech-to-text",
        model: id,
        amount: seconds,
        unit: "second",
      });
      const message = { role: "assistant", content: [{ text: HEARD }], annotations: [heardIn(parameters)] };
      return json(200, {
        output: { choices: [{ finish_reason: "stop", message }] },
        usage: { seconds },
        request_id: requestId,
      });
    },
    submit: (asking) => {
      const { body, exchange, markers } = asking;
      const { id, model } = requiredModel(body, exchange.now(), "native");
      if (model.kind !== "filetrans") throw invalid(URL_ERROR);
      requireAsync(asking);
      const input = object(body, "input");
      const isList = model.files === "file_urls";
      const urls = isList ? (texts(input, "file_urls") ?? []) : [text(input, "file_url") ?? ""];
      if (urls.length === 0 || urls[0] === "") throw invalid(`Field required: input.${model.files}`);
      if (urls.length > 100) throw invalid("file_urls can have at most 100 urls");
      const inputs = urls.map((url) => files.read(url, LONG_SOUND, { exchange, model: id }));
      readParameters(object(body, "parameters"));
      refuseAsTold(markers);
      const seconds = inputs.reduce((sum, { facts }) => sum + facts.seconds, 0);
      return jobs.submit(asking, {
        model: id,
        service: "audio/asr/transcription",
        ms: services.taskMs,
        parallel: 20,
        failure: failureOf(markers, inputs),
        output: () => {
          const documents = urls.map((url) => ({
            file_url: url,
            transcription_url: maker.document(transcript(url)),
          }));
          const [first] = documents;
          const counts = { TOTAL: urls.length, SUCCEEDED: urls.length, FAILED: 0 };
          return isList
            ? {
                results: documents.map((each) => ({ ...each, subtask_status: "SUCCEEDED" })),
                task_metrics: counts,
              }
            : { result: { transcription_url: first?.transcription_url } };
        },
        usage: isList ? { duration: seconds } : { seconds },
        charge: { operation: "speech-to-text", amount: seconds, unit: "second" },
      });
    },
  };
}

function readParameters(parameters: Body): void {
  const { channel_id: channels = [0] } = parameters;
  if (!Array.isArray(channels) || !channels.every((channel) => Number.isInteger(channel)))
    throw invalid("channel_id must be an array of integers");
  text(parameters, "language");
  flag(parameters, "enable_itn");
  flag(parameters, "enable_words");
  if (parameters.language_hints !== undefined) texts(parameters, "language_hints");
}

/** What stands behind a transcription's link. */
function transcript(url: string): Body {
  const sentence = {
    sentence_id: 0,
    begin_time: FIRST,
    end_time: LAST,
    language: "en",
    emotion: "neutral",
    text: HEARD,
    words: WORDS,
  };
  return {
    file_url: url,
    audio_info: { format: "mp3", sample_rate: 16_000 },
    properties: {
      audio_format: "mp3",
      channels: [0],
      original_sampling_rate: 16_000,
      original_duration_in_milliseconds: 2000,
    },
    transcripts: [
      { channel_id: 0, content_duration_in_milliseconds: LAST - FIRST, text: HEARD, sentences: [sentence] },
    ],
  };
}

const clock = (ms: number, mark: string) => new Date(ms).toISOString().slice(11, 23).replace(".", mark);

/** How the transcription is written down, by `response_format`. */
const WRITERS: Record<string, (language: string, seconds: number) => Answer> = {
  json: () => json(200, { text: "hello world" }),
  text: () => bytes(200, "text/plain; charset=utf-8", "hello world\n"),
  srt: () =>
    bytes(
      200,
      "text/plain; charset=utf-8",
      `1\n${clock(FIRST, ",")} --> ${clock(LAST, ",")}\nhello world\n\n`,
    ),
  vtt: () =>
    bytes(
      200,
      "text/plain; charset=utf-8",
      `WEBVTT\n\n${clock(FIRST, ".")} --> ${clock(LAST, ".")}\nhello world\n\n`,
    ),
  verbose_json: (language, duration) =>
    json(200, {
      task: "transcribe",
      language,
      duration,
      text: "hello world",
      segments: [{ id: 0, start: FIRST / 1000, end: LAST / 1000, text: "hello world" }],
    }),
};
