import { z } from "zod";
import type { Json } from "../../model/json.ts";
import type { VendorContext, VendorEvent } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { errorOfFault } from "../wire/faults.ts";
import { withoutRepeated } from "../wire/links.ts";
import { endpointOf, statusUrl } from "./endpoint.ts";
import { errorOfAnswer, factsOf, readSaid, type Said } from "./errors.ts";

/** Ids as the product makes them; nothing else goes into a path. */
const idPattern = /^[\w.-]{1,128}$/;

const operationSchema = z.object({ origin: z.string(), id: z.string().regex(idPattern) });

/** A job of the product's API: its id, and the origin it is at, so that no other is asked about it. */
export type JobOperation = z.infer<typeof operationSchema>;

/** The operation out of a ledger. Throws a {@link VendorError} for one that this version cannot read. */
export function operationOf(value: Json): JobOperation {
  const operation = operationSchema.safeParse(value).data;
  if (operation) return operation;
  throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
}

const jobSchema = z.object({
  requestId: z.string().regex(idPattern),
  status: z.string(),
  videoUrl: z.string().nullish().catch(undefined),
  error: z.unknown().optional(),
});

/** A job as it stands (contract §B). */
interface Job {
  id: string;
  phase: "queued" | "running" | "done" | "failed";
  url?: string;
}

/** The job an answer tells of; undefined if it is about none. An error ends a job, whatever its status (contract §B). */
export function jobOf({ json }: Said): Job | undefined {
  const job = jobSchema.safeParse(json).data;
  if (!job) return undefined;
  const word = job.status.toUpperCase();
  const hasError = job.error !== null && job.error !== undefined && job.error !== "";
  const phase = word === "FAILED" || hasError ? "failed" : (phases[word] ?? "running");
  return { id: job.requestId, phase, ...(job.videoUrl ? { url: job.videoUrl } : {}) };
}

/** Both words for success are used (contract §B); one that is not documented counts as running until the deadline. */
const phases: Readonly<Record<string, Job["phase"]>> = {
  PENDING: "queued",
  COMPLETED: "done",
  SUCCEEDED: "done",
};

const lookDeadlineMs = 60_000;

/** One look at a job of the product's API. */
export async function* status(value: Json, context: VendorContext): AsyncGenerator<VendorEvent> {
  const { origin, id } = operationOf(value);
  const endpoint = endpointOf(context);
  if (endpoint.url.origin !== origin) {
    throw new VendorError({ reason: "credentials", sent: "unknown", next: "animoEndpoint" });
  }
  const { response, said } = await look(statusUrl(endpoint, id), context);
  const facts = factsOf(response, said, context);
  const job = jobOf(said);
  if (!job) throw new VendorError({ ...facts, reason: "protocol", sent: "unknown", next: "animoJob" });
  switch (job.phase) {
    case "queued":
    case "running":
      yield { type: "progress", phase: job.phase };
      return;
    case "failed":
      yield { type: "failed", error: new VendorError({ ...facts, reason: "unavailable", sent: "unknown" }) };
      return;
    case "done":
      // What is made may be paid for: an answer that leads nowhere is looked at again.
      if (job.url === undefined) throw new VendorError({ ...facts, reason: "protocol", sent: "unknown" });
      yield* linked(job.url, endpoint.url);
  }
}

/** A finished video by its link, which may be relative to the address that told it, and carries none of the rights in there. */
export function* linked(link: string, from: URL): Generator<VendorEvent> {
  const at = URL.parse(link, from.href);
  const url = at ? withoutRepeated(at, from).href : link;
  yield { type: "output", index: 0, source: { kind: "link", url }, facts: {} };
  yield { type: "done" };
}

async function look(url: string, context: VendorContext) {
  try {
    const response = await context.http.get({
      url,
      headers: { authorization: `Bearer ${context.credentials.apiKey ?? ""}` },
      signal: context.signal,
      deadlineMs: lookDeadlineMs,
    });
    const said = await readSaid(response);
    if (response.status >= 200 && response.status < 300) return { response, said };
    const error = errorOfAnswer(response, said, context);
    throw error.reason === "notFound" ? new VendorError({ ...error.facts, next: "animoJob" }) : error;
  } catch (fault) {
    throw errorOfFault(fault);
  }
}
