import type { ReviewAction, ReviewStrings } from "../../studio/protocol.ts";
import type { ItemAction, StudioProtocol, StudioSection, StudioState } from "../../studio/studioProtocol.ts";
import type { StudioStrings } from "../../studio/studioStrings.ts";
import type {
  ComposeView,
  GalleryQuery,
  GallerySummary,
  ImproveView,
  RunningView,
  SetupView,
} from "../../studio/studioViews.ts";
import type { Wire } from "../shared/ipc.ts";
import { fill } from "../shared/view.ts";
import { Draft } from "./compose/draft.ts";
import { Intake } from "./compose/intake.ts";
import { DetailStore } from "./detail/detailStore.ts";
import { GalleryModel } from "./gallery/galleryModel.ts";
import { Thumbnails } from "./gallery/thumbnails.ts";

/** What the Studio last said to the user; `undo`: items whose discard can be taken back; `batch`: results to compare. */
export interface Notice {
  severity: "info" | "warning" | "error";
  text: string;
  undo?: readonly string[];
  batch?: string;
}

/** The host takes so many items in one act. */
const maxItems = 1_000;

/** All the Studio knows: what the host sent, and what the user looks at. What is being written is in {@link Draft}. */
export class StudioStore {
  words: StudioStrings | undefined;
  review: ReviewStrings | undefined;
  place: "panel" | "sidebar" = "panel";
  compose: ComposeView | undefined;
  improve: ImproveView | undefined;
  running: readonly RunningView[] = [];
  summary: GallerySummary | undefined;
  setup: SetupView | undefined;
  section: StudioSection = "compose";
  /** Ids of the gallery's items that are chosen. */
  chosen: ReadonlySet<string> = new Set();
  notice: Notice | undefined;
  readonly wire: Wire<StudioProtocol>;
  readonly draft: Draft;
  readonly intake: Intake;
  readonly gallery: GalleryModel;
  readonly detail: DetailStore;
  /** Hears where the focus is wanted. */
  onShow: (section: StudioSection) => void = () => {};
  readonly #changed: () => void;
  #chosen = false;
  #wanted: readonly string[] | undefined;

  constructor(wire: Wire<StudioProtocol>, changed: () => void) {
    this.wire = wire;
    this.#changed = changed;
    this.draft = new Draft(this, changed);
    this.intake = new Intake(this, changed);
    this.gallery = new GalleryModel(wire, changed);
    this.detail = new DetailStore(this, changed);
    const thumbnails = new Thumbnails(wire, (hash, src) => this.gallery.setThumb(hash, src));
    this.gallery.onSeen = (items) => thumbnails.want(items);
    this.#recall();
    this.#listen();
    wire.command("ready", {});
  }

  /** A text with its values filled in; empty until the words are there. */
  text(key: keyof StudioStrings, ...values: (string | number)[]): string {
    return fill(this.words?.[key] ?? "", ...values);
  }

  goTo(section: StudioSection): void {
    this.section = section;
    this.#chosen = true;
    this.keep();
    this.#changed();
  }

  say(notice: Notice | undefined): void {
    this.notice = notice;
    this.#changed();
  }

  copy(text: string): void {
    this.wire.command("copy", { text });
    this.say({ severity: "info", text: this.text("copied") });
  }

  /** Does something with items of the gallery and says what came of it. True if it was done. */
  async act(items: readonly string[], action: ItemAction): Promise<boolean> {
    let done = false;
    for (let from = 0; from < items.length; from += maxItems) {
      done = await this.#act(items.slice(from, from + maxItems), action);
      if (!done) break;
    }
    return done;
  }

  /** Cancels a job, tries it again, or takes a step of its failure. */
  async actOnJob(jobId: string, action: ReviewAction): Promise<void> {
    const asked = this.wire.request("reviewAct", { jobId, actionId: crypto.randomUUID(), action });
    const result = await this.attempt(asked);
    if (!result || result.outcome === "backedOut" || !result.message) return;
    this.say({ severity: result.outcome === "done" ? "info" : "error", text: result.message });
  }

  /** Shows Compose where not everything is in sight at once. */
  goToCompose(): void {
    this.onShow("compose");
  }

  tryPlaceholder(): void {
    this.wire.command("tryPlaceholder", {});
    this.goTo("compose");
    this.onShow("compose");
  }

  redraw(): void {
    this.#changed();
  }

  choose(items: ReadonlySet<string>): void {
    this.chosen = new Set(items);
    this.#changed();
  }

  async discardChosen(): Promise<void> {
    if (this.chosen.size === 0) return;
    if (await this.act([...this.chosen], { kind: "discard" })) this.choose(new Set());
  }

  /** Gives what is chosen to Compose. */
  async useChosen(): Promise<void> {
    if (await this.act([...this.chosen], { kind: "useAsReference" })) this.choose(new Set());
  }

  /** Shows an item large. */
  look(item: string): void {
    this.goTo("gallery");
    this.detail.open(item);
  }

  /** Shows the results of one press of Generate by themselves; two pictures are compared at once. */
  async showBatch(batch: string): Promise<void> {
    this.goTo("gallery");
    this.detail.close();
    const query: GalleryQuery = { sort: "newest", batch };
    this.gallery.ask(query);
    this.#changed();
    const found = await this.attempt(this.wire.request("gallery", { query, offset: 0, limit: 3 }));
    const [other, one, more] = found?.items ?? [];
    const isWanted = this.gallery.query === query && !more;
    if (isWanted && one?.kind === "image" && other?.kind === "image") this.detail.compare(one, other);
  }

  /** Asks the host, and says what went wrong instead of throwing it; undefined then. */
  async attempt<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      this.say({ severity: "error", text: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  /** Keeps what may be kept over a reload: no words of the user's. */
  keep(offset?: number): void {
    const before = (this.wire.state ?? {}) as StudioState;
    const { sort, where, from, to } = this.gallery.query;
    const item = this.detail.item;
    const first = offset ?? before.offset;
    const state: StudioState = {
      section: this.section,
      sort,
      ...(item !== undefined && { item }),
      ...(where && { where }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(first !== undefined && { offset: first }),
    };
    this.wire.state = state;
  }

  /** First item shown before the last reload. */
  get offset(): number {
    return (this.wire.state as StudioState | undefined)?.offset ?? 0;
  }

  async #act(items: readonly string[], action: ItemAction): Promise<boolean> {
    const asked = this.wire.request("act", { actionId: crypto.randomUUID(), items: [...items], action });
    const result = await this.attempt(asked);
    if (!result || result.outcome === "backedOut") return false;
    if (result.outcome !== "done") {
      this.say({ severity: "error", text: result.message });
      return false;
    }
    if (result.message !== undefined || result.undo) {
      const text = result.message ?? this.text("discardedUndo");
      this.say({ severity: "info", text, ...(result.undo && { undo: items }) });
    }
    return true;
  }

  #recall(): void {
    const state = (this.wire.state ?? {}) as StudioState;
    if (state.section) {
      this.section = state.section;
      this.#chosen = true;
    }
    const { sort = "newest", where, from, to } = state;
    this.gallery.query = {
      sort,
      ...(where && { where }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    // Asked for before anything else, so that the first pictures are soon there.
    this.gallery.ask(this.gallery.query);
    if (state.item !== undefined) this.detail.open(state.item);
  }

  /** Chooses models at once, so that what is chosen next, before the host has answered, is chosen beside them. */
  chooseModels(offers: readonly string[]): void {
    if (!this.compose) return;
    this.#wanted = offers;
    this.compose = { ...this.compose, chosen: [...offers] };
    this.redraw();
    this.wire.command("setOffers", { offers: [...offers] });
  }

  /** The host's view with the models that were chosen here since it was made; until the host has them, or they cannot be chosen any more. */
  #withWanted(view: ComposeView): ComposeView {
    const wanted = this.#wanted;
    const isPossible = wanted?.every((id) => view.offers.some((offer) => offer.id === id));
    if (!wanted || !isPossible || String(view.chosen) === String(wanted)) {
      this.#wanted = undefined;
      return view;
    }
    return { ...view, chosen: [...wanted] };
  }

  #listen(): void {
    const { wire } = this;
    wire.on("strings", ({ strings, review, place, search }) => {
      if (search && !this.words) {
        this.gallery.query = { ...this.gallery.query, text: search };
        this.gallery.ask(this.gallery.query);
      }
      Object.assign(this, { words: strings, review, place });
      this.#changed();
    });
    wire.on("compose", (told) => {
      const view = this.#withWanted(told);
      this.compose = view;
      this.draft.take(view);
      this.#changed();
    });
    wire.on("improve", (view) => {
      this.improve = view;
      this.#changed();
    });
    wire.on("running", ({ jobs }) => {
      this.running = jobs;
      this.#changed();
    });
    wire.on("gallery", (summary) => {
      const same = this.summary?.revision === summary.revision;
      this.summary = summary;
      this.gallery.follow(summary.revision);
      if (!same) this.detail.refresh();
      this.#changed();
    });
    wire.on("firstPage", ({ query, page }) => this.gallery.take(query, page));
    wire.on("setup", (view) => {
      // Setup is the first thing to see where nothing is set up yet; later it is where the user goes.
      if (!this.setup && view.first && !this.#chosen) this.section = "setup";
      this.setup = view;
      this.#changed();
    });
    wire.on("notice", (notice) => this.say(notice));
    wire.on("show", ({ section, item, focus }) => {
      this.goTo(section);
      if (item !== undefined) this.detail.open(item);
      if (focus) this.onShow(section);
    });
  }
}
