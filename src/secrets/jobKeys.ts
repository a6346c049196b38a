import type { JobsOptions } from "../jobs/types.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import { VendorError } from "../vendors/errors.ts";
import { SecretStoreError } from "./credentials.ts";
import type { Keyring } from "./keyring.ts";

/**
 * What jobs get of the keys: those of their own vendor, for the address they were started with. That the secret storage cannot be used
 * is a failure of the job that the user can mend.
 */
export function jobKeys(
  keyring: Pick<Keyring, "get" | "isLocal">,
): Required<Pick<JobsOptions, "credentials" | "isLocal">> {
  return {
    credentials: async (vendor, baseUrl, settings) => {
      const entry = vendorEntry(vendor);
      return entry ? orFailure(keyring.get(entry, { baseUrl, settings })) : {};
    },
    isLocal: async (vendor, settings) => {
      const entry = vendorEntry(vendor);
      return entry !== undefined && orFailure(keyring.isLocal(entry, { baseUrl: "", settings }));
    },
  };
}

async function orFailure<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    throw new VendorError({ reason: "credentials", sent: "no", next: "secretStore" });
  }
}
