import type { HttpBodyRequest } from "../../../src/net/types.ts";
import type { Vendor, VendorContext, VendorRequest } from "../../../src/vendors/contract.ts";

class Caught extends Error {}

const caught = () => Promise.reject(new Caught());

/** The first request that costs, caught at the transport's door, with its body as text and as JSON, and the warnings told before it. */
export async function firstSent(
  vendor: Vendor,
  request: VendorRequest,
  own: Pick<VendorContext, "baseUrl" | "credentials" | "settings">,
) {
  let sent: HttpBodyRequest | undefined;
  const warnings: string[] = [];
  const context: VendorContext = {
    jobId: "job-1",
    clock: { now: () => 1_767_225_600_000, sleep: async () => undefined },
    signal: new AbortController().signal,
    http: { get: caught, ask: caught, withdraw: caught },
    spend: (_step, send) =>
      send({
        send(http) {
          sent = http;
          return caught();
        },
      }),
    ...own,
  };
  try {
    for await (const event of vendor.start(request, context)) {
      if (event.type === "warning") warnings.push(event.code);
    }
  } catch (error) {
    if (!(error instanceof Caught)) throw error;
  }
  if (!(sent?.bytes instanceof Uint8Array)) throw new Error("nothing was sent");
  const text = Buffer.from(sent.bytes).toString("utf8");
  return { ...sent, text, body: JSON.parse(text) as Record<string, unknown>, warnings };
}

/** A body with its long texts as `short` says it, so that it can be read. */
export function readable(value: unknown, short: (text: string) => string): unknown {
  if (typeof value === "string") return short(value);
  if (Array.isArray(value)) return value.map((item) => readable(item, short));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member, short)]));
}

/** Members that differ, as they are in `after`. */
export function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? "(absent)"]));
}
