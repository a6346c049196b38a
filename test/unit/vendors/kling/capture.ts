import type { VendorRequest } from "../../../../src/vendors/contract.ts";
import { kling } from "../../../../src/vendors/kling/index.ts";
import * as sent from "../firstSent.ts";

const baseUrl = "https://kling.example";
export const keys = { accessKey: "ak", secretKey: "sk" };
export const apiKey = { apiKey: "k" };

/** The first request Easel would send, and the warnings told before it. */
export async function captured(request: VendorRequest, credentials: Record<string, string> = keys) {
  const { text, body, url, warnings } = await sent.firstSent(kling, request, { baseUrl, credentials });
  return { text, body, path: url.replace(baseUrl, ""), warnings };
}

/** A body with each file as its length, short enough to read. */
export function readable(value: unknown): unknown {
  return sent.readable(value, (text) => (text.length > 60 ? `base64 × ${text.length}` : text));
}
