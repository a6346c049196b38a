import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Clock, Net } from "../../src/net/types.ts";
import type { VendorContext, VendorEvent } from "../../src/vendors/contract.ts";

/** A vendor's context over the real network, without a ledger; every step that may cost is noted in `steps`. */
export interface TestContext extends VendorContext {
  steps: string[];
  net: Net;
}

/** The moment tests take for now. */
export const testNow = Date.UTC(2026, 10, 12, 2, 3, 30);

export function testContext(
  baseUrl: string,
  credentials: Record<string, string>,
  signal = new AbortController().signal,
): TestContext {
  const net = createNet({ settings: { client: "undici" }, allowInsecure: () => true, random: () => 0 });
  const steps: string[] = [];
  const clock: Clock = { ...realClock, now: () => testNow };
  return {
    jobId: "job",
    http: net.free({ vendor: "seedream", keyId: "test" }),
    spend(step, send) {
      steps.push(step);
      // A key of its own for each call, so that no test waits for another's limits.
      return send(net.billable({ vendor: "seedream", keyId: `test${steps.length}` }));
    },
    credentials,
    baseUrl,
    clock,
    signal,
    steps,
    net,
  };
}

/** An event with the bytes of its stream read, as a plain value to compare. */
export type Told = Record<string, unknown> & { type: string };

/** Every event in order; a thrown failure becomes a last event `thrown`. Streams are read at once, as jobs does. */
export async function eventsOf(events: AsyncIterable<VendorEvent>): Promise<Told[]> {
  const told: Told[] = [];
  try {
    for await (const event of events) told.push(await plain(event));
  } catch (error) {
    if (!(error instanceof Error && "facts" in error)) throw error;
    told.push({ type: "thrown", error: error.facts });
  }
  return told;
}

async function plain(event: VendorEvent): Promise<Told> {
  if (event.type === "failed") return { ...event, error: event.error.facts };
  if (event.type !== "output" || event.source.kind !== "stream") return { ...event };
  const chunks: Uint8Array[] = [];
  for await (const chunk of event.source.stream) chunks.push(chunk);
  return { ...event, source: { kind: "stream", bytes: Buffer.concat(chunks).toString("hex") } };
}
