import type { Said } from "./chatRequest.ts";
import { type Body, isObject } from "./fields.ts";
import { type Markers, plain } from "./markers.ts";

/** What the speech models hear in every sound. */
export const HEARD = "Hello world.";

const HEARTBEAT = "ping";

/** What a model answers: `[say …]`, the shape that was asked for, or words made of the question. */
export function answerTo(said: Said, markers: Markers, schema: Body | "object" | undefined): string {
  const told = markers.get("say");
  if (told !== undefined) return told;
  if (schema === "object") return JSON.stringify({ answer: plain(said.text) });
  if (schema !== undefined) return JSON.stringify(sampleOf(schema));
  const [picture] = said.pictures;
  if (picture !== undefined)
    return `A picture of ${picture.facts.width} by ${picture.facts.height} pixels: light squares in a row before a plain ground.`;
  if (said.sounds.length > 0) return HEARD;
  const question = plain(said.text);
  return question === HEARTBEAT
    ? "pong"
    : `${question.replace(/[.。]+$/, "")}, in soft morning light, wide angle.`;
}

/** A value that fits a JSON schema, as far as the simplest schemas go. */
function sampleOf(schema: Body): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "array":
      return isObject(schema.items) ? [sampleOf(schema.items)] : [];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "string":
      return "Hangzhou";
    default: {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const entries = Object.entries(properties).map(([name, inner]) => [
        name,
        isObject(inner) ? sampleOf(inner) : null,
      ]);
      return Object.fromEntries(entries);
    }
  }
}

/** Tokens, roughly: one for four letters, one for each Chinese character. */
export function tokensOf(text: string): number {
  const wide = text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 4);
}

/** A text in the pieces it is streamed in. */
export function pieces(text: string): string[] {
  return text.match(/\s*\S{1,12}/gu) ?? [text];
}
