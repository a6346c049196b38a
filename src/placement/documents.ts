import * as vscode from "vscode";

/** The document at an address, opened if need be; undefined if there is none any more. */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find(
    (one) => !one.isClosed && one.uri.toString() === uri.toString(),
  );
  // Opening an untitled address that is not open would make a new, empty document.
  if (open || uri.scheme === "untitled") return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
