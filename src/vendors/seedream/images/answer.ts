import { z } from "zod";
import type { OutputFacts, VendorEvent } from "../../contract.ts";
import { type ErrorContext, errorInside, readArkError, unreadable } from "../errors.ts";
import { linkTo } from "../links.ts";

/** What the vendor documents of an answer; anything else is left aside, and what has another type counts as absent. */
const itemSchema = z.object({
  url: z.string().min(1).optional().catch(undefined),
  size: z.string().optional().catch(undefined),
  z_index: z.number().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  bounding_box: z
    .object({ absolute: z.tuple([z.number(), z.number(), z.number(), z.number()]) })
    .optional()
    .catch(undefined),
});

/** What is the same for every picture of a call. */
export interface CallFacts extends ErrorContext {
  model?: string | undefined;
  seed?: number | undefined;
  requestId?: string | undefined;
}

/**
 * One picture of an answer as an event (contract §2.5): its link, its `bytes` where it came inline, or its own failure, which leaves the other
 * pictures as they are.
 */
export function itemEvent(
  item: unknown,
  index: number,
  call: CallFacts,
  bytes?: AsyncIterable<Uint8Array>,
): Extract<VendorEvent, { type: "output" | "failed" }> {
  const parsed = itemSchema.safeParse(item).data ?? {};
  if (bytes)
    return { type: "output", index, source: { kind: "stream", stream: bytes }, facts: factsOf(parsed, call) };
  if (parsed.url)
    return { type: "output", index, source: linkTo(parsed.url, call.now), facts: factsOf(parsed, call) };
  const failure =
    typeof item === "object" && item !== null && "error" in item ? readArkError(item) : undefined;
  return { type: "failed", index, error: failure ? errorInside(failure, call) : unreadable(call, "empty") };
}

/** `WIDTHxHEIGHT` of a picture in pixels, as the vendor states it. */
export function statedPixels(item: unknown): number | undefined {
  const [, width, height] = /^(\d+)x(\d+)$/i.exec(itemSchema.safeParse(item).data?.size ?? "") ?? [];
  return width && height ? Number(width) * Number(height) : undefined;
}

function factsOf(item: z.infer<typeof itemSchema>, call: CallFacts): OutputFacts {
  const facts = {
    seed: call.seed,
    requestId: call.requestId,
    model: call.model,
    name: item.name,
    description: item.description,
    zIndex: item.z_index,
    box: item.bounding_box?.absolute,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
