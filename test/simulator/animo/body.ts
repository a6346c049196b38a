import type { Exchange } from "../vendor.ts";
import { Refusal } from "./errors.ts";

export type Body = Record<string, unknown>;

/** The body of a POST. Throws a Refusal for anything but a JSON object. */
export function readJson({ headers, body }: Exchange): Body {
  if (!/^application\/json\b/i.test(String(headers["content-type"] ?? ""))) throw new Refusal(415);
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal(400, "Invalid JSON");
}

/** A text that must be there and say something. Throws a Refusal. */
export function requiredText(body: Body, field: string, status = 400): string {
  const value = body[field];
  if (typeof value !== "string" || value.trim() === "") throw new Refusal(status, `'${field}' is required`);
  return value;
}

const ASPECTS = { "16:9": [1280, 720], "1:1": [720, 720], "9:16": [720, 1280] } as const;

/** The size of an `aspect_ratio`; 16:9 when there is none. Throws a Refusal. */
export function aspectSize({ aspect_ratio: ratio = "16:9" }: Body): { width: number; height: number } {
  const found = Object.entries(ASPECTS).find(([name]) => name === ratio);
  if (found === undefined)
    throw new Refusal(400, `'aspect_ratio' must be one of ${Object.keys(ASPECTS).join(", ")}`);
  const [width, height] = found[1];
  return { width, height };
}
