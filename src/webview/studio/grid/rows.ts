import { type GridLayout, gap, type RowRange } from "./gridLayout.ts";
import { PictureQueue } from "./pictureQueue.ts";
import { Tile } from "./tile.ts";

interface Row {
  node: HTMLElement;
  tiles: Tile[];
  index: number;
}

/** The rows that are in the page: as many as are seen and a few more, used over and over. */
export class Rows {
  readonly #canvas: HTMLElement;
  readonly #pictures = new PictureQueue();
  readonly #shown = new Map<number, Row>();
  #free: Row[] = [];

  constructor(canvas: HTMLElement) {
    this.#canvas = canvas;
  }

  /** Brings the rows of a range into the page, and `pinned`, which holds the focus. Rows that stay are not touched. */
  place(
    range: RowRange,
    pinned: number,
    layout: GridLayout,
    fill: (row: readonly Tile[], index: number) => void,
  ): void {
    const wanted = (row: number) => (row >= range.first && row < range.end) || row === pinned;
    for (const [index, row] of this.#shown) {
      if (wanted(index)) continue;
      this.#shown.delete(index);
      this.#free.push(row);
    }
    const bring = (index: number) => {
      if (this.#shown.has(index)) return;
      const row = this.#free.pop() ?? this.#create();
      row.index = index;
      this.#shown.set(index, row);
      while (row.tiles.length < layout.columns) {
        const tile = new Tile(this.#pictures);
        row.tiles.push(tile);
        row.node.append(tile.node);
      }
      row.node.style.transform = `translateY(${index * layout.rowHeight + gap}px)`;
      fill(row.tiles, index);
    };
    for (let index = range.first; index < range.end; index += 1) bring(index);
    if (pinned >= 0 && pinned < layout.rows) bring(pinned);
    for (const row of this.#free) row.node.remove();
    this.#free = this.#free.slice(0, 4);
    for (const { node } of this.#shown.values()) if (!node.isConnected) this.#canvas.append(node);
  }

  /** Begins anew: the columns have changed. */
  clear(): void {
    for (const { node } of this.#shown.values()) node.remove();
    this.#shown.clear();
    this.#free = [];
  }

  refill(fill: (row: readonly Tile[], index: number) => void): void {
    for (const row of this.#shown.values()) fill(row.tiles, row.index);
  }

  *tiles(): Iterable<Tile> {
    for (const row of this.#shown.values()) yield* row.tiles;
  }

  tile(index: number): Tile | undefined {
    for (const tile of this.tiles()) if (tile.index === index && !tile.node.hidden) return tile;
    return undefined;
  }

  #create(): Row {
    const node = document.createElement("div");
    node.className = "tile-row";
    node.setAttribute("role", "presentation");
    return { node, tiles: [], index: -1 };
  }
}
