import type * as vscode from "vscode";
import type { ActionResult, Draft, Preview, ReviewAction, ReviewView } from "./protocol.ts";

/** What the review sheet needs from the rest of Easel: it shows and asks, the delegate knows and does. */
export interface ReviewDelegate {
  /** All that is shown of a job; undefined if the job is gone. Cheap: called on every change. Includes drafts noted before. */
  view(jobId: string): ReviewView | undefined;
  /** Fires when a job's view or preview may have changed (also when its anchor moved or its document changed). */
  onDidChange(listener: (jobId: string) => void): vscode.Disposable;
  /** What Insert would do with this draft now. The same plan gives the same revision. */
  preview(jobId: string, draft: Draft): Promise<Preview>;
  /**
   * Does what the user chose. Called once for one gesture; a revision that no longer holds gives `stale` and does nothing.
   * @param follow Shows what comes of a job that was sent in turn, where that is not done in the usual way.
   */
  act(jobId: string, action: ReviewAction, follow?: (jobId: string) => void): Promise<ActionResult>;
  /** Keeps what the user has written so far, so that closing the sheet loses nothing. */
  noteDraft(jobId: string, draft: Draft): void;
}
