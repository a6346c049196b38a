import * as vscode from "vscode";
import { contextKeys } from "../contributions.ts";
import { credentialsOf } from "../secrets/credentials.ts";
import { type Ability, abilities } from "../vendors/abilities.ts";

/**
 * Tells the menus what can be done with the keys there are, in this window or another, from the start on: by the names of the keys alone,
 * before anything is loaded. A storage that cannot be read says so when a key is needed.
 */
export function followPossible(context: vscode.ExtensionContext): vscode.Disposable {
  const credentials = credentialsOf(context);
  const update = () =>
    void credentials.vendors().then(
      (vendors) => show(["placeholder", ...vendors]),
      () => show(["placeholder"]),
    );
  update();
  return credentials.onDidChange(update);
}

/** What these vendors can do, as a text with a space around each, so that a `when` clause can look for one. */
function show(vendors: readonly string[]): void {
  const byId: Readonly<Record<string, readonly Ability[] | undefined>> = abilities;
  const possible = new Set(vendors.flatMap((id) => (Object.hasOwn(byId, id) ? (byId[id] ?? []) : [])));
  void vscode.commands.executeCommand("setContext", contextKeys.possible, ` ${[...possible].join(" ")} `);
}
