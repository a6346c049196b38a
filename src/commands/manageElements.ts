import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { removeQuestion } from "../text/library.ts";
import { assisted, whoCan } from "../ui/assistant.ts";
import { libraryRows, listLibrary } from "../ui/libraryItems.ts";
import { type Back, back, type PickItem, pickOne } from "../ui/multiStep.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { Library, LibraryItem } from "../vendors/contract.ts";

type Act = "insert" | "copyName" | "copyId" | "remove";

/** Shows a vendor's library: names for prompts, ids, and what can be removed. */
export async function manageElements(services: Services): Promise<void> {
  const entry = whoCan("library");
  const library = entry && (await entry.load()).library;
  if (!library) return;
  let items = await listLibrary(
    services,
    library.shelves.map(({ id }) => id),
  );
  const title = l10n.t("Easel: Manage Elements");
  while (items) {
    const picked = await pickOne<LibraryItem | "create">(
      { title },
      {
        items: [{ label: `$(add) ${l10n.t("Create Element…")}`, value: "create" }, ...libraryRows(items)],
        placeholder: l10n.t("The library of {0}", entry.name),
      },
    );
    if (picked === undefined || picked === back) return;
    if (picked === "create") return void vscode.commands.executeCommand(commands.createElement);
    const act = await pickAct(title, library, picked);
    if (act === back) continue;
    if (act !== "remove") return take(act, library, picked);
    if (await remove(services, entry, picked)) items = items.filter((item) => item !== picked);
  }
}

async function pickAct(title: string, library: Library, item: LibraryItem): Promise<Act | Back | undefined> {
  const named = library.mention(item) ?? item.name;
  const items: PickItem<Act>[] = [
    ...(vscode.window.activeTextEditor
      ? [{ label: `$(insert) ${l10n.t("Insert {0} at the Cursor", named)}`, value: "insert" as const }]
      : []),
    { label: `$(copy) ${l10n.t("Copy {0}", named)}`, value: "copyName" },
    { label: `$(copy) ${l10n.t("Copy the Id {0}", item.id)}`, value: "copyId" },
    ...(item.own ? [{ label: `$(trash) ${l10n.t("Remove…")}`, value: "remove" as const }] : []),
  ];
  return pickOne<Act>({ title, canGoBack: true }, { items, placeholder: item.name });
}

async function take(act: Act | undefined, library: Library, item: LibraryItem): Promise<void> {
  const named = library.mention(item) ?? item.name;
  if (act === "copyName") return vscode.env.clipboard.writeText(named);
  if (act === "copyId") return vscode.env.clipboard.writeText(item.id);
  const editor = vscode.window.activeTextEditor;
  if (act === "insert" && editor) {
    await editor.edit((edit) => {
      for (const selection of editor.selections) edit.replace(selection, named);
    });
  }
}

/** True if it is removed. */
async function remove(services: Services, entry: VendorEntry, item: LibraryItem): Promise<boolean> {
  const { message, detail, act } = removeQuestion(item, entry.name);
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, act)) !== act) return false;
  const title = l10n.t("Easel: removing {0}…", item.name);
  const removed = await assisted(services, "library", title, async ({ library }, context) => {
    await library.remove(item, context);
    return true;
  });
  return removed === true;
}
