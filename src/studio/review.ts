import * as vscode from "vscode";
import { views } from "../contributions.ts";
import { reviewFallbackTitle, webviewFaults } from "../text/review.ts";
import { tabIcon, webviewHtml, webviewRoot } from "./html.ts";
import { HostIpc } from "./ipc.ts";
import type { ActionResult, ReviewAction, ReviewProtocol } from "./protocol.ts";
import { reviewSchemas, reviewStateSchema } from "./protocolSchema.ts";
import type { ReviewDelegate } from "./reviewDelegate.ts";
import { ReviewSession } from "./reviewSession.ts";

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
    // Beside a sheet would be one column further each time.
    const others = [...this.#panels.values()].flatMap(({ column }) => column ?? []);
    const column = { viewColumn: others[0] ?? vscode.ViewColumn.Beside, preserveFocus: false };
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
    panel.iconPath = tabIcon(this.#options.extensionUri);
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
  readonly #panel: vscode.WebviewPanel;
  readonly #options: ReviewPanelsOptions;
  readonly #ipc: HostIpc<ReviewProtocol>;
  readonly #session: ReviewSession;
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
    this.#panel = panel;
    this.#options = options;
    const { delegate } = options;
    this.#session = new ReviewSession(jobId, assetId, delegate, {
      address: (uri) => panel.webview.asWebviewUri(uri).toString(),
      notify: (params) => this.#ipc.notify("view", params),
    });
    this.#ipc = new HostIpc<ReviewProtocol>(
      panel.webview,
      reviewSchemas,
      {
        commands: {
          ready: () => {
            this.#ready = true;
            this.refresh();
          },
          draft: (draft) => this.#session.note(draft),
          copy: ({ text }) => vscode.env.clipboard.writeText(text),
          close: () => this.dispose(),
        },
        requests: {
          preview: async (draft) => this.#session.preview(draft),
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

  /** Where it is; undefined while it is hidden. */
  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Sends the job as it stands now. */
  refresh(): void {
    if (this.#disposed) return;
    const view = this.#session.look();
    if (view) {
      this.#allow(view.folder);
      this.#panel.title = view.title;
    }
    if (this.#ready) this.#session.show();
  }

  /** Brings the sheet to the front. */
  reveal(assetId?: string): void {
    this.#session.select(assetId);
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
    const result = await this.#session.act(actionId, action);
    if (result.outcome === "done" && result.close && !this.#disposed) {
      this.#closing ??= setTimeout(() => this.dispose(), closingMs);
    }
    return result;
  }

  /** Pictures may be loaded from the job's own folder; it is known only once the job is. */
  #allow(folder: string | undefined): void {
    if (this.#folder !== undefined && (folder === undefined || folder === this.#folder)) return;
    this.#folder = folder ?? "";
    const roots = [webviewRoot(this.#options.extensionUri)];
    if (folder !== undefined) roots.push(vscode.Uri.parse(folder, true));
    this.#panel.webview.options = { enableScripts: true, localResourceRoots: roots };
  }
}
