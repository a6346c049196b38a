import { z } from "zod";
import { isLocalHost } from "../../../net/addresses.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { jsonOf } from "../../wire/json.ts";
import { errorOfTask } from "../errors.ts";
import { secureLink } from "../media.ts";
import { wireModel } from "../names.ts";
import { submitTask } from "../tasks/submit.ts";
import type { Answer } from "../wire/call.ts";
import { transcriptEvents } from "./events.ts";
import { fileForms, transcriptOperation } from "./operation.ts";
import { type Cue, type TranscriptFormat, writeTranscript } from "./subtitles.ts";
import { soundOf, unreadableAnswer } from "./sync.ts";

/** The only way to long files (contract §3.6, fixture 16). */
const filesPath = "/api/v1/services/audio/asr/transcription";

/** Submits a file by its link; the answer is a task. */
export async function* submitFile(
  request: VendorRequest,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const form = fileForms[request.model];
  const { language, numbersAsDigits, format } = request.options;
  const url = soundOf(request).url ?? "";
  const known = language === "auto" ? undefined : String(language);
  const task = await submitTask(
    filesPath,
    {
      model: wireModel(request, context),
      input: form === "one" ? { file_url: url } : { file_urls: [url] },
      parameters: {
        channel_id: [0],
        ...(form === "one"
          ? { language: known, enable_itn: numbersAsDigits === true, enable_words: format !== "text" }
          : { language_hints: known === undefined ? undefined : [known] }),
      },
    },
    context,
  );
  const operation = transcriptOperation(request, task);
  if (operation) yield { type: "accepted", operation };
}

const text = z.string().catch("");
const when = z.number().catch(0);
const linkSchema = z.object({ transcription_url: z.string().min(1) });
const failedSchema = z.object({ code: z.string().optional(), message: z.string().optional() });
const outputSchema = z.object({
  result: z.unknown().optional(),
  results: z.array(z.unknown()).catch([]),
});
const usageSchema = z.object({ seconds: z.number().optional(), duration: z.number().optional() }).catch({});

const resultSchema = z.object({
  transcripts: z.array(
    z.object({
      text,
      sentences: z
        .array(
          z.object({
            begin_time: when,
            end_time: when,
            text,
            words: z.array(z.object({ begin_time: when, end_time: when, text, punctuation: text })).catch([]),
          }),
        )
        .catch([]),
    }),
  ),
});

/** What a finished task leads to: a JSON file of sentences with their times, fetched without credentials (contract §7, fixture 16). */
export async function* deliverTranscript(
  format: TranscriptFormat,
  answer: Answer,
  context: VendorContext,
): AsyncGenerator<VendorEvent> {
  const output = outputSchema.parse(answer.body.output ?? {});
  const result = output.result ?? output.results[0];
  const link = linkSchema.safeParse(result).data;
  if (!link) {
    const failure = failedSchema.safeParse(result).data;
    if (!failure?.code) throw unreadableAnswer(answer);
    yield { type: "failed", error: errorOfTask(failure, answer.requestId) };
    return;
  }
  const parsed = resultSchema.safeParse(await fetchJson(link.transcription_url, context)).data;
  if (!parsed) throw unreadableAnswer(answer);
  const { seconds, duration } = usageSchema.parse(answer.body.usage ?? {});
  const sentences = parsed.transcripts.flatMap((track) =>
    track.sentences.length > 0
      ? track.sentences.map((sentence) => cueOf(sentence))
      : [{ from: 0, to: 0, text: track.text }],
  );
  const hasTimes = sentences.every(({ to }) => to > 0);
  yield* transcriptEvents({
    text: writeTranscript(sentences, hasTimes ? format : "text"),
    ...(hasTimes || format === "text" ? {} : { missed: format }),
    usage: (seconds ?? duration) ? { seconds: seconds ?? duration ?? 0 } : {},
    requestId: answer.requestId,
  });
}

interface Timed {
  begin_time: number;
  end_time: number;
  text: string;
}

function cueOf({ words, ...sentence }: Timed & { words: (Timed & { punctuation: string })[] }): Cue {
  return {
    ...timed(sentence),
    words: words.map((word) => ({ ...timed(word), text: word.text + word.punctuation })),
  };
}

function timed({ begin_time: from, end_time: to, text: said }: Timed): Cue {
  return { from, to, text: said };
}

/** Longest result: twelve hours of speech, word by word. */
const maxResultBytes = 64 * 2 ** 20;

async function fetchJson(link: string, { http, signal, baseUrl }: VendorContext): Promise<unknown> {
  const url = secureLink(link);
  const host = URL.parse(url)?.hostname ?? "";
  const isOurs = host === URL.parse(baseUrl)?.hostname;
  if (isLocalHost(host) && !isOurs)
    throw new VendorError({ reason: "protocol", sent: "unknown", code: "private" });
  try {
    const response = await http.get({ url, headers: { accept: "application/json" }, signal });
    const body = await response.text(maxResultBytes);
    if (response.status === 403 || response.status === 404 || response.status === 410) {
      throw new VendorError({
        reason: "expired",
        sent: "unknown",
        status: response.status,
        code: "linkDead",
      });
    }
    return response.status === 200 ? jsonOf(body) : undefined;
  } catch (fault) {
    throw errorOfFault(fault);
  }
}
