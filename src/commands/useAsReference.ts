import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { chosenFiles } from "../ui/media.ts";

/** Puts images into the Studio's draft: those right-clicked, the one in the active tab, or those the user picks. */
export async function useAsReference({ studio }: Services, args: readonly unknown[]): Promise<void> {
  const title = l10n.t("Choose an image");
  const uris = await chosenFiles(args, { kinds: ["image"], min: 1, many: true, title });
  if (uris && uris.length > 0) await studio.useAsReference(uris);
}
