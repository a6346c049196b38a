import { randomUUID } from "node:crypto";
import * as vscode from "vscode";

const scheme = "easel";

/** Texts that the editor shows read-only, from memory: nothing of them is written down. */
export class ReadOnlyTexts implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) => this.#texts.get(path) ?? "",
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) this.#texts.delete(uri.path);
    }),
  );

  /** An address for a text. `name` is on its tab and tells its language; it goes when its document is closed. */
  add(name: string, text: string): vscode.Uri {
    const path = `/${randomUUID()}/${name}`;
    this.#texts.set(path, text);
    return vscode.Uri.from({ scheme, path });
  }

  /** Opens a text in an editor of its own. */
  async show(name: string, text: string): Promise<void> {
    await vscode.window.showTextDocument(this.add(name, text), { preview: true });
  }

  /** Lets go of texts and closes their tabs, alone or compared. */
  async remove(...uris: vscode.Uri[]): Promise<void> {
    const own = new Set(uris.map((uri) => uri.toString()));
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = tabs.filter(({ input }) => {
      if (input instanceof vscode.TabInputTextDiff) return own.has(input.modified.toString());
      return input instanceof vscode.TabInputText && own.has(input.uri.toString());
    });
    await vscode.window.tabGroups.close(shown);
    for (const { path } of uris) this.#texts.delete(path);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#texts.clear();
  }
}
