import * as vscode from "vscode";
import type { AnchorTracker, TrackedAnchor } from "../placement/anchor.ts";
import { placeText } from "../text/placement.ts";
import { isDocument, type LastEditor } from "./lastEditor.ts";

/** The cursor of the text editor that was used last, followed while another part of the editor has the focus. */
export class LastPlace implements vscode.Disposable {
  readonly #anchors: AnchorTracker;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** The editor that is used now. */
  #editor: vscode.TextEditor | undefined;
  /** The place in the one that was left. */
  #left: TrackedAnchor | undefined;
  readonly onDidChange = this.#changed.event;

  /** `last`: an editor that was used before this was made, and is out of sight by now. */
  constructor(anchors: AnchorTracker, last: LastEditor) {
    this.#anchors = anchors;
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    this.#editor = [activeTextEditor, ...visibleTextEditors].find(
      (editor) => editor && isDocument(editor.document.uri.scheme),
    );
    const before = last.get();
    if (!this.#editor && before) this.#left = anchors.remember(before);
    this.#subscriptions = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#activated(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === this.#editor) this.#changed.fire();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.#editor?.document === document) this.#editor = undefined;
      }),
    ];
  }

  /** Begins to follow the place for one more user; the handle is theirs. Undefined if no text editor was used. */
  take(): TrackedAnchor | undefined {
    if (this.#editor) return this.#anchors.remember(this.#editor);
    return this.#left && this.#anchors.follow(this.#left.record);
  }

  /** The place in words, such as "README.md, line 12". */
  get label(): string | undefined {
    const { document, selection } = this.#editor ?? {};
    const at =
      document && selection
        ? { uri: document.uri, line: selection.start.line }
        : this.#left && { uri: vscode.Uri.parse(this.#left.record.uri, true), line: this.#left.record.line };
    return at && placeText({ file: vscode.workspace.asRelativePath(at.uri), line: at.line + 1 });
  }

  dispose(): void {
    this.#left?.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }

  #activated(editor: vscode.TextEditor | undefined): void {
    if (editor && !isDocument(editor.document.uri.scheme)) return;
    if (this.#editor && editor !== this.#editor && !this.#editor.document.isClosed) {
      this.#left?.dispose();
      this.#left = this.#anchors.remember(this.#editor);
    }
    this.#editor = editor;
    this.#changed.fire();
  }
}
