import type { Preview } from "../../../studio/protocol.ts";
import type { DetailView, ItemView } from "../../../studio/studioViews.ts";
import { ReviewStore } from "../../review/store.ts";
import { RequestError } from "../../shared/ipc.ts";
import type { StudioStore } from "../store.ts";
import { JobWire } from "./jobWire.ts";

/** Typing rests this long before the preview of a link is asked for (ms). */
const typingPauseMs = 150;

/** So many characters of a text are shown. */
const longestText = 100_000;

/** What the large view shows: one item, or two to compare. */
export class DetailStore {
  /** Id of the item shown. */
  item: string | undefined;
  view: DetailView | undefined;
  /** Why it cannot be shown, in words. */
  failure: string | undefined;
  compared: readonly [ItemView, ItemView] | undefined;
  /** Decides on an asset whose job is open. */
  sheet: ReviewStore | undefined;
  /** Of a file that has landed: what it is called where a link to it is inserted, and that link. */
  alt = "";
  link: Preview | undefined;
  /** What a text that has landed says, from its beginning. */
  text: string | undefined;
  readonly #store: StudioStore;
  readonly #changed: () => void;
  #wire: JobWire | undefined;
  #jobId: string | undefined;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: StudioStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
    store.wire.on("reviewView", (view) => this.#wire?.receive(view));
  }

  open(item: string): void {
    if (item !== this.item) {
      this.view = undefined;
      this.link = undefined;
      this.text = undefined;
      this.alt = "";
    }
    this.item = item;
    this.compared = undefined;
    this.failure = undefined;
    void this.#load(item);
    this.#store.keep();
    this.#changed();
  }

  compare(one: ItemView, other: ItemView): void {
    this.compared = [one, other];
    this.#changed();
  }

  close(): void {
    if (this.compared) this.compared = undefined;
    else this.item = undefined;
    if (this.item === undefined) this.#leave();
    this.#store.keep();
    this.#changed();
  }

  /** The item may have changed. */
  refresh(): void {
    if (this.item !== undefined) void this.#load(this.item);
  }

  /** What the user writes for a link to the file. */
  write(alt: string): void {
    this.alt = alt;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.previewLink(), typingPauseMs);
    this.#changed();
  }

  async previewLink(): Promise<void> {
    const { item, alt } = this;
    if (item === undefined) return;
    const preview = await this.#store.attempt(this.#store.wire.request("linkPreview", { item, alt }));
    if (item === this.item && alt === this.alt) this.link = preview;
    this.#changed();
  }

  async insertLink(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.link) await this.previewLink();
    const { item, alt, link } = this;
    if (item === undefined || !link?.canInsert) return;
    const action = { kind: "insertLink", alt, revision: link.revision } as const;
    const asked = this.#store.wire.request("act", { actionId: crypto.randomUUID(), items: [item], action });
    const result = await this.#store.attempt(asked);
    if (!result) return;
    if (result.outcome === "stale") this.link = result.preview;
    if (result.outcome === "backedOut") return;
    const severity = result.outcome === "done" ? "info" : "error";
    if (result.message !== undefined) this.#store.say({ severity, text: result.message });
  }

  async #load(item: string): Promise<void> {
    const turn = ++this.#turn;
    try {
      const view = await this.#store.wire.request("detail", { item });
      if (turn !== this.#turn) return;
      const first = this.view === undefined;
      this.view = view;
      if (first) this.alt = view.alt;
      this.failure = undefined;
      this.#follow(view);
      if (first && view.item.kind === "text" && view.item.src !== undefined)
        void this.#read(item, view.item.src);
      if (first && view.jobId === undefined && view.place !== undefined) void this.previewLink();
    } catch (error) {
      if (turn !== this.#turn) return;
      const gone = error instanceof RequestError && error.reason === "gone";
      this.view = undefined;
      this.#leave();
      this.failure = gone ? this.#store.text("missing") : (error as Error).message;
    }
    this.#changed();
  }

  async #read(item: string, src: string): Promise<void> {
    const text = await fetch(src).then(
      (response) => (response.ok ? response.text() : undefined),
      () => undefined,
    );
    if (item !== this.item) return;
    this.text = text?.slice(0, longestText);
    this.#changed();
  }

  /** Opens the job's sheet where there is one; goes on with the one that is open if it is the same. */
  #follow({ jobId, assetId }: DetailView): void {
    if (jobId === undefined) {
      this.#leave();
      return;
    }
    if (jobId !== this.#jobId) {
      this.#jobId = jobId;
      this.#wire = new JobWire(this.#store.wire, jobId, assetId, () => this.close());
      this.sheet = new ReviewStore(this.#wire, this.#changed);
    }
    if (assetId !== undefined) this.sheet?.select(assetId);
  }

  #leave(): void {
    if (this.#jobId === undefined) return;
    this.#jobId = undefined;
    this.#wire = undefined;
    this.sheet = undefined;
    this.#store.wire.command("reviewClose", {});
  }
}
