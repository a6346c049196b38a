import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { views } from "../contributions.ts";
import { studioTitle } from "../text/studio.ts";
import { tabIcon, webviewHtml, webviewRoot } from "./html.ts";
import type { StudioSection } from "./studioProtocol.ts";
import type { StudioService } from "./studioService.ts";
import { type StudioPage, StudioSession } from "./studioSession.ts";

/** A page is not kept waiting for the gallery longer than this (ms). */
const patienceMs = 400;

/** What the Studios are made with. */
export interface StudioPanelsOptions {
  extensionUri: vscode.Uri;
  service: StudioService;
  /** Folder of the jobs with what waits in them. */
  results: vscode.Uri;
}

/** The Studio: one editor panel, and the same in the side bar. Both show one draft and one gallery. */
export class StudioPanels implements vscode.Disposable {
  readonly #options: StudioPanelsOptions;
  readonly #sessions = new Set<StudioSession>();
  #panel: { panel: vscode.WebviewPanel; session: StudioSession } | undefined;
  #opened: Promise<void> | undefined;

  constructor(options: StudioPanelsOptions) {
    this.#options = options;
    options.service.isSeen = () => [...this.#sessions].some(({ page }) => page.isVisible());
  }

  /** Shows the panel, opening it if it is not open. */
  open(section?: StudioSection): void {
    if (!this.#panel) {
      const column = vscode.ViewColumn.Active;
      this.#add(
        vscode.window.createWebviewPanel(views.studio, studioTitle(), column, this.#webviewOptions()),
      );
    } else {
      this.#panel.panel.reveal(undefined, false);
    }
    if (section) this.#panel?.session.show(section);
  }

  /** Puts files into the draft and shows it. */
  async useAsReference(uris: readonly vscode.Uri[]): Promise<void> {
    this.open("compose");
    await this.#options.service.addUris(uris);
  }

  /** Takes over a panel that came back after a reload of the window. */
  restore(panel: vscode.WebviewPanel): void {
    if (this.#panel) panel.dispose();
    else this.#add(panel);
  }

  /** Fills the view in the side bar. */
  resolve(view: vscode.WebviewView): void {
    const session = this.#serve(view.webview, "sidebar", () => view.visible);
    view.onDidChangeVisibility(() => {
      if (!view.visible) session.hidden();
    });
    view.onDidDispose(() => this.#end(session));
  }

  dispose(): void {
    this.#panel?.panel.dispose();
    for (const session of this.#sessions) this.#end(session);
  }

  #add(panel: vscode.WebviewPanel): void {
    panel.iconPath = tabIcon(this.#options.extensionUri);
    const session = this.#serve(panel.webview, "panel", () => panel.visible);
    this.#panel = { panel, session };
    panel.onDidChangeViewState(() => {
      if (!panel.visible) session.hidden();
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#end(session);
    });
  }

  #serve(webview: vscode.Webview, place: StudioPage["place"], isVisible: () => boolean): StudioSession {
    const { service } = this.#options;
    this.#opened ??= service.open();
    this.#opened.catch(service.options.onFault);
    webview.options = this.#webviewOptions();
    const page: StudioPage = {
      place,
      isVisible,
      openPanel: () => this.open(),
      address: (uri) => webview.asWebviewUri(uri).toString(),
      postMessage: (message) => webview.postMessage(message),
      onDidReceiveMessage: (listener) => webview.onDidReceiveMessage(listener),
    };
    const session = new StudioSession(page, service);
    this.#sessions.add(session);
    this.#load(webview, session).catch(service.options.onFault);
    return session;
  }

  /** The editor makes a webview ready meanwhile, so the gallery's first page costs no time unless it is slow; then it comes later. */
  async #load(webview: vscode.Webview, session: StudioSession): Promise<void> {
    const { extensionUri, service } = this.#options;
    const start = session.start().catch((error: unknown) => {
      service.options.onFault(error);
      return {};
    });
    const known = await Promise.race([start, delay(patienceMs, {})]);
    if (this.#sessions.has(session))
      webview.html = webviewHtml(webview, extensionUri, "studio", studioTitle(), known);
  }

  #end(session: StudioSession): void {
    this.#sessions.delete(session);
    session.dispose();
  }

  /** Fixed for as long as a page lives, because a change of them reloads it: what is built, what waits, and the open folders. */
  #webviewOptions(): vscode.WebviewOptions {
    const { extensionUri, service, results } = this.#options;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    return {
      enableScripts: true,
      localResourceRoots: [webviewRoot(extensionUri), service.folder, results, ...folders],
    };
  }
}
