import type { HttpBodyRequest } from "../../../../src/net/types.ts";
import type { VendorContext, VendorRequest } from "../../../../src/vendors/contract.ts";
import { gateway } from "../../../../src/vendors/gateway/index.ts";

class Captured extends Error {}

const refused = () => Promise.reject(new Captured());

/** The first request Easel would send, caught at the transport's door, and the warnings told before it. */
export async function captured(request: VendorRequest, settings: VendorContext["settings"] = {}) {
  let sent: HttpBodyRequest | undefined;
  const warnings: string[] = [];
  const context: VendorContext = {
    jobId: "job-1",
    credentials: { apiKey: "k" },
    baseUrl: "https://gateway.example/team/v1",
    settings,
    clock: { now: () => 1_767_225_600_000, sleep: async () => undefined },
    signal: new AbortController().signal,
    http: { get: refused, ask: refused, withdraw: refused },
    spend: (_step, send) =>
      send({
        send(http) {
          sent = http;
          return refused();
        },
      }),
  };
  try {
    for await (const event of gateway.start(request, context)) {
      if (event.type === "warning") warnings.push(event.code);
    }
  } catch (error) {
    if (!(error instanceof Captured)) throw error;
  }
  if (!(sent?.bytes instanceof Uint8Array)) throw new Error("nothing was sent");
  const text = Buffer.from(sent.bytes).toString("utf8");
  return {
    text,
    body: JSON.parse(text) as Record<string, unknown>,
    path: sent.url.replace("https://gateway.example/team", ""),
    isAsync: sent.headers?.["x-dashscope-async"] === "enable",
    warnings,
  };
}

/** A body with each file as its length, short enough to read. */
export function readable(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("data:") ? `data × ${value.length}` : value;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]));
}
