import type { Json } from "../model/json.ts";
import { redactFields } from "../net/redact.ts";
import type { Clock, Net } from "../net/types.ts";
import type { VendorEntry } from "./catalog.ts";
import type { Verification } from "./contract.ts";

/** What a free look at credentials needs. */
export interface VerifyOptions {
  entry: VendorEntry;
  baseUrl: string;
  settings?: Readonly<Record<string, Json>>;
  credentials: Readonly<Record<string, string>>;
  net: Pick<Net, "free">;
  clock: Clock;
  signal: AbortSignal;
}

/** Asks a vendor whether it takes these credentials, without any call that costs. Rejects if aborted. */
export async function verifyCredentials(options: VerifyOptions): Promise<Verification> {
  const { entry, baseUrl, settings, credentials, net, clock, signal } = options;
  const vendor = await entry.load();
  if (!vendor.verify) return { result: "cannotTell", why: "noFreeProbe" };
  const verification = await vendor.verify({
    jobId: "",
    http: net.free({ vendor: entry.id, keyId: "verify" }),
    spend: () => Promise.reject(new TypeError("looking at credentials must not cost")),
    credentials,
    baseUrl,
    ...(settings === undefined ? {} : { settings }),
    clock,
    signal,
  });
  if (!("error" in verification) || !verification.error) return verification;
  return { ...verification, error: redactFields(verification.error, new Set(Object.values(credentials))) };
}
