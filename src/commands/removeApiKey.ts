import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { listText } from "../text/quantities.ts";
import { keyedEntries } from "../ui/credentialSteps.ts";
import { back, pickOne } from "../ui/multiStep.ts";
import type { VendorEntry } from "../vendors/catalog.ts";

/** Removes a stored key for good, after asking once. A vendor's id may be given. */
export async function removeApiKey(services: Services, [given]: readonly unknown[]): Promise<void> {
  const all = await storedKeys(services);
  const named = all.filter(({ entry }) => entry.id === given);
  const stored = named.length > 0 ? named : all;
  const [only] = stored;
  if (!only) {
    vscode.window.showInformationMessage(l10n.t("Easel keeps no keys."));
    return;
  }
  const picked = named.length === 1 ? only : await pickStored(stored);
  if (picked === undefined || picked === back) return;
  await removeStored(services, picked);
}

function pickStored(stored: readonly StoredKey[]) {
  return pickOne<StoredKey>(
    { title: l10n.t("Easel: Remove API Key") },
    {
      items: stored.map((key) => ({
        label: key.entry.name,
        description: key.binding.replaceAll(" ", ", "),
        value: key,
      })),
      placeholder: l10n.t("Which key should be removed?"),
    },
  );
}

async function removeStored(services: Services, picked: StoredKey): Promise<void> {
  const remove = l10n.t("Remove");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Remove the key of {0} for {1}?", picked.entry.name, hostsOf(picked)),
    {
      modal: true,
      detail: l10n.t("Jobs that still run with it will stop with an error when they next need it."),
    },
    remove,
  );
  if (answer !== remove) return;
  await services.keyring.remove(picked.entry, picked.binding);
  vscode.window.showInformationMessage(l10n.t("The key of {0} is removed.", picked.entry.name));
}

/** A stored key, and the origins it is for with a space between. */
interface StoredKey {
  entry: VendorEntry;
  binding: string;
}

function hostsOf({ binding }: StoredKey): string {
  return listText(binding.split(" ").map((origin) => new URL(origin).host));
}

async function storedKeys({ keyring }: Services): Promise<StoredKey[]> {
  const perVendor = await Promise.all(
    keyedEntries.map(async (entry) => (await keyring.bindings(entry)).map((binding) => ({ entry, binding }))),
  );
  return perVendor.flat();
}
