import type { VendorEvent } from "./contract.ts";

/** One look at a task for its own sake: what it tells is left to the job that goes on with it. Throws if the look fails. */
export async function lookOnce(events: AsyncIterable<VendorEvent>): Promise<void> {
  for await (const event of events) if (event.type === "done") return;
}
