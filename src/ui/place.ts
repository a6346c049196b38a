import * as vscode from "vscode";
import type { AnchorTracker, TrackedAnchor } from "../placement/anchor.ts";
import { promptAt } from "../placement/prefill.ts";

/** Where a command was called: the place for the markup, followed from now on, and the prompt that the place suggests. */
export interface Place {
  anchor?: TrackedAnchor;
  prompt?: string;
}

/** Remembers the caret or selection of the active text editor; nothing if there is none. */
export function rememberPlace(anchors: AnchorTracker): Place {
  const editor = vscode.window.activeTextEditor;
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
