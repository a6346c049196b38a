import { randomUUID } from "node:crypto";
import type { Json } from "../model/json.ts";
import { keyId } from "../net/keyId.ts";
import { redactFields } from "../net/redact.ts";
import { type BillableHttp, type Clock, type Net, NetError } from "../net/types.ts";
import type { VendorEntry } from "./catalog.ts";
import type { VendorContext } from "./contract.ts";
import { type FailureRecord, VendorError } from "./errors.ts";

/** What a call beside the jobs needs. */
export interface AsideOptions {
  entry: Pick<VendorEntry, "id">;
  baseUrl: string;
  settings?: Readonly<Record<string, Json>>;
  credentials: Readonly<Record<string, string>>;
  net: Pick<Net, "free" | "billable">;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * The context of a call that no job stands behind: chat, embedding, rerank, a vendor's library. What costs is sent at once, each step
 * once and never again.
 */
export function asideContext(options: AsideOptions): VendorContext {
  const { entry, baseUrl, settings, credentials, net, clock, signal } = options;
  const scope = { vendor: entry.id, keyId: keyId(credentials) };
  const spent = new Set<string>();
  return {
    jobId: randomUUID(),
    http: net.free(scope),
    async spend(step, send) {
      if (spent.has(step))
        throw new VendorError({ reason: "ambiguous", sent: "unknown", next: "alreadySent" });
      spent.add(step);
      try {
        return await send(once(net.billable(scope), signal));
      } catch (error) {
        if (error instanceof VendorError && error.facts.sent !== "unknown") spent.delete(step);
        throw error;
      }
    },
    credentials,
    baseUrl,
    ...(settings === undefined ? {} : { settings }),
    clock,
    signal,
  };
}

function once(http: BillableHttp, signal: AbortSignal): BillableHttp {
  let used = false;
  return {
    async send(request) {
      if (used) throw new TypeError("a step sends one call");
      used = true;
      signal.throwIfAborted();
      return http.send(request);
    },
  };
}

/** A failure of such a call as a `VendorError` free of the credentials; what nobody foresaw stays as it is. */
export function withoutKeys(error: unknown, credentials: Readonly<Record<string, string>>): unknown {
  const facts = factsOf(error);
  return facts ? new VendorError(redactFields(facts, new Set(Object.values(credentials)))) : error;
}

function factsOf(error: unknown): FailureRecord | undefined {
  if (error instanceof VendorError) return error.facts;
  if (!(error instanceof NetError) || error.fault === "aborted") return undefined;
  const { sent, fault, status } = error;
  const facts: FailureRecord = { reason: sent === "no" ? "unavailable" : "ambiguous", sent, code: fault };
  return status === undefined ? facts : { ...facts, status };
}
