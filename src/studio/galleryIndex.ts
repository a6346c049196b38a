import type { MediaKind, OperationId } from "../model/operations.ts";
import type { FacetId, GalleryQuery, ItemState } from "./studioViews.ts";

/** One asset as the gallery finds it. Pixels, seconds, bytes, ms since the epoch. */
export interface GalleryEntry {
  id: string;
  hash: string;
  kind: MediaKind;
  name: string;
  /** Where its bytes are. */
  uri: string;
  state: Exclude<ItemState, "missing">;
  at: number;
  /** Media type by the bytes. */
  type: string;
  bytes: number;
  width?: number | undefined;
  height?: number | undefined;
  seconds?: number | undefined;
  vendor: string;
  model: string;
  operation: OperationId;
  seed?: number | undefined;
  /** Folder it has landed in, as shown; empty for one that waits. */
  folder: string;
  /** Everything it can be found by, in lower case. */
  words: string;
  /** Set while its job is open. */
  jobId?: string | undefined;
  batch?: string | undefined;
}

const facetValues: Readonly<Record<FacetId, (entry: GalleryEntry) => string>> = {
  kind: ({ kind }) => kind,
  operation: ({ operation }) => operation,
  vendor: ({ vendor }) => vendor,
  state: ({ state }) => state,
  folder: ({ folder }) => folder,
};
const facetIds = Object.keys(facetValues) as FacetId[];

const orders: Readonly<
  Record<Exclude<GalleryQuery["sort"], "name">, (a: GalleryEntry, b: GalleryEntry) => number>
> = {
  newest: (a, b) => b.at - a.at || compare(b.id, a.id),
  oldest: (a, b) => a.at - b.at || compare(a.id, b.id),
  largest: (a, b) => b.bytes - a.bytes || b.at - a.at,
};

/** Answers of so many different queries are kept until the entries change. */
const maxAnswers = 8;

/** Finds, sorts and counts tens of thousands of entries; a query is worked out once and then only cut into pages. */
export class GalleryIndex {
  #entries: readonly GalleryEntry[] = [];
  #byId = new Map<string, GalleryEntry>();
  readonly #sorted = new Map<GalleryQuery["sort"], readonly GalleryEntry[]>();
  readonly #answers = new Map<string, readonly GalleryEntry[]>();

  set(entries: readonly GalleryEntry[]): void {
    this.#entries = entries;
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
    this.#sorted.clear();
    this.#answers.clear();
  }

  get(id: string): GalleryEntry | undefined {
    return this.#byId.get(id);
  }

  /** Some entry with this content; one that waits for a decision before others. */
  withHash(hash: string): GalleryEntry | undefined {
    const own = this.#entries.filter((entry) => entry.hash === hash);
    return own.find(({ jobId }) => jobId !== undefined) ?? own[0];
  }

  /** Everything a query finds, in its order. */
  find(query: GalleryQuery): readonly GalleryEntry[] {
    const key = JSON.stringify(query);
    const known = this.#answers.get(key);
    if (known) return known;
    const fits = filterOf(query);
    const found = this.#inOrder(query.sort).filter(fits);
    this.#answers.set(key, found);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxAnswers && oldest !== undefined) this.#answers.delete(oldest);
    return found;
  }

  /** Values of each facet with the number of entries that have them, the most common first. */
  facets(): Record<FacetId, { value: string; count: number }[]> {
    const counts = new Map(facetIds.map((id) => [id, new Map<string, number>()]));
    for (const entry of this.#entries) {
      for (const [id, values] of counts) {
        const value = facetValues[id](entry);
        if (value !== "") values.set(value, (values.get(value) ?? 0) + 1);
      }
    }
    const listed = [...counts].map(([id, values]) => [
      id,
      [...values].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
    ]);
    return Object.fromEntries(listed) as ReturnType<GalleryIndex["facets"]>;
  }

  #inOrder(sort: GalleryQuery["sort"]): readonly GalleryEntry[] {
    const known = this.#sorted.get(sort);
    if (known) return known;
    const sorted = sort === "name" ? byName(this.#entries) : this.#entries.toSorted(orders[sort]);
    this.#sorted.set(sort, sorted);
    return sorted;
  }
}

/** Names are worked out once, not with every comparison. */
function byName(entries: readonly GalleryEntry[]): GalleryEntry[] {
  const named = entries.map((entry) => ({ entry, name: searchable(entry.name) }));
  named.sort((a, b) => compare(a.name, b.name) || b.entry.at - a.entry.at);
  return named.map(({ entry }) => entry);
}

/** Tells what a query finds. What was discarded is found only by its state. */
function filterOf({ text, where = {}, from, to, batch }: GalleryQuery) {
  const words = searchWords(text ?? "");
  const facets = facetIds.flatMap((id) => {
    const wanted = where[id];
    return wanted && wanted.length > 0 ? [{ read: facetValues[id], wanted: new Set(wanted) }] : [];
  });
  const isShown = (where.state ?? []).length > 0;
  return (entry: GalleryEntry) =>
    (isShown || entry.state !== "discarded") &&
    facets.every(({ read, wanted }) => wanted.has(read(entry))) &&
    (from === undefined || entry.at >= from) &&
    (to === undefined || entry.at <= to) &&
    (batch === undefined || entry.batch === batch) &&
    words.every((word) => entry.words.includes(word));
}

/** What a text is searched by: its words, compared without case and width. */
function searchWords(text: string): string[] {
  return searchable(text).split(/\s+/).filter(Boolean);
}

/** A text as it is compared. */
export function searchable(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
