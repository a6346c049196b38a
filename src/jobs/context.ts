import { optionDefaults } from "../model/options.ts";
import type { InputRef } from "../model/request.ts";
import { keyId } from "../net/keyId.ts";
import { type BillableHttp, NetError } from "../net/types.ts";
import type { InputFile, Vendor, VendorContext, VendorRequest } from "../vendors/contract.ts";
import { VendorError } from "../vendors/errors.ts";
import { failureOf, Stop } from "./failures.ts";
import type { Work } from "./work.ts";

/** Everything a vendor's calls need for one job. Throws a `VendorError` if its credentials are missing. */
export async function contextFor(work: Work, signal: AbortSignal = work.signal): Promise<VendorContext> {
  const { options } = work;
  const { baseUrl, request, settings } = work.job();
  const credentials = await options.credentials(request.vendor, baseUrl, settings ?? {});
  if (!credentials) throw new VendorError({ reason: "credentials", sent: "no", next: "enterCredentials" });
  const scope = { vendor: request.vendor, keyId: keyId(credentials) };
  return {
    jobId: work.id,
    http: work.reach.listening(options.net.free(scope)),
    spend: (step, send) => spend(work, step, () => send(once(work, options.net.billable(scope)))),
    request: async () => requestFor(work, await options.loadVendor(request.vendor)),
    credentials,
    baseUrl,
    ...(settings === undefined ? {} : { settings }),
    clock: options.clock,
    signal,
  };
}

/**
 * Journals a billable step, then sends it. The journal is on disk before the first byte leaves; a step that may have been carried
 * out is never sent again, by this process or any other.
 */
async function spend<T>(work: Work, step: string, send: () => Promise<T>): Promise<T> {
  const earlier = work.job().spends.filter((entry) => entry.step === step);
  if (earlier.some((entry) => entry.outcome !== "refused")) {
    throw new VendorError({ reason: "ambiguous", sent: "unknown", next: "alreadySent" });
  }
  const job = await work.tell({ type: "spent", step });
  const last = job.spends.at(-1);
  if (last?.step !== step || last.outcome !== "open") throw new Stop("no longer wanted");
  try {
    return await send();
  } catch (error) {
    const { sent } = error instanceof VendorError ? error.facts : transportFailure(error, work);
    await work.tell({ type: "settled", step, outcome: sent === "unknown" ? "unknown" : "refused" });
    throw error;
  }
}

/** Inside the call itself the transport knows whether anything left. */
function transportFailure(error: unknown, work: Work): { sent: "no" | "refused" | "unknown" } {
  if (error instanceof NetError && error.sent === "no") return { sent: "no" };
  return failureOf(error, work.job());
}

/** One journalled step is one call; and the lease is looked at once more, right before it leaves. */
function once(work: Work, http: BillableHttp): BillableHttp {
  let used = false;
  return {
    async send(request) {
      if (used) throw new TypeError("a journalled step sends one call");
      used = true;
      await work.check();
      work.signal.throwIfAborted();
      return http.send(request);
    },
  };
}

/** The job's request with its inputs opened and its options complete. */
export async function requestFor(work: Work, vendor: Vendor): Promise<VendorRequest> {
  const job = work.job();
  const { operation, model, prompt, options } = job.request;
  const schema = vendor.models.find((entry) => entry.id === model)?.operations[operation]?.options;
  const inputs = await Promise.all(job.request.inputs.map((ref) => openInput(work, ref)));
  const request: VendorRequest = {
    operation,
    model,
    prompt,
    inputs,
    options: schema ? { ...optionDefaults(schema), ...options } : options,
  };
  return job.modelOverride === undefined ? request : { ...request, modelOverride: job.modelOverride };
}

async function openInput(work: Work, ref: InputRef): Promise<InputFile> {
  const path = ref.source.kind === "staged" ? work.path(ref.source.file) : undefined;
  try {
    return await work.options.openInput(ref, work.job(), path);
  } catch (error) {
    if (error instanceof VendorError) throw error;
    throw new VendorError(
      { reason: "invalid", sent: "no", field: ref.role, next: "inputs" },
      { cause: error },
    );
  }
}
