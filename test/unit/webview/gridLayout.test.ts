import assert from "node:assert/strict";
import fc from "fast-check";
import { layOut, maxTiles, moved, rowsAt, scrollFor } from "../../../src/webview/studio/grid/gridLayout.ts";

const screens = fc.record({
  width: fc.integer({ min: 120, max: 7680 }),
  height: fc.integer({ min: 80, max: 4320 }),
  count: fc.integer({ min: 0, max: 60_000 }),
  wish: fc.integer({ min: 80, max: 400 }),
});

describe("the layout of the gallery grid", () => {
  it("fits the width, holds every item, and keeps few pictures in the page, on any screen", () => {
    fc.assert(
      fc.property(
        screens,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ width, height, count, wish }, part) => {
          const layout = layOut(width, height, count, wish);
          assert.ok(layout.columns >= 1 && layout.tile >= 1);
          assert.ok(
            layout.columns * layout.tile + (layout.columns + 1) * 8 <= Math.max(width, layout.tile + 16),
          );
          assert.ok(
            layout.rows * layout.columns >= count && (layout.rows - 1) * layout.columns < Math.max(1, count),
          );
          const top = Math.floor(part * Math.max(0, layout.height - height));
          const { first, end } = rowsAt(layout, top, height);
          assert.ok(first >= 0 && end <= layout.rows);
          if (layout.columns > 1) assert.ok((end - first + 1) * layout.columns <= maxTiles);
        },
      ),
    );
  });

  it("has in the page every row of which a part is seen", () => {
    fc.assert(
      fc.property(screens, fc.integer({ min: 0, max: 1_000_000 }), (screen, at) => {
        const layout = layOut(screen.width, screen.height, screen.count, screen.wish);
        const top = Math.min(at, Math.max(0, layout.height - screen.height));
        const { first, end } = rowsAt(layout, top, screen.height);
        for (let row = 0; row < Math.min(layout.rows, 400); row += 1) {
          const upper = row * layout.rowHeight + 8;
          const seen = upper + layout.rowHeight - 8 > top && upper < top + screen.height;
          if (seen) assert.ok(row >= first && row < end, `${row} of ${first} to ${end}`);
        }
      }),
    );
  });

  it("never leaves the grid by a key, and comes back by the opposite one", () => {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 4_999 }),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...keys),
        fc.boolean(),
        (count, columns, start, page, key, rtl) => {
          const next = moved(key, start % count, count, columns, page, rtl);
          assert.ok(next !== undefined && next >= 0 && next < count);
        },
      ),
    );
    assert.equal(moved("ArrowRight", 4, 10, 3, 2, false), 5);
    assert.equal(moved("ArrowRight", 4, 10, 3, 2, true), 3);
    assert.equal(moved("ArrowDown", 8, 10, 3, 2, false), 9, "into a last row that is shorter");
    assert.equal(moved("ArrowDown", 9, 10, 3, 2, false), 9);
    assert.equal(moved("ArrowUp", 1, 10, 3, 2, false), 1);
    assert.equal(moved("PageUp", 5, 10, 3, 4, false), 2, "to the first row, in the same column");
    assert.equal(moved("a", 5, 10, 3, 4, false), undefined);
    assert.equal(moved("End", 0, 0, 3, 4, false), undefined);
  });

  it("scrolls no further than it must to show a row whole", () => {
    const layout = layOut(400, 500, 1_000, 120);
    assert.equal(scrollFor(layout, 0, 0, 500), undefined);
    assert.equal(scrollFor(layout, 10, 0, 500), 11 * layout.rowHeight + 8 - 500);
    assert.equal(scrollFor(layout, 2, 5_000, 500), 2 * layout.rowHeight);
  });
});
