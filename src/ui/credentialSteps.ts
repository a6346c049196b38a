import * as vscode from "vscode";
import { l10n } from "vscode";
import type { CredentialValues } from "../secrets/credentials.ts";
import { type Credentials, originOf } from "../secrets/credentials.ts";
import { baseUrl, baseUrlSetting } from "../settings.ts";
import { baseUrlProblemText, credentialLabel } from "../text/credentials.ts";
import { type CredentialField, type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import { askText, type Back, back, pickOne } from "./multiStep.ts";

/** The vendors that need a key. */
export const keyedEntries = vendorEntries.filter((entry) => entry.credentials.length > 0);

/** The vendor whose key is meant: the only one, or the user's choice; undefined if cancelled. */
export async function pickKeyedVendor(
  title: string,
  entries: readonly VendorEntry[],
): Promise<VendorEntry | undefined> {
  if (entries.length === 1) return entries[0];
  const picked = await pickOne<VendorEntry>(
    { title },
    {
      items: entries.map((entry) => ({
        label: entry.name,
        description: baseUrl(entry.id).url,
        value: entry,
      })),
      placeholder: l10n.t("Whose key?"),
    },
  );
  return picked === back ? undefined : picked;
}

/** The vendor's address if it can be used; otherwise says what is wrong with it, offers the setting, and answers undefined. */
export async function usableBaseUrl(entry: VendorEntry): Promise<string | undefined> {
  const { url, problem } = baseUrl(entry.id);
  if (!problem) return url;
  const open = l10n.t("Open Settings");
  const answer = await vscode.window.showErrorMessage(baseUrlProblemText(entry, url, problem), open);
  if (answer === open) {
    await vscode.commands.executeCommand("workbench.action.openSettings", baseUrlSetting(entry.id));
  }
  return undefined;
}

/**
 * Asks for every secret of a vendor, first for which ones where there are alternatives, and stores them for its address. Undefined if
 * cancelled: then nothing is stored.
 */
export async function askCredentials(
  entry: VendorEntry,
  url: string,
  credentials: Credentials,
): Promise<CredentialValues | undefined> {
  const sets = [entry.credentials, ...(entry.alternatives ?? [])];
  for (;;) {
    const set = await pickSet(entry, sets);
    const values = set && (await askSet(entry, url, set, sets.length > 1));
    if (values === back) continue;
    if (values) await credentials.set(entry.id, url, values);
    return values;
  }
}

async function pickSet(
  entry: VendorEntry,
  sets: readonly (readonly CredentialField[])[],
): Promise<readonly CredentialField[] | undefined> {
  if (sets.length === 1) return sets[0];
  const picked = await pickOne<readonly CredentialField[]>(
    { title: l10n.t("Easel: Key of {0}", entry.name) },
    {
      items: sets.map((set) => ({ label: set.map(credentialLabel).join(" + "), value: set })),
      placeholder: l10n.t("Which kind of key do you have?"),
    },
  );
  return picked === back ? undefined : picked;
}

async function askSet(
  entry: VendorEntry,
  url: string,
  fields: readonly CredentialField[],
  canGoBack: boolean,
): Promise<Record<string, string> | Back | undefined> {
  const values: Record<string, string> = {};
  const total = fields.length;
  for (let index = 0; index < total; ) {
    const field = fields[index];
    if (!field) break;
    const label = credentialLabel(field);
    const typed = await askText(
      {
        title: l10n.t("Easel: {0} of {1}", label, entry.name),
        ...(total > 1 ? { step: index + 1, total } : {}),
        canGoBack: canGoBack || index > 0,
      },
      {
        password: true,
        placeholder: l10n.t("Paste it here"),
        prompt: l10n.t("For {0} only. Kept in this editor's secret storage.", originOf(url)),
        required: l10n.t("Paste the key first, or press Escape."),
        validate: (text) => (/\s/.test(text.trim()) ? l10n.t("A key holds no spaces.") : undefined),
      },
    );
    if (typed === undefined) return undefined;
    if (typed === back) {
      if (index === 0) return back;
      index--;
      continue;
    }
    values[field.key] = typed.trim();
    index++;
  }
  return values;
}

/** The vendor's secrets for its address: those stored, else those the user now enters. Undefined if cancelled. */
export async function ensureCredentials(
  entry: VendorEntry,
  url: string,
  credentials: Credentials,
): Promise<CredentialValues | undefined> {
  if (entry.credentials.length === 0) return {};
  return (await credentials.get(entry.id, url)) ?? askCredentials(entry, url, credentials);
}
