import { z } from "zod";
import { jsonOf } from "../../wire/json.ts";
import { isObject } from "../wire/answer.ts";

/** What one frame of a chat says, of a stream or of an answer in one piece (contract §3.2). */
export interface ChatFrame {
  model: string;
  text: string;
  /** Why it ended, once it has. */
  finish?: string;
  tokens?: number;
  isBlocked: boolean;
}

const said = z
  .object({ content: z.string().catch("") })
  .nullish()
  .catch(undefined);

const frameSchema = z.object({
  model: z.string().catch(""),
  choices: z
    .array(
      z.object({
        delta: said,
        message: said,
        finish_reason: z.string().nullish().catch(undefined),
        x_higress_guardrail: z.unknown().optional(),
      }),
    )
    .catch([]),
  usage: z.object({ total_tokens: z.number() }).nullish().catch(undefined),
});

/** Model names that a gateway answers with itself (contract §4.1). */
const guard = "from-security-guard";

/** Reads a frame; undefined for JSON that is none. Reasoning beside the content is not read. */
export function readFrame(json: unknown): ChatFrame | undefined {
  const parsed = frameSchema.safeParse(json).data;
  if (!parsed || !isObject(json) || !("choices" in json || "usage" in json)) return undefined;
  const [choice] = parsed.choices;
  const finish = choice?.finish_reason;
  const text = choice?.delta?.content ?? choice?.message?.content ?? "";
  const isBlocked = parsed.model === guard || choice?.x_higress_guardrail !== undefined;
  return {
    model: parsed.model,
    text: isBlocked ? denial(text) : text,
    isBlocked,
    ...(finish && finish !== "null" ? { finish } : {}),
    ...(parsed.usage ? { tokens: parsed.usage.total_tokens } : {}),
  };
}

/** Newer guards put their message into JSON (fixture 68). */
function denial(text: string): string {
  const value = jsonOf(text);
  return isObject(value) && typeof value.denyMessage === "string" ? value.denyMessage : text;
}
