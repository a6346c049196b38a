import type {
  ActionResult,
  AssetView,
  Draft,
  Preview,
  ReviewAction,
  ReviewProtocol,
  ReviewState,
  ReviewStrings,
  ReviewView,
} from "../../studio/protocol.ts";
import { RequestError, type Wire } from "../shared/ipc.ts";

/** Typing rests this long before the preview is asked for again (ms). */
const typingPauseMs = 120;

/** What the sheet last said to the user. */
export interface Notice {
  kind: "status" | "error";
  text: string;
}

/** How results are shown: one large, all side by side, or (layers) stacked as one picture. */
export type Mode = "single" | "grid" | "stack";

/** The actions that place the chosen asset and need a preview that was seen. */
export type PlacingKind = "insert" | "saveOnly" | "saveAs" | "copyMarkup";

/** All the sheet knows: what the host sent, what the user chose and wrote, and what is under way. */
export class ReviewStore {
  view: ReviewView | undefined;
  strings: ReviewStrings | undefined;
  mode: Mode = "single";
  preview: Preview | undefined;
  /** The action under way: nothing else starts until it is answered. */
  busy: ReviewAction["kind"] | undefined;
  notice: Notice | undefined;
  readonly #ipc: Wire<ReviewProtocol>;
  readonly #changed: () => void;
  readonly #drafts = new Map<string, Draft>();
  #chosen: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #pending: Promise<void> | undefined;

  constructor(ipc: Wire<ReviewProtocol>, changed: () => void) {
    this.#ipc = ipc;
    this.#changed = changed;
    this.#chosen = (ipc.state as ReviewState | undefined)?.assetId;
    ipc.on("view", (sent) => this.#receive(sent));
    ipc.command("ready", {});
  }

  /** The asset the sheet shows; in a stack, the base layer. */
  get asset(): AssetView | undefined {
    const assets = this.view?.assets ?? [];
    return assets.find(({ id }) => id === this.#chosen) ?? assets[0];
  }

  /** The asset that actions and the draft are about. */
  get subject(): AssetView | undefined {
    if (!this.view?.layered) return this.asset;
    return this.view.assets.find((asset) => !asset.layer?.box) ?? this.view.assets[0];
  }

  get draft(): Draft | undefined {
    const subject = this.subject;
    if (!subject) return undefined;
    const { id, alt, fileName, folder } = subject;
    return this.#drafts.get(id) ?? { assetId: id, alt, fileName, ...(folder !== undefined && { folder }) };
  }

  get canPlace(): boolean {
    return this.subject?.state === "waiting";
  }

  select(assetId: string): void {
    if (assetId === this.asset?.id) return;
    const before = this.subject?.id;
    this.#chosen = assetId;
    this.#keep();
    if (this.subject?.id !== before) {
      this.preview = undefined;
      this.notice = undefined;
      this.#refreshPreview();
    }
    this.#changed();
  }

  /** Chooses the asset `by` places further on; stays at the ends. */
  step(by: number): void {
    const assets = this.view?.assets ?? [];
    const next = assets[assets.findIndex(({ id }) => id === this.asset?.id) + by];
    if (next) this.select(next.id);
  }

  show(mode: Mode): void {
    this.mode = mode;
    this.#changed();
  }

  /** Takes what the user wrote; the host keeps it at once, so that closing loses nothing. */
  edit(part: Partial<Pick<Draft, "alt" | "fileName" | "folder">>): void {
    const draft = this.draft;
    if (!draft) return;
    const edited = { ...draft, ...part };
    this.#drafts.set(edited.assetId, edited);
    this.#ipc.command("draft", edited);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refreshPreview(), typingPauseMs);
    this.#changed();
  }

  copy(text: string): void {
    this.#ipc.command("copy", { text });
    this.#say("status", this.strings?.copied ?? "");
  }

  close(): void {
    this.#ipc.command("close", {});
  }

  /** Confirms what the preview shows. Text typed a moment ago is previewed first; if that brings a problem, nothing is done. */
  async place(kind: PlacingKind): Promise<void> {
    if (this.busy || !this.canPlace) return;
    const subject = this.subject?.id;
    this.#start(kind);
    if (this.#timer !== undefined || !this.preview) this.#refreshPreview();
    await this.#pending;
    this.busy = undefined;
    const { draft, preview } = this;
    const allowed = kind === "insert" ? preview?.canInsert : preview?.canSave;
    if (draft && preview && allowed && draft.assetId === subject) {
      await this.act({ kind, draft, revision: preview.revision });
    } else this.#changed();
  }

  /** Does one thing at a time; while it is under way, others are dropped. */
  async act(action: ReviewAction): Promise<void> {
    if (this.busy) return;
    this.#start(action.kind);
    try {
      const result = await this.#ipc.request("act", { actionId: crypto.randomUUID(), action });
      this.#take(action, result);
    } catch (error) {
      this.#say("error", error instanceof RequestError ? error.message : String(error));
    } finally {
      this.busy = undefined;
      this.#changed();
    }
  }

  #start(kind: ReviewAction["kind"]): void {
    this.busy = kind;
    this.notice = undefined;
    this.#changed();
  }

  #take(action: ReviewAction, result: ActionResult): void {
    if (result.outcome === "failed") this.#say("error", result.message);
    if (result.outcome === "stale") {
      this.preview = result.preview;
      this.#say("error", result.message);
    }
    if (result.outcome !== "done") return;
    if (result.message) this.#say("status", result.message);
    if (result.alt !== undefined) this.edit({ alt: result.alt });
    if (action.kind === "chooseFolder" && result.folder !== undefined) this.edit({ folder: result.folder });
  }

  #receive({ jobId, strings, view, select }: ReviewProtocol["notifications"]["view"]): void {
    const first = this.strings === undefined;
    this.strings = strings;
    this.view = view;
    if (select !== undefined) this.#chosen = select;
    if (view && !view.assets.some(({ id }) => id === this.#chosen)) {
      this.#chosen = (view.assets.find(({ state }) => state === "waiting") ?? view.assets[0])?.id;
    }
    if (view?.layered && first) this.mode = "stack";
    this.#keep(jobId);
    this.#refreshPreview();
    this.#changed();
  }

  #keep(jobId = this.view?.jobId): void {
    if (jobId === undefined) return;
    const state: ReviewState = { jobId, ...(this.#chosen !== undefined && { assetId: this.#chosen }) };
    this.#ipc.state = state;
  }

  #refreshPreview(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked += 1;
    const { draft } = this;
    this.#pending = draft && this.canPlace ? this.#ask(draft, this.#asked) : undefined;
    if (!this.#pending) this.preview = undefined;
  }

  async #ask(draft: Draft, turn: number): Promise<void> {
    try {
      const preview = await this.#ipc.request("preview", draft);
      if (turn === this.#asked) this.preview = preview;
    } catch (error) {
      if (turn !== this.#asked) return;
      this.preview = undefined;
      this.#say("error", error instanceof Error ? error.message : String(error));
    }
    this.#changed();
  }

  #say(kind: Notice["kind"], text: string): void {
    this.notice = { kind, text };
    this.#changed();
  }
}
