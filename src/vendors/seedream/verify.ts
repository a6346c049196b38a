import type { VendorContext, Verification } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { errorOfFault } from "../wire/faults.ts";
import { jsonOf } from "../wire/json.ts";
import { authHeaders } from "./auth.ts";
import { errorOfResponse } from "./errors.ts";

/** Reads that cost nothing and ask for the key, the surest first (contract §1, free credential probe). */
const probes = ["/contents/generations/tasks?page_num=1&page_size=1", "/models"];

const probeDeadlineMs = 15_000;

/**
 * Looks at the key without any call that costs. `why` when nothing free can tell: `noFreeProbe` (the address answers neither
 * read), `unreachable` (no answer).
 */
export async function verify(context: VendorContext): Promise<Verification> {
  let error: VendorError | undefined;
  for (const probe of probes) {
    const outcome = await look(probe, context);
    if (outcome === "accepted") return { result: "accepted" };
    if (outcome.facts.status === 401) return { result: "rejected", error: outcome.facts };
    if (outcome.facts.status === undefined) {
      return { result: "cannotTell", why: "unreachable", error: outcome.facts };
    }
    error ??= outcome;
  }
  return { result: "cannotTell", why: "noFreeProbe", ...(error ? { error: error.facts } : {}) };
}

async function look(path: string, context: VendorContext): Promise<"accepted" | VendorError> {
  try {
    const response = await context.http.get({
      url: context.baseUrl + path,
      headers: authHeaders(context.credentials),
      signal: context.signal,
      deadlineMs: probeDeadlineMs,
    });
    if (response.status !== 200) {
      return await errorOfResponse(response, { key: context.credentials.apiKey, now: context.clock.now() });
    }
    // A page that some gateway shows instead says nothing about the key.
    if (isJsonObject(await response.text())) return "accepted";
    return new VendorError({ reason: "protocol", sent: "refused", status: 200, code: "unreadable" });
  } catch (fault) {
    const error = errorOfFault(fault);
    if (error instanceof VendorError && !context.signal.aborted) return error;
    throw error;
  }
}

function isJsonObject(text: string): boolean {
  const value = jsonOf(text);
  return typeof value === "object" && value !== null;
}
