import type { HttpBodyRequest } from "../../../../src/net/types.ts";
import type { VendorContext, VendorRequest } from "../../../../src/vendors/contract.ts";
import { kling } from "../../../../src/vendors/kling/index.ts";

class Captured extends Error {}

export const keys = { accessKey: "ak", secretKey: "sk" };
export const apiKey = { apiKey: "k" };

/** The first request Easel would send, caught at the transport's door, and the warnings told before it. */
export async function captured(request: VendorRequest, credentials: Record<string, string> = keys) {
  let sent: HttpBodyRequest | undefined;
  const warnings: string[] = [];
  const context = {
    jobId: "job-1",
    credentials,
    baseUrl: "https://kling.example",
    clock: { now: () => 1_767_225_600_000, sleep: async () => undefined },
    signal: new AbortController().signal,
    http: {
      get: () => Promise.reject(new Captured()),
      ask: () => Promise.reject(new Captured()),
      withdraw: () => Promise.reject(new Captured()),
    },
    spend: (_step, send) =>
      send({
        send(http) {
          sent = http;
          return Promise.reject(new Captured());
        },
      }),
  } satisfies VendorContext;
  try {
    for await (const event of kling.start(request, context)) {
      if (event.type === "warning") warnings.push(event.code);
    }
  } catch (error) {
    if (!(error instanceof Captured)) throw error;
  }
  if (!(sent?.bytes instanceof Uint8Array)) throw new Error("nothing was sent");
  const text = Buffer.from(sent.bytes).toString("utf8");
  const path = sent.url.replace(context.baseUrl, "");
  return { text, body: JSON.parse(text) as Record<string, unknown>, path, warnings };
}

/** A body with each file as its length, short enough to read. */
export function readable(value: unknown): unknown {
  if (typeof value === "string") return value.length > 60 ? `base64 × ${value.length}` : value;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]));
}
