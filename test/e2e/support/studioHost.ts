import assert from "node:assert/strict";
import type { ToHost, ToWebview } from "../../../src/studio/protocol.ts";
import type { StudioProtocol } from "../../../src/studio/studioProtocol.ts";
import type {
  ComposeView,
  ImproveView,
  ItemView,
  RunningView,
  SetupView,
} from "../../../src/studio/studioViews.ts";
import { loadHostSide, TestPanel, TestUri } from "./editor.ts";
import { view as reviewView } from "./reviewFixtures.ts";
import * as fixtures from "./studioFixtures.ts";

type Requests = StudioProtocol["requests"];
type Answers = {
  [M in keyof Requests]: (
    params: Requests[M]["params"],
  ) => Requests[M]["result"] | Promise<Requests[M]["result"]>;
};
type Notifications = StudioProtocol["notifications"];

/** What the Studio is shown; the rest is as usual. */
export interface Shown {
  compose?: ComposeView;
  improve?: ImproveView;
  running?: readonly RunningView[];
  items?: readonly ItemView[];
  setup?: SetupView;
  place?: "panel" | "sidebar";
  /** What the gallery was searched for before the page was hidden. */
  search?: string;
  language?: "en" | "zh-cn";
  /** What the document tells of the gallery's first page; the words come along. */
  firstPage?: Notifications["firstPage"];
  /** Says nothing before it is told to speak. */
  silent?: boolean;
}

/**
 * Stands where the Studio's host side stands: shows what it is given, answers at once, and notes all it hears. Every message is
 * checked against the real schema first.
 */
export class StudioHost {
  readonly panel = new TestPanel();
  readonly heard: { method: string; params: unknown }[] = [];
  items: readonly ItemView[];
  readonly answers: Answers;
  readonly #shown: Shown;
  readonly #side: Awaited<ReturnType<typeof loadHostSide>>;
  readonly #waiting = new Set<() => void>();
  #held: ToWebview[] | undefined;
  #revision = 1;

  private constructor(shown: Shown, side: Awaited<ReturnType<typeof loadHostSide>>) {
    this.#shown = shown;
    if (shown.silent) this.#held = [];
    this.#side = side;
    this.items = shown.items ?? [];
    this.answers = this.#usual();
    const { html, studioText } = side;
    const title = studioText.studioStrings().studio;
    const { firstPage } = shown;
    const notification = <M extends keyof Notifications & string>(method: M, params: Notifications[M]) => ({
      type: "notification" as const,
      method,
      params,
    });
    const start = firstPage && {
      greeting: {
        id: "first",
        told: [
          notification("strings", { ...this.#words(), search: "" }),
          notification("firstPage", firstPage),
        ],
      },
      pictures: firstPage.page.items.slice(0, 8).flatMap(({ thumb }) => thumb ?? []),
    };
    this.panel.webview.html = html.webviewHtml(
      this.panel.webview as never,
      new TestUri("file://") as never,
      "studio",
      title,
      start,
    );
    this.panel.received.event((raw) => void this.#receive(raw));
  }

  static async start(shown: Shown): Promise<StudioHost> {
    return new StudioHost(shown, await loadHostSide(shown.language ?? "en"));
  }

  notify<M extends keyof Notifications & string>(method: M, params: Notifications[M]): void {
    this.#post({ type: "notification", method, params });
  }

  /** Ends its silence: says what it would have said. */
  speak(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of held) this.#post(message);
  }

  /** The gallery holds something else from now on. */
  changeItems(items: readonly ItemView[]): void {
    this.items = items;
    this.#revision += 1;
    this.notify("gallery", fixtures.summary(items, this.#revision));
  }

  /** What was heard of one kind, once there are so many. */
  async hears(method: string, count = 1): Promise<unknown[]> {
    for (;;) {
      const found = this.heard.filter((each) => each.method === method).map(({ params }) => params);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async #receive(raw: unknown): Promise<void> {
    const { ipc, studioSchema } = this.#side;
    assert.ok(
      ipc.checkMessage(studioSchema.studioSchemas, raw).ok,
      `refused: ${JSON.stringify(raw).slice(0, 300)}`,
    );
    const message = raw as ToHost;
    this.heard.push({ method: message.method, params: message.params });
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    if (message.type === "request") {
      const { id, method, params } = message;
      try {
        const result = await this.answers[method as keyof Requests](params as never);
        this.#post({ type: "response", id, result });
      } catch (error) {
        const { message: words } = error as Error;
        this.#post({ type: "response", id, error: { reason: "failed", message: words } });
      }
    } else if (message.method === "ready") this.#showAll();
    else if (message.method === "reviewOpen") this.#showJob((message.params as { jobId: string }).jobId);
  }

  #showAll(): void {
    const { compose, improve, running, setup } = this.#shown;
    this.notify("strings", this.#words());
    this.notify("compose", compose ?? fixtures.compose());
    if (improve) this.notify("improve", improve);
    this.notify("running", { jobs: running ?? [] });
    this.notify("setup", setup ?? fixtures.setup(false));
    this.notify("gallery", fixtures.summary(this.items, this.#revision));
  }

  #post(message: ToWebview): void {
    if (this.#held) this.#held.push(message);
    else void this.panel.post(message);
  }

  #words(): Notifications["strings"] {
    const { studioText, reviewText } = this.#side;
    const { search = "", place = "panel" } = this.#shown;
    return {
      strings: studioText.studioStrings(),
      review: reviewText.reviewStrings(),
      place,
      search,
    };
  }

  #showJob(jobId: string): void {
    const view = reviewView({ jobId });
    const assets = view.assets.map((asset) => ({ ...asset, src: "/media/0.jpg" }));
    this.notify("reviewView", {
      jobId,
      strings: this.#side.reviewText.reviewStrings(),
      view: { ...view, assets },
    });
  }

  #usual(): Answers {
    const preview = (fileName: string, alt: string) => ({
      revision: `${fileName} ${alt}`,
      markup: `![${alt}](images/${fileName}.jpg)`,
      where: "README.md, line 12",
      folder: "images",
      fileName: `${fileName}.jpg`,
      problems: [],
      canInsert: true,
      canSave: true,
    });
    const known = (id: string) => this.items.find((each) => each.id === id);
    return {
      setPrompt: () => ({}),
      generate: () => ({ outcome: "done", message: "Sent to 1 model." }),
      gallery: ({ query, offset, limit }) => {
        const all = fixtures.found(this.items, query);
        return {
          revision: this.#revision,
          total: all.length,
          offset,
          items: all.slice(offset, offset + limit),
        };
      },
      galleryIds: ({ query, from, to }) =>
        fixtures
          .found(this.items, query)
          .slice(from, to)
          .map(({ id }) => id),
      galleryIndex: ({ query, item }) => fixtures.found(this.items, query).findIndex(({ id }) => id === item),
      detail: ({ item }) => fixtures.detailOf(known(item) ?? fixtures.item(0)),
      linkPreview: ({ alt }) => preview("harbour", alt),
      act: ({ items, action }) => {
        if (action.kind !== "discard") return { outcome: "done" };
        this.changeItems(this.items.filter(({ id }) => !items.includes(id)));
        return { outcome: "done", undo: true, message: `Discarded: ${items.length}. Kept for a day.` };
      },
      upload: ({ purpose }) => ({
        outcome: "done",
        ...(purpose.kind === "thumbnail" && {
          src: `/media/thumb-${Number.parseInt(purpose.hash.slice(-4), 16) % 40}.jpg`,
        }),
      }),
      reviewPreview: ({ draft }) => preview(draft.fileName, draft.alt),
      reviewAct: () => ({ outcome: "done", message: "Inserted into README.md." }),
    };
  }
}
