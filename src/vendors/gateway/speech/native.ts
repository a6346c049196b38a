import { z } from "zod";
import type { VendorContext, VendorEvent } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { unreadable } from "../errors.ts";
import { linkExpiry, secureLink } from "../media.ts";
import { call } from "../wire/call.ts";

/** Qwen's models speak where its chats are answered, CosyVoice's at a place of its own (contract §3.6). */
export const speechPaths = {
  qwen: "/api/v1/services/aigc/multimodal-generation/generation",
  cosy: "/api/v1/services/audio/tts/SpeechSynthesizer",
} as const;

const answerSchema = z.object({
  output: z.object({ audio: z.object({ url: z.string().catch(""), expires_at: z.number().catch(0) }) }),
  usage: z
    .object({
      characters: z.number().optional().catch(undefined),
      input_tokens: z.number().optional().catch(undefined),
      output_tokens: z.number().optional().catch(undefined),
    })
    .catch({}),
});

/** Speaks over a native route: the answer is a link to the file. */
export async function speakNatively(
  context: VendorContext,
  path: string,
  json: BodyObject,
): Promise<VendorEvent[]> {
  const { body, requestId } = await call(context, "speech-native", { route: "native", path, json });
  const parsed = answerSchema.safeParse(body).data;
  const lost = unreadable({ status: 200, headers: requestId ? { "x-request-id": requestId } : {} });
  if (!parsed) throw lost;
  const { url, expires_at: until } = parsed.output.audio;
  const { characters = 0, input_tokens: input = 0, output_tokens: made = 0 } = parsed.usage;
  const units = {
    ...(characters > 0 ? { characters } : {}),
    ...(input + made > 0 ? { tokens: input + made } : {}),
  };
  const output: VendorEvent =
    url === ""
      ? { type: "failed", index: 0, error: lost }
      : {
          type: "output",
          index: 0,
          source: { kind: "link", url: secureLink(url), expires: linkExpiry(url, until, context) },
          facts: requestId ? { requestId } : {},
        };
  return [output, { type: "usage", usage: { units } }, { type: "done" }];
}
