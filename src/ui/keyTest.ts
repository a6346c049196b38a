import type * as vscode from "vscode";
import type { Services } from "../app.ts";
import type { VendorAddress } from "../secrets/keyring.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Verification } from "../vendors/contract.ts";
import { hostOf } from "./credentialSteps.ts";

/** The test of a vendor's key: the host it is for, and the test itself, by a call that costs nothing; none without a key. */
export interface KeyTest {
  host: string;
  /** Undefined if cancelled. Throws `VendorError`. */
  run?(token: vscode.CancellationToken): Promise<Verification | undefined>;
}

/** The test of the key that is kept for an address. Whoever asks for it gets to see no key. */
export async function keyTest(
  { keyring, verify }: Pick<Services, "keyring" | "verify">,
  entry: VendorEntry,
  address: VendorAddress,
): Promise<KeyTest> {
  const values = await keyring.get(entry, address);
  const host = hostOf(entry, address, values);
  return values ? { host, run: (token) => verify(entry, address, values, token) } : { host };
}
