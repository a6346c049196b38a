import type { VendorContext, VendorRequest } from "../../../../src/vendors/contract.ts";
import { gateway } from "../../../../src/vendors/gateway/index.ts";
import * as sent from "../firstSent.ts";

const baseUrl = "https://gateway.example/team/v1";

/** The first request Easel would send, and the warnings told before it. */
export async function captured(request: VendorRequest, settings: VendorContext["settings"] = {}) {
  const own = { baseUrl, credentials: { apiKey: "k" }, settings };
  const { text, body, url, headers, warnings } = await sent.firstSent(gateway, request, own);
  const path = url.replace("https://gateway.example/team", "");
  return { text, body, path, isAsync: headers?.["x-dashscope-async"] === "enable", warnings };
}

/** A body with each file as its length, short enough to read. */
export function readable(value: unknown): unknown {
  return sent.readable(value, (text) => (text.startsWith("data:") ? `data × ${text.length}` : text));
}
