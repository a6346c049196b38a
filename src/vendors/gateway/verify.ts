import type { VendorContext, Verification } from "../contract.ts";
import { VendorError } from "../errors.ts";
import type { Target } from "./wire/address.ts";
import { type ReadOptions, read } from "./wire/call.ts";

const probeDeadlineMs = 15_000;

/** Reads that cost nothing (contract §7); the second for gateways with none of the native routes. */
const probes: readonly { target: Target; query: Readonly<Record<string, string>> }[] = [
  { target: { route: "native", path: "/api/v1/tasks/" }, query: { page_no: "1", page_size: "1" } },
  { target: { route: "compatible", path: "/models" }, query: {} },
];

/**
 * Looks at the credentials by reads that cost nothing; every ping of a model costs (contract §3.3). An answer that comes without a
 * key too says nothing about the key, and neither does a route that the gateway does not have.
 */
export async function verify(context: VendorContext): Promise<Verification> {
  let last: VendorError | undefined;
  for (const { target, query } of probes) {
    const options = { query, deadlineMs: probeDeadlineMs };
    last = await look(target, options, context);
    if (!last) {
      const open = await look(target, { ...options, anonymous: true }, context);
      if (open && isRefusal(open)) return { result: "accepted" };
      continue;
    }
    const { facts } = last;
    if (isRejection(last)) return { result: "rejected", error: facts };
    if (facts.status === undefined) return { result: "cannotTell", why: "unreachable", error: facts };
  }
  return { result: "cannotTell", why: "noFreeProbe", ...(last ? { error: last.facts } : {}) };
}

async function look(
  target: Target,
  options: ReadOptions,
  context: VendorContext,
): Promise<VendorError | undefined> {
  try {
    await read(context, target, options);
    return undefined;
  } catch (error) {
    if (error instanceof VendorError && !context.signal.aborted) return error;
    throw error;
  }
}

/** A caller that is not known. One that is known but not let in here (403) may be let in elsewhere. */
function isRejection({ reason, facts }: VendorError): boolean {
  return reason === "credentials" && facts.status !== 403 && facts.next !== "gatewayProviderKey";
}

function isRefusal({ facts }: VendorError): boolean {
  return facts.status === 401 || facts.status === 403 || facts.status === 400;
}
