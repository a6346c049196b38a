import type { VendorRequest } from "../../../../src/vendors/contract.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { firstSent } from "../firstSent.ts";

/** The request Easel would send, and the warnings told before it. */
export async function captured(request: VendorRequest, baseUrl: string) {
  const own = { baseUrl, credentials: { apiKey: "k" } };
  const { body, warnings, url, deadlineMs } = await firstSent(seedream, request, own);
  return { body, warnings, url, deadlineMs };
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
