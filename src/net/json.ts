import type { HttpResponse } from "./types.ts";

/** An answer read whole. `json` is absent when the text is not JSON: what that means is the caller's to say. */
interface JsonAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  json?: unknown;
}

/** Reads an answer as JSON, whatever its declared type. {@link NetError} for the transport's faults and beyond `maxBytes` only. */
export async function readJson(response: HttpResponse, maxBytes?: number): Promise<JsonAnswer> {
  const text = await response.text(maxBytes);
  const { status, headers } = response;
  try {
    return { status, headers, text, json: JSON.parse(text) };
  } catch {
    return { status, headers, text };
  }
}
