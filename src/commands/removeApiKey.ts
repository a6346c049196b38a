import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { keyedEntries } from "../ui/credentialSteps.ts";
import { back, pickOne } from "../ui/multiStep.ts";
import type { VendorEntry } from "../vendors/catalog.ts";

/** Removes a stored key for good, after asking once. */
export async function removeApiKey(services: Services): Promise<void> {
  const stored = await storedKeys(services);
  if (stored.length === 0) {
    vscode.window.showInformationMessage(l10n.t("Easel keeps no keys."));
    return;
  }
  const picked = await pickOne<{ entry: VendorEntry; origin: string }>(
    { title: l10n.t("Easel: Remove API Key") },
    {
      items: stored.map((key) => ({ label: key.entry.name, description: key.origin, value: key })),
      placeholder: l10n.t("Which key should be removed?"),
    },
  );
  if (picked === undefined || picked === back) return;
  const remove = l10n.t("Remove");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Remove the key of {0} for {1}?", picked.entry.name, new URL(picked.origin).host),
    {
      modal: true,
      detail: l10n.t("Jobs that still run with it will stop with an error when they next need it."),
    },
    remove,
  );
  if (answer !== remove) return;
  await services.credentials.remove(picked.entry.id, picked.origin);
  vscode.window.showInformationMessage(l10n.t("The key of {0} is removed.", picked.entry.name));
}

async function storedKeys({ credentials }: Services): Promise<{ entry: VendorEntry; origin: string }[]> {
  const perVendor = await Promise.all(
    keyedEntries.map(async (entry) =>
      (await credentials.origins(entry.id)).map((origin) => ({ entry, origin })),
    ),
  );
  return perVendor.flat();
}
