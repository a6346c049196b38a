import * as vscode from "vscode";
import { l10n } from "vscode";
import type { VendorEntry } from "../vendors/catalog.ts";

/** True for a vendor that is not asked in this workspace: it is not trusted, and the vendor is no part of Easel. */
export function isBarred(entry: VendorEntry): boolean {
  return !vscode.workspace.isTrusted && entry.credentials.length > 0;
}

/** In a workspace that is not trusted, nothing goes to a vendor: what is sent could come from a hostile repository. Says so. */
export async function isAllowed(entry: VendorEntry): Promise<boolean> {
  if (!isBarred(entry)) return true;
  const manage = l10n.t("Manage Workspace Trust");
  const answer = await vscode.window.showWarningMessage(
    l10n.t(
      "This workspace is not trusted, so nothing was sent to {0}. Placeholder works without trust.",
      entry.name,
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}
