import * as vscode from "vscode";
import { contextKeys } from "../contributions.ts";
import { type Ability, abilities } from "../vendors/abilities.ts";

/** What is remembered from one session to the next. */
const key = "possible";

/** What can be done with the keys that there were last, or without any: for the menus, before anything is loaded. */
export function showPossible(memento: vscode.Memento): void {
  show(memento.get<readonly Ability[]>(key) ?? abilities.placeholder ?? []);
}

/** Shows and remembers what the vendors with these ids can do. */
export async function rememberPossible(memento: vscode.Memento, vendors: readonly string[]): Promise<void> {
  const byId: Readonly<Record<string, readonly Ability[] | undefined>> = abilities;
  const possible = [...new Set(vendors.flatMap((id) => byId[id] ?? []))];
  show(possible);
  if (JSON.stringify(memento.get(key)) !== JSON.stringify(possible)) await memento.update(key, possible);
}

/** As a text with a space around each, so that a `when` clause can look for one. */
function show(possible: readonly Ability[]): void {
  void vscode.commands.executeCommand("setContext", contextKeys.possible, ` ${possible.join(" ")} `);
}
