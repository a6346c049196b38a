import { z } from "zod";
import type { InputFile, VendorContext, VendorRequest } from "../../contract.ts";
import { type BodyObject, DataUriPart } from "../../wire/body.ts";
import { blocked, unreadable } from "../errors.ts";
import { type Answer, call } from "../wire/call.ts";
import type { Transcript } from "./events.ts";

const usageSchema = z
  .object({
    seconds: z.number().optional().catch(undefined),
    total_tokens: z.number().optional().catch(undefined),
  })
  .catch({});

const chatSchema = z.object({
  model: z.string().catch(""),
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: usageSchema,
});

const nativeSchema = z.object({
  output: z.object({
    choices: z
      .array(z.object({ message: z.object({ content: z.array(z.object({ text: z.string().catch("") })) }) }))
      .min(1),
  }),
  usage: usageSchema,
});

/** Listens by the chat route: the sound is a part of a message, and no stream, or its options would have to go too (contract §3.2, fixture 14). */
export async function listenByChat(
  context: VendorContext,
  model: string,
  request: VendorRequest,
): Promise<Transcript> {
  const data = new DataUriPart(soundOf(request));
  const answer = await call(context, "transcript-chat", {
    route: "compatible",
    path: "/chat/completions",
    json: {
      model,
      stream: false,
      messages: [{ role: "user", content: [{ type: "input_audio", input_audio: { data } }] }],
      asr_options: asrOptions(request),
    },
  });
  const parsed = chatSchema.safeParse(answer.body).data;
  if (!parsed) throw unreadableAnswer(answer);
  const text = parsed.choices[0]?.message.content ?? "";
  if (parsed.model === "from-security-guard") throw blocked(text, answer.requestId);
  return { text, usage: unitsOf(parsed.usage), requestId: answer.requestId };
}

/** Listens by the native route (fixture 15). */
export async function listenNatively(
  context: VendorContext,
  model: string,
  request: VendorRequest,
): Promise<Transcript> {
  const answer = await call(context, "transcript-native", {
    route: "native",
    path: "/api/v1/services/aigc/multimodal-generation/generation",
    json: {
      model,
      input: {
        messages: [
          { role: "system", content: [{ text: "" }] },
          { role: "user", content: [{ audio: new DataUriPart(soundOf(request)) }] },
        ],
      },
      parameters: { asr_options: asrOptions(request) },
    },
  });
  const parsed = nativeSchema.safeParse(answer.body).data;
  if (!parsed) throw unreadableAnswer(answer);
  const text = parsed.output.choices[0]?.message.content.map((part) => part.text).join("") ?? "";
  return { text, usage: unitsOf(parsed.usage), requestId: answer.requestId };
}

/** The file to listen to. */
export function soundOf({ inputs }: VendorRequest): InputFile {
  const [input] = inputs;
  if (!input) throw new TypeError("a transcript has an input");
  return input;
}

export function unreadableAnswer({ requestId }: Answer) {
  return unreadable({ status: 200, headers: requestId ? { "x-request-id": requestId } : {} });
}

/** No language leaves it to the model. */
function asrOptions({ options }: VendorRequest): BodyObject {
  return {
    ...(options.language === "auto" ? {} : { language: String(options.language) }),
    enable_itn: options.numbersAsDigits === true,
  };
}

function unitsOf({ seconds, total_tokens: tokens }: z.infer<typeof usageSchema>): Record<string, number> {
  return { ...(seconds ? { seconds } : {}), ...(tokens && !seconds ? { tokens } : {}) };
}
