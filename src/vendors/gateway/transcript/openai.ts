import { z } from "zod";
import type { VendorContext, VendorRequest } from "../../contract.ts";
import { bytesOf } from "../../wire/body.ts";
import { errorOfFault } from "../../wire/faults.ts";
import { errorOfAnswer, requestIdOf, unreadable } from "../errors.ts";
import { readBody, readError } from "../wire/answer.ts";
import { open, type Sending } from "../wire/call.ts";
import type { Transcript } from "./events.ts";
import { type Cue, type TranscriptFormat, writeTranscript } from "./subtitles.ts";
import { soundOf } from "./sync.ts";

const jsonSchema = z.object({
  text: z.string(),
  segments: z
    .array(z.object({ start: z.number(), end: z.number(), text: z.string() }))
    .optional()
    .catch(undefined),
  usage: z.object({ seconds: z.number().optional().catch(undefined) }).catch({}),
});

/** Names of the formats on this route. */
const wireFormats = { text: "json", srt: "srt", vtt: "vtt" } as const;

/**
 * Listens by OpenAI's route: a form with the file last (contract §3, fixture 13). A backend that knows no subtitles answers JSON all the
 * same; what it says of times is used.
 */
export async function listenOpenAi(
  context: VendorContext,
  model: string,
  request: VendorRequest,
): Promise<Transcript> {
  const { format = "text" } = request.options as { format?: TranscriptFormat };
  const sending: Sending = {
    route: "compatible",
    path: "/audio/transcriptions",
    form: await formOf(model, request, wireFormats[format]),
    headers: { accept: "*/*" },
  };
  const response = await open(context, "transcript-openai", sending);
  const body = readBody(
    await response.text().catch((fault: unknown) => {
      throw errorOfFault(fault);
    }),
  );
  if (readError(body.json)) throw errorOfAnswer(response, body, sending, context);
  const requestId = requestIdOf(response, undefined);
  const parsed = jsonSchema.safeParse(body.json).data;
  if (parsed) return { ...written(parsed, format), usage: usageOf(parsed.usage.seconds), requestId };
  if (!isText(response.headers["content-type"], body.text)) throw unreadable(response);
  const isAsked = format === "text" || starts[format].test(body.text);
  return { text: body.text, ...(isAsked ? {} : { missed: format }), requestId };
}

const starts = { srt: /^\uFEFF?\d+\r?\n\d{2}:\d{2}:\d{2},/, vtt: /^\uFEFF?WEBVTT/ } as const;

async function formOf(model: string, request: VendorRequest, responseFormat: string): Promise<FormData> {
  const { language, hint } = request.options;
  const file = soundOf(request);
  const form = new FormData();
  form.set("model", model);
  if (language !== "auto") form.set("language", String(language));
  if (hint) form.set("prompt", String(hint));
  form.set("response_format", responseFormat);
  form.set("file", new Blob([new Uint8Array(await bytesOf(file))], { type: file.type }), file.name);
  return form;
}

function written(
  { text, segments = [] }: z.infer<typeof jsonSchema>,
  format: TranscriptFormat,
): Pick<Transcript, "text" | "missed"> {
  if (format === "text") return { text };
  if (segments.length === 0) return { text, missed: format };
  const cues = segments.map(
    (each): Cue => ({ from: each.start * 1000, to: each.end * 1000, text: each.text }),
  );
  return { text: writeTranscript(cues, format) };
}

function usageOf(seconds: number | undefined): Record<string, number> {
  return seconds ? { seconds } : {};
}

/** Words, and no page of some proxy, nor JSON that broke off. */
function isText(type = "", text: string): boolean {
  return text.trim() !== "" && !/html|event-stream|json/i.test(type) && !/^\s*[<{[]/.test(text);
}
