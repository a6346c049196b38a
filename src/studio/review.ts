import * as vscode from "vscode";
import { views } from "../contributions.ts";
import { reviewFallbackTitle, reviewStrings, webviewFaults } from "../text/review.ts";
import { webviewHtml, webviewRoot } from "./html.ts";
import { HostIpc, RequestError } from "./ipc.ts";
import { OnceGuard } from "./once.ts";
import type { ActionResult, ReviewAction, ReviewProtocol, ReviewView } from "./protocol.ts";
import { reviewSchemas, reviewStateSchema } from "./protocolSchema.ts";
import type { ReviewDelegate } from "./reviewDelegate.ts";

/** A sheet that closes after placing stays this long, so that the second Enter of a double press does not reach the editor (ms). */
const closingMs = 500;

/** What the review sheets are made with. `onFault` hears of faults of Easel's own, for the log. */
export interface ReviewPanelsOptions {
  extensionUri: vscode.Uri;
  delegate: ReviewDelegate;
  onFault(error: unknown): void;
}

/** The review sheets: at most one panel a job, beside the editor; they come back after a reload of the window. */
export class ReviewPanels implements vscode.Disposable {
  readonly #options: ReviewPanelsOptions;
  readonly #panels = new Map<string, ReviewPanel>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(options: ReviewPanelsOptions) {
    this.#options = options;
    this.#subscriptions = [options.delegate.onDidChange((jobId) => this.#panels.get(jobId)?.refresh())];
  }

  /** Shows the sheet of a job with the focus in it, opening it beside the editor if it is not open; `assetId` is chosen in it. */
  open(jobId: string, assetId?: string): void {
    const open = this.#panels.get(jobId);
    if (open) {
      open.reveal(assetId);
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.#add(
      jobId,
      vscode.window.createWebviewPanel(views.review, reviewFallbackTitle(), column, {
        enableScripts: true,
        localResourceRoots: [],
      }),
      assetId,
    );
  }

  /** Closes the sheet of a job, if it is open. */
  close(jobId: string): void {
    this.#panels.get(jobId)?.dispose();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    for (const each of [...this.#panels.values()]) each.dispose();
  }

  /** Takes over a panel that came back after a reload of the window; `state` is what its webview kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = reviewStateSchema.safeParse(state);
    if (!kept.success || this.#panels.has(kept.data.jobId)) {
      panel.dispose();
      return;
    }
    this.#add(kept.data.jobId, panel, kept.data.assetId);
  }

  #add(jobId: string, panel: vscode.WebviewPanel, assetId: string | undefined): void {
    const added = new ReviewPanel(jobId, panel, assetId, this.#options);
    this.#panels.set(jobId, added);
    panel.onDidDispose(() => {
      this.#panels.delete(jobId);
      added.dispose();
    });
  }
}

/** One open sheet. */
class ReviewPanel implements vscode.Disposable {
  readonly #jobId: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: ReviewPanelsOptions;
  readonly #ipc: HostIpc<ReviewProtocol>;
  readonly #once = new OnceGuard();
  #assetId: string | undefined;
  #folder: string | undefined;
  #disposed = false;
  /** Whether a page is there to hear; a hidden panel has none, and says when it has one again. */
  #ready = false;
  #closing: NodeJS.Timeout | undefined;

  constructor(
    jobId: string,
    panel: vscode.WebviewPanel,
    assetId: string | undefined,
    options: ReviewPanelsOptions,
  ) {
    this.#jobId = jobId;
    this.#panel = panel;
    this.#options = options;
    this.#assetId = assetId;
    const { delegate } = options;
    this.#ipc = new HostIpc<ReviewProtocol>(
      panel.webview,
      reviewSchemas,
      {
        commands: {
          ready: () => {
            this.#ready = true;
            this.refresh();
          },
          draft: (draft) => delegate.noteDraft(jobId, draft),
          copy: ({ text }) => vscode.env.clipboard.writeText(text),
          close: () => this.dispose(),
        },
        requests: {
          preview: async (draft) => {
            this.#refuseIfGone();
            return delegate.preview(jobId, draft);
          },
          act: ({ actionId, action }) => this.#act(actionId, action),
        },
      },
      webviewFaults(options.onFault),
    );
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    this.#allow(delegate.view(jobId)?.folder);
    panel.webview.html = webviewHtml(
      panel.webview,
      options.extensionUri,
      "review",
      panel.title || reviewFallbackTitle(),
    );
  }

  /** Sends the job as it stands now. */
  refresh(): void {
    if (this.#disposed) return;
    const view = this.#options.delegate.view(this.#jobId);
    this.#once.observe(view?.assets ?? []);
    if (view) {
      this.#allow(view.folder);
      this.#panel.title = view.title;
    }
    if (!this.#ready) return;
    this.#ipc.notify("view", {
      jobId: this.#jobId,
      strings: reviewStrings(),
      ...(view && { view: this.#withAddresses(view) }),
      ...(this.#assetId !== undefined && { select: this.#assetId }),
    });
    // Told once: from then on the choice is the user's.
    if (view) this.#assetId = undefined;
  }

  /** Brings the sheet to the front. */
  reveal(assetId?: string): void {
    this.#assetId = assetId;
    this.#panel.reveal(undefined, false);
    this.refresh();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#closing);
    this.#ipc.dispose();
    this.#panel.dispose();
  }

  async #act(actionId: string, action: ReviewAction): Promise<ActionResult> {
    this.#refuseIfGone();
    const result = await this.#once.run(actionId, action, () =>
      this.#options.delegate.act(this.#jobId, action),
    );
    if (result.outcome === "done" && result.close && !this.#disposed) {
      this.#closing ??= setTimeout(() => this.dispose(), closingMs);
    }
    return result;
  }

  /** The job may have ended elsewhere while the page still showed it. */
  #refuseIfGone(): void {
    if (this.#options.delegate.view(this.#jobId)) return;
    this.refresh();
    throw new RequestError("gone", reviewStrings().gone);
  }

  /** Pictures may be loaded from the job's own folder; it is known only once the job is. */
  #allow(folder: string | undefined): void {
    if (this.#folder !== undefined && (folder === undefined || folder === this.#folder)) return;
    this.#folder = folder ?? "";
    const roots = [webviewRoot(this.#options.extensionUri)];
    if (folder !== undefined) roots.push(vscode.Uri.parse(folder, true));
    this.#panel.webview.options = { enableScripts: true, localResourceRoots: roots };
  }

  #withAddresses(view: ReviewView): ReviewView {
    const assets = view.assets.map((asset) => ({
      ...asset,
      src: this.#panel.webview.asWebviewUri(vscode.Uri.parse(asset.src, true)).toString(),
    }));
    return { ...view, assets };
  }
}
