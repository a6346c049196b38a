import { firstQuery, pageSize, type StudioProtocol } from "../../../studio/studioProtocol.ts";
import type { GalleryPage, GalleryQuery, ItemView } from "../../../studio/studioViews.ts";
import type { Wire } from "../../shared/ipc.ts";
import type { GridSource } from "../grid/grid.ts";
import type { TileItem } from "../grid/tile.ts";
import { tileOf } from "./tileItem.ts";

/**
 * The gallery as far as it is known here: pages are asked for when their places are seen, and asked for anew when the host says
 * that something has changed. What was known stays in sight until then.
 */
export class GalleryModel implements GridSource {
  count = 0;
  /** Rises with every change. */
  version = 0;
  /** Undefined until the first answer. */
  loaded: boolean | undefined;
  /** Why the last page did not come, in words. */
  failure: string | undefined;
  query: GalleryQuery = firstQuery;
  readonly #wire: Wire<StudioProtocol>;
  readonly #changed: () => void;
  #items: (ItemView | undefined)[] = [];
  #tiles: (TileItem | undefined)[] = [];
  readonly #fresh = new Set<number>();
  /** Thumbnails made here, by content: an answer that was on its way meanwhile does not know them. */
  readonly #made = new Map<string, string>();
  /** Rises whenever answers to earlier questions no longer count. */
  #turn = 0;
  #seen = { first: 0, end: pageSize };
  /** Revisions of what is known, and of what the host has by now. */
  #revision = -1;
  #wanted = -1;
  /** Hears which items are seen and have no thumbnail. */
  onSeen: (items: readonly ItemView[]) => void = () => {};

  constructor(wire: Wire<StudioProtocol>, changed: () => void) {
    this.#wire = wire;
    this.#changed = changed;
  }

  item(index: number): TileItem | undefined {
    return this.#tiles[index];
  }

  view(index: number): ItemView | undefined {
    return this.#items[index];
  }

  /** The items among these ids that are known here. */
  known(ids: ReadonlySet<string>): ItemView[] {
    return this.#items.filter((item): item is ItemView => item !== undefined && ids.has(item.id));
  }

  /** The press of Generate that made an item, if others of it are known here. */
  batchOf({ id, batch }: ItemView): string | undefined {
    const isPeer = (item: ItemView | undefined) => item?.batch === batch && item?.id !== id;
    return batch !== undefined && this.#items.some(isPeer) ? batch : undefined;
  }

  need(first: number, end: number): void {
    this.#seen = { first, end: Math.max(end, first + 1) };
    for (let page = Math.floor(first / pageSize); page * pageSize < this.#seen.end; page += 1)
      this.#ask(page);
    this.#tellSeen();
  }

  async ids(from: number, end: number): Promise<readonly string[]> {
    // Places not known yet are holes, which `every` would not see.
    const known = Array.from({ length: end - from }, (_, at) => this.#items[from + at]?.id);
    if (known.every((id) => id !== undefined)) return known;
    return this.#wire.request("galleryIds", { query: this.query, from, to: end });
  }

  /** Where an item stands now; -1 if it is not among those shown. */
  async indexOf(id: string): Promise<number> {
    const known = this.#items.findIndex((item) => item?.id === id);
    return known >= 0 ? known : this.#wire.request("galleryIndex", { query: this.query, item: id });
  }

  /** Other items or another order from now on. The host is told words that were not searched for before, to keep them. */
  ask(query: GalleryQuery): void {
    const { text = "" } = query;
    if (text !== (this.query.text ?? "")) this.#wire.command("keepSearch", { text });
    this.query = query;
    this.#items = [];
    this.#tiles = [];
    this.count = 0;
    this.loaded = undefined;
    this.#seen = { first: 0, end: pageSize };
    this.#stale();
  }

  /** A page came unasked, ahead of the first answer: taken if it is what was asked for. */
  take(query: GalleryQuery, page: GalleryPage): void {
    if (this.loaded === undefined && JSON.stringify(query) === JSON.stringify(this.query)) this.#put(page);
  }

  /** The host has this revision by now: what is older is asked for again. An answer on its way is waited for. */
  follow(revision: number): void {
    this.#wanted = revision;
    if (this.loaded !== undefined && this.#revision !== revision) this.#stale();
  }

  /** Asks again for all that is seen. */
  #stale(): void {
    this.#turn += 1;
    this.#fresh.clear();
    this.need(this.#seen.first, this.#seen.end);
  }

  /** An item's thumbnail is there. */
  setThumb(hash: string, thumb: string): void {
    this.#made.set(hash, thumb);
    for (const [index, item] of this.#items.entries()) {
      if (item?.hash === hash) this.#keep(index, item);
    }
    this.#tell();
  }

  #ask(page: number): void {
    if (this.#fresh.has(page) || (this.loaded && page * pageSize >= this.count && page > 0)) return;
    this.#fresh.add(page);
    const turn = this.#turn;
    const offset = page * pageSize;
    this.#wire.request("gallery", { query: this.query, offset, limit: pageSize }).then(
      (answer) => {
        if (turn !== this.#turn) return;
        this.#put(answer);
        if (answer.revision < this.#wanted) this.#stale();
        else this.#tellSeen();
      },
      (error: Error) => {
        if (turn !== this.#turn) return;
        this.#fresh.delete(page);
        this.loaded ??= false;
        this.failure = error.message;
        this.#tell();
      },
    );
  }

  #put({ revision, total, offset, items }: GalleryPage): void {
    this.loaded = true;
    this.#revision = revision;
    this.failure = undefined;
    this.count = total;
    this.#items.length = total;
    this.#tiles.length = total;
    for (const [index, item] of items.entries()) this.#keep(offset + index, item);
    this.#tell();
  }

  #keep(index: number, item: ItemView): void {
    const thumb = item.thumb ?? this.#made.get(item.hash);
    const known = thumb === undefined ? item : { ...item, thumb };
    this.#items[index] = known;
    this.#tiles[index] = tileOf(known);
  }

  #tell(): void {
    this.version += 1;
    this.#changed();
  }

  #tellSeen(): void {
    const seen = this.#items.slice(this.#seen.first, this.#seen.end);
    this.onSeen(seen.filter((item): item is ItemView => item !== undefined && item.thumb === undefined));
  }
}
