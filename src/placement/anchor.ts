import * as vscode from "vscode";
import type { AnchorRecord } from "../model/job.ts";
import { contextLines, describePlace, refind, type Span, shift } from "./anchorText.ts";
import { openDocument } from "./documents.ts";
import type { PlacementProblem } from "./problems.ts";

/** A remembered place as it stands now. */
export interface ResolvedAnchor {
  document: vscode.TextDocument;
  range: vscode.Range;
}

/** A place that is being followed. */
export interface TrackedAnchor extends vscode.Disposable {
  /** The place as it stands now, fit to be kept. */
  readonly record: AnchorRecord;
  /** From now on the place belongs to a job: it is found by its id, and changes of it are told. */
  bind(jobId: string): void;
}

interface Tracked {
  record: AnchorRecord;
  jobId?: string;
  /** Set while the document is open and the place in it is known. */
  live?: { span: Span; leansOn: "following" | "none" };
}

/**
 * Follows the places that markup will go to, through typing, closing and opening again, and renaming. What must survive a restart is
 * told to `onDidChange` when a document is saved or closed, not on every key.
 */
export class AnchorTracker implements vscode.Disposable {
  readonly #tracked = new Set<Tracked>();
  readonly #onDidChange: (jobId: string, record: AnchorRecord) => void;
  readonly #subscriptions: vscode.Disposable[];

  constructor(options: { onDidChange(jobId: string, record: AnchorRecord): void }) {
    this.#onDidChange = options.onDidChange;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#each(document, (one) => this.#tell(one))),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#renamed(files)),
    ];
  }

  /** Remembers the caret or selection of an editor, and follows it until the handle is disposed or the job is forgotten. */
  remember(editor: vscode.TextEditor): TrackedAnchor {
    const { document, selection } = editor;
    const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    const tracked: Tracked = { record: describe(document, span), live: liveAt(document, span) };
    this.#tracked.add(tracked);
    return this.#handle(tracked);
  }

  /** Follows a place that is known already for one more user. */
  follow(record: AnchorRecord): TrackedAnchor {
    const tracked: Tracked = { record };
    this.#tracked.add(tracked);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === record.uri);
    if (document) this.#find(tracked, document);
    return this.#handle(tracked);
  }

  /** Goes on following a place that was kept, after a restart. Does nothing for a job that is followed already. */
  restore(jobId: string, record: AnchorRecord): void {
    if (this.#ofJob(jobId)) return;
    const tracked: Tracked = { record, jobId };
    this.#tracked.add(tracked);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === record.uri);
    if (document) this.#find(tracked, document);
  }

  /** Stops following a job's place. */
  forget(jobId: string): void {
    for (const tracked of this.#tracked) if (tracked.jobId === jobId) this.#tracked.delete(tracked);
  }

  /**
   * Where a place is now. Opens its document if need be.
   * @param anchor A job's id, or a record of a place that is not followed.
   */
  async resolve(anchor: string | AnchorRecord): Promise<ResolvedAnchor | PlacementProblem> {
    const tracked = typeof anchor === "string" ? this.#ofJob(anchor) : { record: anchor };
    if (!tracked) return { code: "noAnchor" };
    const uri = vscode.Uri.parse(tracked.record.uri, true);
    const args = { file: vscode.workspace.asRelativePath(uri) };
    if (uri.scheme === "vscode-notebook-cell") return { code: "notebookCell" };
    const document = await openDocument(uri);
    if (!document) return { code: "documentGone", args };
    if (!tracked.live) {
      const found = this.#find(tracked, document);
      if (found === "ambiguous") return { code: "anchorAmbiguous", args };
      if (!found) return { code: "anchorLost", args };
    }
    const span = tracked.live?.span ?? { start: tracked.record.offset, end: tracked.record.end };
    return { document, range: rangeOf(document, span) };
  }

  dispose(): void {
    for (const tracked of this.#tracked) this.#tell(tracked);
    this.#tracked.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #handle(tracked: Tracked): TrackedAnchor {
    return {
      get record() {
        return tracked.record;
      },
      bind: (jobId) => {
        // A job has one place: what was followed for it before is over.
        for (const other of this.#tracked) {
          if (other !== tracked && other.jobId === jobId) this.#tracked.delete(other);
        }
        tracked.jobId = jobId;
        this.#tell(tracked);
      },
      dispose: () => this.#tracked.delete(tracked),
    };
  }

  #ofJob(jobId: string): Tracked | undefined {
    return [...this.#tracked].find((tracked) => tracked.jobId === jobId);
  }

  #each(document: vscode.TextDocument, act: (tracked: Tracked) => void): void {
    const uri = document.uri.toString();
    for (const tracked of this.#tracked) if (tracked.record.uri === uri) act(tracked);
  }

  #tell({ jobId, record }: Tracked): void {
    if (jobId !== undefined) this.#onDidChange(jobId, record);
  }

  #find(tracked: Tracked, document: vscode.TextDocument): Span | "ambiguous" | undefined {
    const found = refind(tracked.record, document.getText());
    if (found && found !== "ambiguous") {
      tracked.live = liveAt(document, found);
      tracked.record = describe(document, found);
    }
    return found;
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    this.#each(document, (tracked) => {
      if (!tracked.live) return;
      let span: Span & { covered?: boolean } = tracked.live.span;
      let covered = false;
      // All changes of one event speak of the text before it, so the last one in the text goes first.
      for (const change of [...contentChanges].sort((a, b) => b.rangeOffset - a.rangeOffset)) {
        const { rangeOffset: offset, rangeLength: length, text } = change;
        span = shift(span, { offset, length, text }, tracked.live.leansOn);
        covered ||= span.covered === true;
      }
      if (covered && typeof this.#find(tracked, document) === "object") return;
      tracked.live = liveAt(document, span);
      tracked.record = describe(document, span);
    });
  }

  #opened(document: vscode.TextDocument): void {
    this.#each(document, (tracked) => {
      if (!tracked.live) this.#find(tracked, document);
    });
  }

  #closed(document: vscode.TextDocument): void {
    const heir = document.isUntitled ? savedAs(document) : undefined;
    this.#each(document, (tracked) => {
      delete tracked.live;
      if (heir) {
        tracked.record = { ...tracked.record, uri: heir.uri.toString() };
        this.#find(tracked, heir);
      }
      this.#tell(tracked);
    });
  }

  #renamed(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): void {
    for (const tracked of this.#tracked) {
      for (const { oldUri, newUri } of files) {
        const [old, now] = [oldUri.toString(), newUri.toString()];
        const { uri } = tracked.record;
        if (uri !== old && !uri.startsWith(`${old}/`)) continue;
        tracked.record = { ...tracked.record, uri: now + uri.slice(old.length) };
        delete tracked.live;
        this.#tell(tracked);
      }
    }
  }
}

/** A document that is saved for the first time becomes another one; it is known by its text. */
function savedAs(untitled: vscode.TextDocument): vscode.TextDocument | undefined {
  const text = untitled.getText();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isUntitled && !document.isClosed && document.getText() === text,
  );
}

function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function liveAt(document: vscode.TextDocument, span: Span): NonNullable<Tracked["live"]> {
  const { start, end } = rangeOf(document, span);
  const before = document.lineAt(start.line).text.slice(0, start.character);
  const after = document.lineAt(end.line).text.slice(end.character);
  const leansOn = before.trim() === "" && after.trim() !== "" ? "following" : "none";
  return { span: { start: span.start, end: span.end }, leansOn };
}

/** Only the lines around the place are read: a document can be large, and this runs on every key. */
function describe(document: vscode.TextDocument, span: Span): AnchorRecord {
  const range = rangeOf(document, span);
  const first = Math.max(0, range.start.line - contextLines);
  const last = Math.min(document.lineCount - 1, range.end.line + contextLines);
  const text = document.getText(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
  const from = document.offsetAt(new vscode.Position(first, 0));
  const place = describePlace(text, { start: span.start - from, end: span.end - from });
  return {
    ...place,
    uri: document.uri.toString(),
    languageId: document.languageId,
    offset: span.start,
    end: span.end,
    line: range.start.line,
  };
}
