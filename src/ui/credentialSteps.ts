import * as vscode from "vscode";
import { l10n } from "vscode";
import { addressProblem, originOf } from "../net/typedAddress.ts";
import type { CredentialValues } from "../secrets/credentials.ts";
import { bindingOf, credentialSets, type Keyring, type VendorAddress } from "../secrets/keyring.ts";
import { wholeKey } from "../secrets/pem.ts";
import { addressesInSettings, baseUrlSetting, setBaseUrl, vendorAddress } from "../settings.ts";
import { addressProblemText, credentialLabel, typedAddressText } from "../text/credentials.ts";
import { type CredentialField, type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import { askText, type Back, back, pickOne, type TextStep } from "./multiStep.ts";

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
        description: vendorAddress(entry.id).baseUrl,
        value: entry,
      })),
      placeholder: l10n.t("Whose key?"),
    },
  );
  return picked === back ? undefined : picked;
}

/**
 * The vendor's address if it can be used. Where each user has their own and there is none yet, it is asked for and kept in the
 * settings; what is wrong with one is said, with the setting offered. Undefined if there is none to use.
 */
export async function usableAddress(entry: VendorEntry): Promise<VendorAddress | undefined> {
  const wrong = addressesInSettings(entry.id).find(({ url }) => addressProblem(url) !== undefined);
  const problem = wrong && addressProblem(wrong.url);
  if (wrong && problem) {
    const open = l10n.t("Open Settings");
    const answer = await vscode.window.showErrorMessage(addressProblemText(entry, wrong.url, problem), open);
    if (answer === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", wrong.id);
    }
    return undefined;
  }
  const address = vendorAddress(entry.id);
  if (address.baseUrl !== "" || baseUrlSetting(entry.id) === undefined) return address;
  const baseUrl = await askBaseUrl(entry);
  return baseUrl === undefined ? undefined : { ...address, baseUrl };
}

async function askBaseUrl(entry: VendorEntry): Promise<string | undefined> {
  const typed = await askText(
    { title: l10n.t("Easel: Address of {0}", entry.name) },
    {
      placeholder: "https://host/v1",
      prompt: l10n.t("The base address of your own {0}; it is kept in your settings.", entry.name),
      required: typedAddressText("malformed"),
      validate: (text) => {
        const problem = addressProblem(text.trim());
        return problem && typedAddressText(problem);
      },
    },
  );
  if (typeof typed !== "string") return undefined;
  const url = typed.trim().replace(/\/+$/, "");
  await setBaseUrl(entry.id, url);
  return url;
}

/**
 * Asks for every secret of a vendor, first for which ones where there are alternatives, and stores them for its address. Undefined if
 * cancelled: then nothing is stored.
 */
export async function askCredentials(
  entry: VendorEntry,
  address: VendorAddress,
  keyring: Keyring,
): Promise<CredentialValues | undefined> {
  const sets = credentialSets(entry, address);
  for (;;) {
    const set = await pickSet(entry, sets);
    const values = set && (await askSet(entry, address, set, sets.length > 1));
    if (values === back) continue;
    if (values) await keyring.set(entry, address, values);
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
  address: VendorAddress,
  fields: readonly CredentialField[],
  canGoBack: boolean,
): Promise<Record<string, string> | Back | undefined> {
  const values: Record<string, string> = {};
  const total = fields.length;
  for (let index = 0; index < total; ) {
    const field = fields[index];
    if (!field) break;
    const typed = await askText(
      {
        title: l10n.t("Easel: {0} of {1}", credentialLabel(field), entry.name),
        ...(total > 1 ? { step: index + 1, total } : {}),
        canGoBack: canGoBack || index > 0,
      },
      fieldStep(entry, address, field, values),
    );
    if (typed === undefined) return undefined;
    if (typed === back) {
      if (index === 0) return back;
      index--;
      continue;
    }
    values[field.key] = field.spaces ? wholeKey(typed) : typed.trim();
    index++;
  }
  return values;
}

function fieldStep(
  entry: VendorEntry,
  address: VendorAddress,
  field: CredentialField,
  before: Readonly<Record<string, string>>,
): TextStep {
  if (field.key === entry.addressSecret) {
    return {
      password: true,
      placeholder: "https://host/path",
      prompt: l10n.t(
        "The whole address that requests go to. It may carry rights, so it is kept like a key and never shown.",
      ),
      required: typedAddressText("malformed"),
      validate: (text) => {
        const problem = addressProblem(text.trim(), "whole");
        return problem && typedAddressText(problem);
      },
    };
  }
  const typedAddress = entry.addressSecret === undefined ? undefined : before[entry.addressSecret];
  const bound = typedAddress === undefined ? bindingOf(entry, address) : originOf(typedAddress);
  return {
    password: !field.plain,
    placeholder: field.optional ? l10n.t("Paste it here, or leave it empty") : l10n.t("Paste it here"),
    prompt: l10n.t("For {0} only. Kept in this editor's secret storage.", bound.replaceAll(" ", ", ")),
    ...(field.optional ? {} : { required: l10n.t("Paste the key first, or press Escape.") }),
    validate: (text) =>
      !field.spaces && /\s/.test(text.trim()) ? l10n.t("A key holds no spaces.") : undefined,
  };
}

/** The vendor's secrets for its address: those stored, else those the user now enters. Undefined if cancelled. */
export async function ensureCredentials(
  entry: VendorEntry,
  address: VendorAddress,
  keyring: Keyring,
): Promise<CredentialValues | undefined> {
  return (await keyring.get(entry, address)) ?? askCredentials(entry, address, keyring);
}

/** The host that calls go to, for people: never more of an address that is a secret. */
export function hostOf(entry: VendorEntry, { baseUrl }: VendorAddress, values?: CredentialValues): string {
  const at = entry.addressSecret === undefined ? baseUrl : values?.[entry.addressSecret];
  return at !== undefined && URL.canParse(at) ? new URL(at).host : entry.name;
}
