import { randomUUID } from "node:crypto";
import type * as vscode from "vscode";
import { reviewStrings, webviewFaults } from "../text/review.ts";
import { studioStrings } from "../text/studio.ts";
import { composeView } from "./composeView.ts";
import type { PageStart } from "./html.ts";
import { HostIpc, type MessagePort } from "./ipc.ts";
import type { Greeting } from "./protocol.ts";
import { ReviewSession } from "./reviewSession.ts";
import { anyRunning, runningViews } from "./running.ts";
import { studioHandlers } from "./studioHandlers.ts";
import { firstQuery, pageSize, type StudioProtocol, type StudioSection } from "./studioProtocol.ts";
import { studioSchemas } from "./studioSchema.ts";
import type { StudioNotice, StudioService } from "./studioService.ts";

/** The part of a webview that a session needs. */
export interface StudioPage extends MessagePort {
  address(uri: vscode.Uri): string;
  place: "panel" | "sidebar";
  isVisible(): boolean;
  openPanel(): void;
}

const parts = ["compose", "improve", "running", "gallery", "setup"] as const;
type Part = (typeof parts)[number];

/** Changes within this time are told at once (ms): typing, a group that streams. */
const settleMs = 40;
/** Pictures that are loaded beside the page's script: about a row. */
const firstPictures = 8;
/** So many sheets remember what was done in them, against double presses. */
const maxReviews = 32;
/** Ages are told in minutes. */
const agesMs = 20_000;

/** One page of the Studio: tells it what has changed and does what it asks, each message checked. */
export class StudioSession implements vscode.Disposable {
  readonly #page: StudioPage;
  readonly #service: StudioService;
  readonly #ipc: HostIpc<StudioProtocol>;
  readonly #subscriptions: { dispose(): unknown }[];
  readonly #dirty = new Set<Part>();
  readonly #ages: NodeJS.Timeout;
  #settling: NodeJS.Timeout | undefined;
  readonly #reviews = new Map<string, ReviewSession>();
  #review: ReviewSession | undefined;
  #ready = false;
  #search = "";
  #wanted: StudioProtocol["notifications"]["show"] | undefined;
  /** Said while the page was not there to hear it; the last one is told when it is. */
  #notice: StudioNotice | undefined;

  constructor(page: StudioPage, service: StudioService) {
    this.#page = page;
    this.#service = service;
    const { compose, improve, gallery, setup, place, options } = service;
    this.#ipc = new HostIpc<StudioProtocol>(
      page,
      studioSchemas,
      studioHandlers(service, this),
      webviewFaults(options.onFault),
    );
    this.#subscriptions = [
      this.#ipc,
      compose.onDidChange(() => this.#note("compose")),
      place.onDidChange(() => this.#note("compose")),
      improve.onDidChange(() => this.#note("improve")),
      gallery.onDidChange(() => this.#note("gallery")),
      setup.onDidChange(() => this.#note("setup", "compose")),
      options.placed.onDidChange(() => this.#note("setup")),
      options.jobs.onDidChange(() => this.#note("running")),
      options.review.onDidChange((id) => {
        if (id === this.#review?.jobId && this.#ready) this.#review.show();
      }),
      service.onDidNotice((notice) => {
        if (this.#ready) this.notify("notice", notice);
        else this.#notice = notice;
      }),
    ];
    this.#ages = setInterval(() => {
      if (page.isVisible() && anyRunning(options.jobs)) this.#note("running");
    }, agesMs);
  }

  get page(): StudioPage {
    return this.#page;
  }

  keepSearch(text: string): void {
    this.#search = text;
  }

  /** What a new page is told with its document, so that it shows the first pictures before it could ask for them. */
  async start(): Promise<PageStart> {
    const address = (uri: vscode.Uri) => this.#page.address(uri);
    const page = await this.#service.gallery.page(firstQuery, 0, pageSize, address);
    const told: Greeting["told"] = [
      { type: "notification", method: "strings", params: this.#words() },
      { type: "notification", method: "firstPage", params: { query: firstQuery, page } },
    ];
    const pictures = page.items.flatMap(({ thumb }) => thumb ?? []).slice(0, firstPictures);
    return { greeting: { id: randomUUID(), told }, pictures };
  }

  /** The page is there (again): it knows nothing yet. */
  ready(): void {
    this.#ready = true;
    this.notify("strings", this.#words());
    this.#note(...parts);
    this.#review?.show();
    if (this.#wanted) this.notify("show", this.#wanted);
    this.#wanted = undefined;
    if (this.#notice) this.notify("notice", this.#notice);
    this.#notice = undefined;
  }

  notify<M extends keyof StudioProtocol["notifications"] & string>(
    method: M,
    params: StudioProtocol["notifications"][M],
  ): void {
    if (this.#ready) this.#ipc.notify(method, params);
  }

  /** Shows a part of the Studio, now or when its page is there. */
  show(section: StudioSection, item?: string): void {
    const wanted = { section, ...(item === undefined ? {} : { item }), focus: true };
    if (this.#ready) this.notify("show", wanted);
    else this.#wanted = wanted;
  }

  /** Begins to show a job in the sheet, or stops. */
  review(jobId?: string, assetId?: string): void {
    this.#review = jobId === undefined ? undefined : this.reviewOf(jobId);
    this.#review?.select(assetId);
    this.#review?.show();
  }

  /** The sheet of a job, whether it is shown or not: cards of running jobs act through it too. */
  reviewOf(jobId: string): ReviewSession {
    const known = this.#reviews.get(jobId);
    if (known) return known;
    const review = new ReviewSession(jobId, undefined, this.#service.options.review, {
      address: (uri) => this.#page.address(uri),
      notify: (params) => {
        if (this.#review?.jobId === jobId) this.notify("reviewView", params);
      },
      follow: (id) => this.#service.follow(id),
    });
    this.#reviews.set(jobId, review);
    const [oldest] = this.#reviews.keys();
    if (this.#reviews.size > maxReviews && oldest !== undefined) this.#reviews.delete(oldest);
    return review;
  }

  /** The page is hidden: it is gone, and says when it is there again. */
  hidden(): void {
    this.#ready = false;
  }

  dispose(): void {
    clearInterval(this.#ages);
    clearTimeout(this.#settling);
    for (const each of this.#subscriptions) each.dispose();
  }

  #note(...changed: readonly Part[]): void {
    for (const part of changed) this.#dirty.add(part);
    if (!this.#ready) return;
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      const dirty = [...this.#dirty];
      this.#dirty.clear();
      for (const part of dirty) this.#tell(part).catch(this.#service.options.onFault);
    }, settleMs);
  }

  #words(): StudioProtocol["notifications"]["strings"] {
    return {
      strings: studioStrings(),
      review: reviewStrings(),
      place: this.#page.place,
      search: this.#search,
    };
  }

  async #tell(part: Part): Promise<void> {
    const { compose, improve, gallery, setup, place, options } = this.#service;
    const address = (uri: vscode.Uri) => this.#page.address(uri);
    switch (part) {
      case "compose": {
        await compose.load();
        const context = { viewer: this, address, place: place.label, improve: await improve.offer() };
        return this.notify("compose", composeView(compose, context));
      }
      case "improve":
        return this.notify("improve", improve.view);
      case "running": {
        const { jobs, review, clock } = options;
        const batchOf = (id: string) => this.#service.batchOf(id);
        const jobViews = runningViews({ jobs, review, batchOf, address, now: clock.now() });
        return this.notify("running", { jobs: jobViews });
      }
      case "gallery":
        return this.notify("gallery", await gallery.summary());
      case "setup":
        return this.notify("setup", await setup.view());
    }
  }
}
