import * as vscode from "vscode";
import { contextKeys } from "../contributions.ts";
import { type Ability, abilities } from "../vendors/abilities.ts";

/** What is remembered from one session to the next. */
const key = "possible";

/**
 * What can be done, for the menus, before anything is loaded: at once with the keys that there were last, and then with those that the
 * secret storage has by name. The editor may lose what was remembered right before a window ends.
 */
export function showPossible({ globalState, secrets }: vscode.ExtensionContext): void {
  show(globalState.get<readonly Ability[]>(key) ?? abilities.placeholder ?? []);
  secrets.keys().then(
    (names) => show(possibleWith(["placeholder", ...names.map((name) => name.split(":")[1] ?? "")])),
    // A storage that cannot be read says so when a key is needed.
    () => undefined,
  );
}

function possibleWith(vendors: readonly string[]): Ability[] {
  const byId: Readonly<Record<string, readonly Ability[] | undefined>> = abilities;
  return [...new Set(vendors.flatMap((id) => (Object.hasOwn(byId, id) ? (byId[id] ?? []) : [])))];
}

/** Shows and remembers what the vendors with these ids can do. */
export async function rememberPossible(memento: vscode.Memento, vendors: readonly string[]): Promise<void> {
  const possible = possibleWith(vendors);
  show(possible);
  if (JSON.stringify(memento.get(key)) !== JSON.stringify(possible)) await memento.update(key, possible);
}

/** As a text with a space around each, so that a `when` clause can look for one. */
function show(possible: readonly Ability[]): void {
  void vscode.commands.executeCommand("setContext", contextKeys.possible, ` ${possible.join(" ")} `);
}
