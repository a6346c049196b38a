import { html } from "lit";
import { PageElement } from "../../shared/view.ts";
import { assetType } from "../compose/dropped.ts";
import { type GridLayout, layOut, moved, type RowRange, rowsAt, scrollFor } from "./gridLayout.ts";
import { Rows } from "./rows.ts";
import { Selection } from "./selection.ts";
import type { Tile, TileItem } from "./tile.ts";

/** Where the grid takes its items from. A place may be known before what stands there is. */
export interface GridSource {
  count: number;
  item(index: number): TileItem | undefined;
  /** These places (up to and without `end`) are about to be seen. */
  need(first: number, end: number): void;
  /** Ids of places, also of those whose items are not known yet. */
  ids(from: number, end: number): Promise<readonly string[]>;
}

/** Scrolling has come to rest (ms). */
const restMs = 90;
/** While scrolling, so many tiles are filled in one frame. */
const tilesAFrame = 3;

/**
 * A gallery of any size: a listbox whose tiles are in the page only while they are seen. One tile can be reached with Tab, arrows
 * move on from there. Says `open` (detail: place) for Enter and double click, `choose` whenever the choice has changed, `remove` for
 * Delete, and `rest` when scrolling has come to rest.
 */
export class Grid extends PageElement {
  static override properties = {
    source: { attribute: false },
    version: { attribute: false },
    chosen: { attribute: false },
    start: { attribute: false },
    label: { attribute: false },
    wish: { attribute: false },
  };
  declare source: GridSource;
  /** Another one whenever the items have changed. */
  declare version: number;
  /** Ids of what is chosen: the owner of the grid keeps them. */
  declare chosen: ReadonlySet<string>;
  /** The place to begin at. */
  declare start: number;
  /** What a screen reader calls it. */
  declare label: string;
  /** Wanted side of a tile, in CSS pixels. */
  declare wish: number;
  readonly selection = new Selection();
  #active = 0;
  #layout: GridLayout | undefined;
  #rows: Rows | undefined;
  #range: RowRange = { first: 0, end: 0 };
  #top = 0;
  #still = true;
  /** Tiles that are about to be seen and wait for their turn, with their places. */
  readonly #waiting = new Map<Tile, number>();
  #calm = false;
  /** Some tiles were left without their pictures. */
  #bare = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #focusWanted = false;
  #turn = 0;
  readonly #observer = new ResizeObserver(() => this.#measure());

  /** The place of the tile that has the focus or would get it. */
  get active(): number {
    return this.#active;
  }

  /** The place at the top of what is seen, to come back to. */
  get firstSeen(): number {
    const layout = this.#layout;
    return layout ? Math.floor((this.#port?.scrollTop ?? 0) / layout.rowHeight) * layout.columns : 0;
  }

  /** Goes to a place: makes it the active one, and shows it. */
  goTo(index: number, focus: boolean): void {
    this.#active = Math.max(0, Math.min(index, this.source.count - 1));
    this.#reveal(this.#active);
    this.#place(true);
    if (focus) this.#focusActive();
  }

  #scrollTo(index: number): void {
    const port = this.#port;
    if (port && this.#layout)
      port.scrollTop = Math.floor(index / this.#layout.columns) * this.#layout.rowHeight;
  }

  #refreshChoice(): void {
    for (const tile of this.#rows?.tiles() ?? []) this.#mark(tile);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => {
      if (this.#port) this.#observer.observe(this.#port);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
  }

  override render() {
    return html`<div class="grid-port" @scroll=${this.#onScroll}>
      <div class="grid-canvas" role="listbox" aria-multiselectable="true" aria-label=${this.label}
        @keydown=${this.#onKey} @click=${this.#onClick} @dblclick=${this.#onDouble} @focusin=${this.#onFocus}
        @dragstart=${this.#onDrag}></div>
    </div>`;
  }

  override updated(): void {
    const canvas = this.querySelector<HTMLElement>(".grid-canvas");
    if (!canvas) return;
    this.#rows ??= new Rows(canvas);
    this.#active = Math.max(0, Math.min(this.#active, this.source.count - 1));
    this.selection.set(this.chosen);
    this.#measure();
    this.#rows.refill((row, index) => this.#fill(row, index));
  }

  get #port(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".grid-port");
  }

  #measure(): void {
    const port = this.#port;
    const canvas = this.querySelector<HTMLElement>(".grid-canvas");
    if (!port || !canvas || !this.#rows || port.clientWidth === 0) return;
    const before = this.#layout;
    const layout = layOut(port.clientWidth, port.clientHeight, this.source.count, this.wish);
    const first = this.firstSeen;
    this.#layout = layout;
    if (!before || before.columns !== layout.columns || before.tile !== layout.tile) {
      this.#rows.clear();
      canvas.style.setProperty("--tile", `${layout.tile}px`);
      canvas.style.setProperty("--columns", String(layout.columns));
    }
    canvas.style.height = `${layout.height}px`;
    if (!before) this.#scrollTo(this.start);
    else if (before.columns !== layout.columns) this.#scrollTo(first);
    this.#place(true);
  }

  #onScroll(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#place(false);
      this.#showSome();
    });
  }

  #place(anyway: boolean): void {
    const [port, layout, rows] = [this.#port, this.#layout, this.#rows];
    if (!port || !layout || !rows) return;
    const top = port.scrollTop;
    const height = port.clientHeight;
    // Faster than a row a frame nobody sees a picture, and drawing them is what would make the frames late.
    this.#still = anyway || Math.abs(top - this.#top) < layout.rowHeight / 2;
    this.#calm = this.#still && !anyway;
    this.#top = top;
    const range = rowsAt(layout, top, height);
    const same = range.first === this.#range.first && range.end === this.#range.end;
    if (!same || anyway) {
      this.#range = range;
      const focused = this.contains(document.activeElement);
      const pinned = focused || this.#focusWanted ? Math.floor(this.#active / layout.columns) : -1;
      rows.place(range, pinned, layout, (row, index) => this.#fill(row, index));
    }
    if (anyway) this.#showSome(this.#waiting.size);
    clearTimeout(this.#rest);
    if (anyway) this.#onRest();
    else this.#rest = setTimeout(() => this.#onRest(), restMs);
  }

  #onRest(): void {
    const { columns } = this.#layout ?? { columns: 1 };
    this.source.need(this.#range.first * columns, Math.min(this.source.count, this.#range.end * columns));
    this.dispatchEvent(new CustomEvent("rest", { bubbles: true }));
    if (!this.#bare) return;
    this.#bare = false;
    this.#still = true;
    this.#calm = false;
    this.#rows?.refill((row, index) => this.#fill(row, index));
  }

  #fill(row: readonly Tile[], index: number): void {
    const { columns } = this.#layout ?? { columns: 1 };
    const { count } = this.source;
    for (const [column, tile] of row.entries()) {
      const at = index * columns + column;
      tile.node.hidden = column >= columns || at >= count;
      this.#waiting.delete(tile);
      if (tile.node.hidden) tile.fill(-1, count, undefined, false);
      else if (this.#calm) this.#waiting.set(tile, at);
      else this.#show(tile, at);
    }
    if (this.#waiting.size > 0) this.#onScroll();
  }

  #show(tile: Tile, at: number): void {
    this.#bare ||= !this.#still;
    tile.fill(at, this.source.count, this.source.item(at), this.#still);
    this.#mark(tile);
  }

  /** Fills tiles that wait: a row is ready long before it is seen, so its work is spread over several frames. */
  #showSome(most = tilesAFrame): void {
    for (const [tile, at] of [...this.#waiting].slice(0, most)) {
      this.#waiting.delete(tile);
      this.#show(tile, at);
    }
    if (this.#waiting.size > 0) this.#onScroll();
  }

  #mark(tile: Tile): void {
    tile.choose(this.selection.has(tile.node.dataset.id ?? ""), tile.index === this.#active);
  }

  #reveal(index: number): void {
    const [port, layout] = [this.#port, this.#layout];
    if (!port || !layout) return;
    const top = scrollFor(layout, Math.floor(index / layout.columns), port.scrollTop, port.clientHeight);
    if (top !== undefined) port.scrollTop = top;
  }

  #focusActive(): void {
    this.#focusWanted = true;
    this.#place(true);
    this.#rows?.tile(this.#active)?.node.focus({ preventScroll: true });
    this.#focusWanted = false;
  }

  #changed(): void {
    this.#turn += 1;
    this.#refreshChoice();
    this.dispatchEvent(new CustomEvent("choose", { bubbles: true }));
  }

  #tileOf(event: Event): { index: number; id: string } | undefined {
    const node = (event.target as Element).closest<HTMLElement>(".tile");
    if (!node?.dataset.id) return undefined;
    return { index: Number(node.getAttribute("aria-posinset")) - 1, id: node.dataset.id };
  }

  #onFocus(event: FocusEvent): void {
    const tile = this.#tileOf(event);
    if (!tile || tile.index === this.#active) return;
    this.#active = tile.index;
    this.#refreshChoice();
  }

  #onClick(event: MouseEvent): void {
    const tile = this.#tileOf(event);
    if (!tile) return;
    this.#active = tile.index;
    this.#pick(tile, event.shiftKey, event.ctrlKey || event.metaKey);
    this.#focusActive();
  }

  #pick({ index, id }: { index: number; id: string }, range: boolean, add: boolean): void {
    if (range) void this.#take(this.selection.range(index));
    else if (add) this.selection.toggle(id, index);
    else this.selection.only(id, index);
    this.#changed();
  }

  /** Chooses a range, once its ids are known; a later choice wins. */
  async #take({ from, end }: { from: number; end: number }): Promise<void> {
    const turn = ++this.#turn;
    const ids = await this.source.ids(from, end);
    if (turn !== this.#turn) return;
    this.selection.set(ids);
    this.#changed();
  }

  #onDouble(event: MouseEvent): void {
    const tile = this.#tileOf(event);
    if (tile) this.#open(tile.index);
  }

  #open(index: number): void {
    this.dispatchEvent(new CustomEvent("open", { detail: index, bubbles: true }));
  }

  #onDrag(event: DragEvent): void {
    const tile = this.#tileOf(event);
    if (!tile || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData(assetType, tile.id);
  }

  #onKey(event: KeyboardEvent): void {
    const [port, layout] = [this.#port, this.#layout];
    if (!port || !layout || event.altKey || event.isComposing) return;
    const { count } = this.source;
    const item = this.source.item(this.#active);
    const add = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && !add) this.#open(this.#active);
    else if (event.key === " " && item)
      this.#pick({ index: this.#active, id: item.id }, event.shiftKey, true);
    else if (add && event.key.toLowerCase() === "a") void this.#take({ from: 0, end: count });
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (item && !this.selection.has(item.id))
        this.#pick({ index: this.#active, id: item.id }, false, false);
      this.dispatchEvent(new CustomEvent("remove", { bubbles: true }));
    } else if (event.key === "Escape" && this.selection.ids.size > 0) this.#none();
    else {
      const page = Math.floor(port.clientHeight / layout.rowHeight);
      const rtl = getComputedStyle(this).direction === "rtl";
      const next = moved(event.key, this.#active, count, layout.columns, page, rtl);
      if (next === undefined) return;
      this.goTo(next, true);
      const id = this.source.item(next)?.id;
      if (event.shiftKey) void this.#take(this.selection.range(next));
      else if (id !== undefined && !add) this.#pick({ index: next, id }, false, false);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #none(): void {
    this.selection.clear();
    this.#changed();
  }
}

customElements.define("easel-grid", Grid);
