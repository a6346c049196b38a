import { l10n } from "vscode";
import type { AddressProblem } from "../net/typedAddress.ts";
import type { SecretStoreError } from "../secrets/credentials.ts";
import type { CredentialField, VendorEntry } from "../vendors/catalog.ts";

/** What a secret is called. */
export function credentialLabel(field: CredentialField): string {
  const labels: Record<string, string> = {
    apiKey: l10n.t("API key"),
    accessKey: l10n.t("Access Key"),
    secretKey: l10n.t("Secret Key"),
    accessKeyId: "AccessKeyID",
    secretAccessKey: "SecretAccessKey",
    sessionToken: l10n.t("Session token"),
    endpoint: l10n.t("Endpoint URL"),
    jwtKey: l10n.t("JWT key (JWK or PEM)"),
    consumer: l10n.t("Consumer"),
    issuer: l10n.t("Issuer"),
  };
  return labels[field.text] ?? field.key;
}

/** That the editor's secret storage could not be used: what became of the key, and what to do. */
export function secretStoreText(act: SecretStoreError["act"]): string {
  const texts = {
    read: () =>
      l10n.t(
        "The editor’s secret storage cannot be read, so Easel has no key at hand. Unlock the system’s keyring or restart the editor, then try again.",
      ),
    write: () =>
      l10n.t(
        "The key could not be stored: the editor’s secret storage refuses it. Unlock the system’s keyring or restart the editor, then enter it again.",
      ),
    remove: () =>
      l10n.t(
        "The key could not be removed: the editor’s secret storage refuses it. It may still be there: restart the editor, then try again.",
      ),
  };
  return texts[act]();
}

/** Why the address in the settings cannot be used, and what to do. */
export function addressProblemText(entry: VendorEntry, url: string, problem: AddressProblem): string {
  return problem === "insecure"
    ? l10n.t(
        "{0} is set to {1}, which is not encrypted. Keys and prompts only go to https addresses, or to this machine. Change the address in the settings.",
        entry.name,
        url,
      )
    : l10n.t(
        '{0} is set to "{1}", which is not an address. Write it as https://host/path in the settings.',
        entry.name,
        url,
      );
}

/** Why an address that is being typed cannot be used. */
export function typedAddressText(problem: AddressProblem): string {
  return problem === "insecure"
    ? l10n.t("Keys and prompts only go to https addresses, or to this machine.")
    : l10n.t("Type an address such as {0}, without a name and password.", "https://host/path");
}

/** Why nothing free could tell whether a key is good; codes are those of `Verification.why`. */
export function cannotTellText(why: string): string {
  const reasons: Record<string, string> = {
    noFreeProbe: l10n.t("this address answers no call that is free"),
    unreachable: l10n.t("the address could not be reached"),
  };
  return reasons[why] ?? l10n.t("there was no clear answer");
}
