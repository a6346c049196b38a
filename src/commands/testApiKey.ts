import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { verificationText } from "../text/verification.ts";
import { keyedEntries, pickKeyedVendor, usableAddress } from "../ui/credentialSteps.ts";
import { keyTest } from "../ui/keyTest.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Verification } from "../vendors/contract.ts";

/** Looks whether a vendor takes its stored key, by a call that costs nothing, and says what came of it. */
export async function testApiKey(services: Services): Promise<void> {
  const stored = await Promise.all(keyedEntries.map((entry) => services.keyring.has(entry)));
  const entries = keyedEntries.filter((_, index) => stored[index]);
  if (entries.length === 0) {
    await offerSetKey(vscode.window.showInformationMessage, l10n.t("Easel keeps no keys."));
    return;
  }
  const entry = await pickKeyedVendor(l10n.t("Easel: Test API Key"), entries);
  if (entry) await testCredentials(services, entry);
}

/** The test itself, for a vendor already chosen. */
export async function testCredentials(services: Services, entry: VendorEntry): Promise<void> {
  const address = await usableAddress(entry);
  if (!address) return;
  const { host, run } = await keyTest(services, entry, address);
  if (!run) {
    await offerSetKey(
      vscode.window.showWarningMessage,
      l10n.t("There is no key of {0} for {1} yet.", entry.name, host),
      entry,
    );
    return;
  }
  const verification = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t("Easel: testing the key of {0}…", entry.name),
      cancellable: true,
    },
    (_progress, token) => run(token),
  );
  await tell(entry, host, verification);
}

async function tell(entry: VendorEntry, host: string, verification: Verification | undefined): Promise<void> {
  if (!verification) return;
  const text = verificationText(entry, host, verification);
  switch (verification.result) {
    case "accepted":
      vscode.window.showInformationMessage(text);
      return;
    case "rejected":
      await offerSetKey(vscode.window.showErrorMessage, text, entry);
      return;
    case "cannotTell":
      vscode.window.showWarningMessage(text);
  }
}

async function offerSetKey(
  show: (message: string, ...items: string[]) => Thenable<string | undefined>,
  message: string,
  entry?: VendorEntry,
): Promise<void> {
  const set = l10n.t("Set API Key…");
  if ((await show(message, set)) === set) await vscode.commands.executeCommand(commands.setApiKey, entry?.id);
}
