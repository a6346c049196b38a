import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";

/** Empties the list of what was placed in this workspace, after asking once; the files stay. */
export async function forgetPlaced({ placer, forgetThumbnails }: Services): Promise<void> {
  const forget = l10n.t("Forget");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Forget what Easel placed in this workspace?"),
    {
      modal: true,
      detail: l10n.t(
        "The files stay. They no longer appear in the Studio, and their thumbnails are deleted.",
      ),
    },
    forget,
  );
  if (answer !== forget) return;
  await placer.forget();
  await forgetThumbnails();
  vscode.window.showInformationMessage(l10n.t("Easel has forgotten what it placed in this workspace."));
}
