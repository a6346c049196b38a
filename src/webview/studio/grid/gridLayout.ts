/** Sizes of a gallery grid, in CSS pixels. Every row has the same height, so that a place follows from its number alone. */
export interface GridLayout {
  columns: number;
  /** Side of a tile's picture. */
  tile: number;
  /** From the top of one row to the top of the next. */
  rowHeight: number;
  rows: number;
  /** Of all rows together. */
  height: number;
}

/** Rows from `first` up to and without `end`. */
export interface RowRange {
  first: number;
  end: number;
}

/** Between tiles, and around the grid. */
export const gap = 8;
/** Height of the words under a tile. */
const captionHeight = 24;
/** More picture nodes than this are never in the page at once, the row that holds the focus included. */
export const maxTiles = 140;
/** Rows kept ready above and below what is seen. */
const overscan = 2;

/**
 * Fits as many tiles of about `wish` CSS pixels into a width as there is room for. On very large screens tiles grow, so that
 * all that is seen and kept ready stays below {@link maxTiles}.
 */
export function layOut(width: number, height: number, count: number, wish: number): GridLayout {
  const inner = Math.max(1, width - 2 * gap);
  for (let size = wish; ; size += 8) {
    const columns = Math.max(1, Math.floor((inner + gap) / (size + gap)));
    const tile = Math.floor((inner - (columns - 1) * gap) / columns);
    const rowHeight = tile + captionHeight + gap;
    const ready = (Math.ceil(height / rowHeight) + 2 + 2 * overscan) * columns;
    if (ready > maxTiles && columns > 1) continue;
    const rows = Math.ceil(count / columns);
    return { columns, tile, rowHeight, rows, height: rows * rowHeight + gap };
  }
}

/** The rows to be in the page when scrolled to `top`. */
export function rowsAt(layout: GridLayout, top: number, height: number): RowRange {
  const first = Math.max(0, Math.floor((top - gap) / layout.rowHeight) - overscan);
  const end = Math.min(layout.rows, Math.ceil((top + height - gap) / layout.rowHeight) + overscan);
  return { first: Math.min(first, Math.max(0, layout.rows - 1)), end: Math.max(first, end) };
}

/** Where a key leads from a tile; undefined if the key does not move. `page`: rows that are seen at once. */
export function moved(
  key: string,
  from: number,
  count: number,
  columns: number,
  page: number,
  rtl: boolean,
): number | undefined {
  const right = rtl ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: right,
    ArrowLeft: -right,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * Math.max(1, page),
    PageUp: -columns * Math.max(1, page),
    Home: -from,
    End: count - 1 - from,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  const next = from + step;
  // A step of whole rows that would leave the grid stays where it is, or goes to the last row's end.
  if (next < 0) return key === "PageUp" ? from % columns : from;
  if (next < count) return next;
  const lastRow = Math.floor((count - 1) / columns);
  const onLastRow = Math.floor(from / columns) === lastRow;
  return (key === "ArrowDown" || key === "PageDown") && !onLastRow ? count - 1 : from;
}

/** How far to scroll so that a row is seen whole; undefined if it is. */
export function scrollFor(layout: GridLayout, row: number, top: number, height: number): number | undefined {
  const upper = row * layout.rowHeight;
  const lower = upper + layout.rowHeight + gap;
  if (upper < top) return upper;
  return lower > top + height ? Math.max(0, lower - height) : undefined;
}
