import * as vscode from "vscode";
import { exists, removeEmptyFolders } from "./disk.ts";

/** A placement that was carried out: where its file came from and went to, and the folders made for it (outermost first). */
export interface AppliedPlacement {
  staged: vscode.Uri;
  target: vscode.Uri;
  createdFolders?: readonly vscode.Uri[];
}

interface Watched extends AppliedPlacement {
  state: "placed" | "undone";
}

/**
 * Notices when a placement is undone (its file is back in staging) or redone (it left again), and tells so once each. Looks when the
 * editor reports an undo or a redo, when files are moved, when the window gets the focus, and when asked to. Folders that an undo
 * leaves empty are removed if they were made for the placement.
 */
export class PlacementWatcher implements vscode.Disposable {
  readonly #watched = new Map<string, Watched>();
  readonly #events: { undone(assetKey: string): void; redone(assetKey: string): void };
  readonly #subscriptions: vscode.Disposable[];
  /** One look at a time, so that one change is never told twice. */
  #last: Promise<void> = Promise.resolve();

  constructor(events: { undone(assetKey: string): void; redone(assetKey: string): void }) {
    this.#events = events;
    const { TextDocumentChangeReason } = vscode;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ reason }) => {
        if (reason === TextDocumentChangeReason.Undo || reason === TextDocumentChangeReason.Redo)
          void this.check();
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#renamed(oldUri, newUri);
        void this.check();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.check();
      }),
    ];
  }

  /** Watches an asset that was placed. For one placed before a restart, `check` tells whether it still is. */
  watch(assetKey: string, placement: AppliedPlacement): void {
    this.#watched.set(assetKey, { ...placement, state: "placed" });
  }

  /** Looks at every watched placement; done when everything that changed has been told. */
  check(): Promise<void> {
    this.#last = this.#last.then(async () => {
      for (const [key, watched] of this.#watched) await this.#look(key, watched);
    });
    return this.#last;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#watched.clear();
  }

  async #look(key: string, watched: Watched): Promise<void> {
    const staged = await exists(watched.staged);
    // Neither here nor there: the user has moved or deleted the file outside of the editor, and it stays placed.
    const state = staged ? "undone" : (await exists(watched.target)) ? "placed" : watched.state;
    if (state === watched.state || this.#watched.get(key) !== watched) return;
    watched.state = state;
    if (state === "undone") {
      await removeEmptyFolders(watched.createdFolders ?? []);
      this.#events.undone(key);
    } else {
      this.#events.redone(key);
    }
  }

  /** A placed file that the user moves is followed, so that an undo of the move is not taken for an undo of the placement. */
  #renamed(oldUri: vscode.Uri, newUri: vscode.Uri): void {
    const [old, now] = [oldUri.toString(), newUri.toString()];
    for (const watched of this.#watched.values()) {
      const target = watched.target.toString();
      if (now === watched.staged.toString() || old === watched.staged.toString()) continue;
      if (target === old) watched.target = newUri;
      else if (target.startsWith(`${old}/`))
        watched.target = vscode.Uri.parse(now + target.slice(old.length), true);
    }
  }
}
