import * as vscode from "vscode";

/** True for the scheme of a document that text can be put into. */
export function isDocument(scheme: string): boolean {
  return scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}

/** The text editor used last from the start on, as long as its document is open: there before anything else is loaded. */
export class LastEditor implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #editor: vscode.TextEditor | undefined;

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#note(editor));
  }

  get(): vscode.TextEditor | undefined {
    return this.#editor?.document.isClosed ? undefined : this.#editor;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(editor: vscode.TextEditor | undefined): void {
    if (editor && isDocument(editor.document.uri.scheme)) this.#editor = editor;
  }
}
