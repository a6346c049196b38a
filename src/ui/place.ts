import * as vscode from "vscode";
import type { AnchorTracker, TrackedAnchor } from "../placement/anchor.ts";
import { promptAt } from "../placement/prefill.ts";
import { isDocument } from "./lastEditor.ts";

/** Where a command was called: the place for the markup, followed from now on, and the prompt that the place suggests. */
export interface Place {
  anchor?: TrackedAnchor;
  prompt?: string;
}

/** The text editor that was used last. The editor counts its output panel and the like as one: nothing can be inserted there. */
function documentEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find(
    (editor) => editor && isDocument(editor.document.uri.scheme),
  );
}

/** Remembers the caret or selection of the text editor used last; nothing if there is none. */
export function rememberPlace(anchors: AnchorTracker): Place {
  const editor = documentEditor();
  if (!editor) return {};
  const { document, selection } = editor;
  const prompt = promptAt(
    document.getText(),
    document.offsetAt(selection.active),
    document.getText(selection),
    document.languageId,
  );
  return { anchor: anchors.remember(editor), ...(prompt === undefined ? {} : { prompt }) };
}
