import type * as vscode from "vscode";
import type { Keyring } from "../secrets/keyring.ts";
import { vendorEntries } from "../vendors/catalog.ts";
import { rememberPossible } from "./possible.ts";

/** Keeps what the menus show as possible in step with the keys there are, in this window or another. */
export function followKeys(
  keyring: Keyring,
  memento: vscode.Memento,
  onFault: (error: unknown) => void,
): vscode.Disposable {
  let last = Promise.resolve();
  const update = async () => {
    const able = await Promise.all(
      vendorEntries.map(async (entry) => entry.credentials.length === 0 || (await keyring.has(entry))),
    );
    await rememberPossible(
      memento,
      vendorEntries.filter((_, index) => able[index]).map(({ id }) => id),
    );
  };
  const next = () => {
    last = last.then(update).catch(onFault);
  };
  next();
  return keyring.onDidChange(next);
}
