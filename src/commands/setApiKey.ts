import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import {
  askCredentials,
  hostOf,
  keyedEntries,
  pickKeyedVendor,
  usableAddress,
} from "../ui/credentialSteps.ts";
import { testCredentials } from "./testApiKey.ts";

/** Asks for a vendor's key, stores it for the vendor's present address, and offers to test it. A vendor's id may be given. */
export async function setApiKey(services: Services, [given]: readonly unknown[]): Promise<void> {
  const named = keyedEntries.filter(({ id }) => id === given);
  const entry = await pickKeyedVendor(l10n.t("Easel: Set API Key"), named.length > 0 ? named : keyedEntries);
  if (!entry) return;
  const address = await usableAddress(entry);
  const values = address && (await askCredentials(entry, address, services.keyring));
  if (!values) return;
  const test = l10n.t("Test It");
  const answer = await vscode.window.showInformationMessage(
    l10n.t("The key of {0} is stored for {1}.", entry.name, hostOf(entry, address, values)),
    test,
  );
  if (answer === test) await testCredentials(services, entry);
}
