import type { HttpBodyRequest } from "../../../../src/net/types.ts";
import type { VendorContext, VendorRequest } from "../../../../src/vendors/contract.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";

class Captured extends Error {}

/** The request Easel would send, caught at the transport's door, and the warnings told before it. */
export async function captured(request: VendorRequest, baseUrl: string) {
  let sent: HttpBodyRequest | undefined;
  const warnings: string[] = [];
  const context = {
    jobId: "job",
    credentials: { apiKey: "k" },
    baseUrl,
    clock: { now: () => 0, sleep: async () => undefined },
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
    for await (const event of seedream.start(request, context)) {
      if (event.type === "warning") warnings.push(event.code);
    }
  } catch (error) {
    if (!(error instanceof Captured)) throw error;
  }
  if (!(sent?.bytes instanceof Uint8Array)) throw new Error("nothing was sent");
  const body = JSON.parse(Buffer.from(sent.bytes).toString("utf8")) as Record<string, unknown>;
  return { body, warnings, url: sent.url, deadlineMs: sent.deadlineMs };
}

/** The body with each file as its media type and length, short enough to read. */
export function readable(body: Record<string, unknown>): Record<string, unknown> {
  if (Array.isArray(body.content)) return { ...body, content: body.content.map(shortItem) };
  if (body.image === undefined) return body;
  return { ...body, image: Array.isArray(body.image) ? body.image.map(short) : short(body.image) };
}

function short(file: unknown): string {
  return String(file).replace(
    /^(data:\w+\/\w+;base64),(.*)$/s,
    (_all, head: string, data: string) => `${head} × ${data.length}`,
  );
}

/** An item of a clip's content in one line, such as `image_url first_frame: data:image/png;base64 × 636`. */
function shortItem(item: Record<string, unknown>): string {
  const type = String(item.type);
  if (type === "text") return `text: ${item.text}`;
  const payload = item[type] as { url?: string; id?: string };
  return `${[type, item.role].filter(Boolean).join(" ")}: ${short(payload.url ?? payload.id)}`;
}
