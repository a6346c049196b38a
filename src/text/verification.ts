import { l10n } from "vscode";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Verification } from "../vendors/contract.ts";
import { cannotTellText } from "./credentials.ts";
import { failureText } from "./errors.ts";
import { sentences } from "./sentences.ts";

/** What a free look at a key brought, in words. */
export function verificationText(entry: VendorEntry, host: string, verification: Verification): string {
  switch (verification.result) {
    case "accepted":
      return sentences(
        l10n.t("{0} accepts the key at {1}. The test cost nothing.", entry.name, host),
        verification.detail,
      );
    case "rejected": {
      const { detail, next } = failureText(verification.error, { vendor: entry.name });
      return sentences(l10n.t("{0} refuses the key at {1}.", entry.name, host), detail, next);
    }
    case "cannotTell":
      return l10n.t(
        "Whether {0} accepts the key can not be told without a call that costs: {1}. The key is kept; the first request will show.",
        entry.name,
        cannotTellText(verification.why),
      );
  }
}
