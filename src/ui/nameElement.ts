import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { LibraryItem } from "../vendors/contract.ts";
import { libraryRows, listLibrary } from "./libraryItems.ts";
import { back, pickOne } from "./multiStep.ts";
import type { RequestDraft } from "./requestDraft.ts";

/** Lets an element of the vendor's library be picked and names it at the end of the prompt; undefined leaves the prompt as it is. */
export async function nameElement(
  services: Pick<Services, "aside">,
  prompt: string,
  { offer }: RequestDraft,
): Promise<string | undefined> {
  const items = await listLibrary(services, ["elements"]);
  if (!items) return undefined;
  const picked = await pickOne<LibraryItem>(
    { title: l10n.t("Easel: Elements") },
    { items: libraryRows(items), placeholder: l10n.t("Which one does the prompt name?") },
  );
  const mention = picked === undefined || picked === back ? undefined : offer.vendor.library?.mention(picked);
  return mention && `${prompt.trimEnd()} ${mention}`.trimStart();
}
