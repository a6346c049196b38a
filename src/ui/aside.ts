import type { Keyring } from "../secrets/keyring.ts";
import { type AsideOptions, asideContext, withoutKeys } from "../vendors/aside.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Vendor, VendorContext } from "../vendors/contract.ts";
import { ensureCredentials, usableAddress } from "./credentialSteps.ts";
import { isAllowed } from "./trust.ts";

/** What calls beside the jobs work with. */
export interface AsideServices extends Pick<AsideOptions, "net" | "clock"> {
  keyring: Keyring;
}

/** One or several calls beside the jobs; see `asideContext`. */
export type AsideRun<T> = (vendor: Vendor, context: VendorContext) => Promise<T>;

/**
 * Runs calls beside the jobs on a user's act: sees to trust, the vendor's address and its key first, and asks for what is missing.
 * Undefined if the user left that; throws a `VendorError` free of keys.
 */
export async function callAside<T>(
  { keyring, net, clock }: AsideServices,
  entry: VendorEntry,
  signal: AbortSignal,
  run: AsideRun<T>,
): Promise<T | undefined> {
  if (!(await isAllowed(entry))) return undefined;
  const address = await usableAddress(entry);
  const credentials = address && (await ensureCredentials(entry, address, keyring));
  if (!credentials) return undefined;
  const context = asideContext({ entry, ...address, credentials, net, clock, signal });
  try {
    return await run(await entry.load(), context);
  } catch (error) {
    throw withoutKeys(error, credentials);
  }
}
