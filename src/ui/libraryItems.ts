import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { shelfText } from "../text/library.ts";
import type { LibraryItem, LibraryShelfId } from "../vendors/contract.ts";
import { assisted } from "./assistant.ts";
import type { PickItem } from "./multiStep.ts";

/** What is on a vendor's shelves, by free reads. Undefined if it could not be read, which was then said. */
export function listLibrary(
  services: Pick<Services, "aside">,
  shelves: readonly LibraryShelfId[],
): Promise<LibraryItem[] | undefined> {
  const title = l10n.t("Easel: reading the library…");
  return assisted(services, "library", title, async ({ library }, context) => {
    const items: LibraryItem[] = [];
    for (const shelf of shelves) items.push(...(await library.list(shelf, context)));
    return items;
  });
}

/** Rows of what is on shelves, each shelf's own items before the vendor's, under a heading. */
export function libraryRows(items: readonly LibraryItem[]): PickItem<LibraryItem>[] {
  const groups = Map.groupBy(items, ({ shelf, own }) => shelfText(shelf, own));
  return [...groups].flatMap(([label, members]) => [
    { label, kind: -1 },
    ...members.map((item) => ({
      label: `$(${item.shelf === "voices" ? "unmute" : "person"}) ${item.name}`,
      description: item.id,
      ...(item.description ? { detail: item.description } : {}),
      value: item,
    })),
  ]);
}
