import { l10n } from "vscode";
import type { BaseUrlProblem } from "../settings.ts";
import type { CredentialField, VendorEntry } from "../vendors/catalog.ts";

/** What a secret is called. */
export function credentialLabel(field: CredentialField): string {
  const labels: Record<string, string> = {
    apiKey: l10n.t("API key"),
    accessKey: l10n.t("Access Key"),
    secretKey: l10n.t("Secret Key"),
  };
  return labels[field.text] ?? field.key;
}

/** Why the address in the settings cannot be used, and what to do. */
export function baseUrlProblemText(entry: VendorEntry, url: string, problem: BaseUrlProblem): string {
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

/** Why nothing free could tell whether a key is good; codes are those of `Verification.why`. */
export function cannotTellText(why: string): string {
  const reasons: Record<string, string> = {
    noFreeProbe: l10n.t("this address answers no call that is free"),
    unreachable: l10n.t("the address could not be reached"),
  };
  return reasons[why] ?? l10n.t("there was no clear answer");
}
