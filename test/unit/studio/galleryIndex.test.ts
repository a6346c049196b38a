import assert from "node:assert/strict";
import fc from "fast-check";
import { type GalleryEntry, GalleryIndex, searchable } from "../../../src/studio/galleryIndex.ts";
import type { GalleryQuery } from "../../../src/studio/studioViews.ts";

const states = ["waiting", "placed", "saved", "discarded"] as const;

function entry(n: number, other: Partial<GalleryEntry> = {}): GalleryEntry {
  const name = other.name ?? `fox-${n}.png`;
  return {
    id: `job/${n}`,
    hash: String(n),
    kind: "image",
    name,
    uri: `file:///site/assets/${name}`,
    state: states[n % 3] ?? "waiting",
    at: n,
    type: "image/png",
    bytes: (n * 7919) % 1000,
    vendor: n % 2 ? "seedream" : "placeholder",
    model: "m",
    operation: "text-to-image",
    folder: n % 3 ? "assets" : "",
    words: searchable(name),
    ...other,
  };
}

const ids = (found: readonly GalleryEntry[]) => found.map(({ id }) => id);

function indexOf(entries: readonly GalleryEntry[]): GalleryIndex {
  const index = new GalleryIndex();
  index.set(entries);
  return index;
}

describe("the gallery", () => {
  const many = Array.from({ length: 300 }, (_, n) => entry(n));

  it("is sorted by date, name or size, and cut where asked", () => {
    const index = indexOf(many);
    assert.deepEqual(ids(index.find({ sort: "newest" })).slice(0, 2), ["job/299", "job/298"]);
    assert.deepEqual(ids(index.find({ sort: "oldest" })).slice(0, 2), ["job/0", "job/1"]);
    const bytes = index.find({ sort: "largest" }).map((one) => one.bytes);
    assert.deepEqual(
      bytes,
      bytes.toSorted((a, b) => b - a),
    );
    const names = index.find({ sort: "name" }).map(({ name }) => name);
    assert.deepEqual(names, names.toSorted());
  });

  it("finds exactly what fits every facet, date and word, whatever is asked", () => {
    const index = indexOf(many);
    const query = fc.record({
      sort: fc.constantFrom("newest", "oldest", "name", "largest"),
      where: fc.record(
        {
          state: fc.subarray([...states]),
          vendor: fc.subarray(["seedream", "placeholder", "kling"]),
          folder: fc.subarray(["assets", "img"]),
        },
        { requiredKeys: [] },
      ),
      from: fc.integer({ min: 0, max: 150 }),
      to: fc.integer({ min: 100, max: 400 }),
      text: fc.constantFrom("", "FOX", "fox 1", "２ png", "owl"),
    }) as fc.Arbitrary<GalleryQuery>;
    fc.assert(
      fc.property(query, ({ where = {}, from = 0, to = 0, text = "", sort }) => {
        const has = (values: readonly string[] | undefined, value: string) =>
          !values?.length || values.includes(value);
        const expected = many.filter(
          (one) =>
            has(where.state, one.state) &&
            has(where.vendor, one.vendor) &&
            has(where.folder, one.folder) &&
            one.at >= from &&
            one.at <= to &&
            text
              .normalize("NFKC")
              .toLowerCase()
              .split(" ")
              .every((word) => one.name.includes(word)),
        );
        const found = ids(index.find({ where, from, to, text, sort }));
        assert.deepEqual(found.toSorted(), ids(expected).toSorted());
      }),
    );
  });

  it("shows what was discarded only where that is asked for", () => {
    const index = indexOf([entry(1), entry(2, { state: "discarded" })]);
    assert.deepEqual(ids(index.find({ sort: "newest" })), ["job/1"]);
    assert.deepEqual(ids(index.find({ sort: "newest", where: { state: ["discarded"] } })), ["job/2"]);
  });

  it("finds Chinese words and full-width letters by their usual forms", () => {
    const index = indexOf([entry(1, { words: searchable("清晨的港口 ＦＯＸ") })]);
    for (const text of ["港口", "fox", "Fox 清晨"]) {
      assert.equal(index.find({ sort: "newest", text }).length, 1, text);
    }
  });

  it("counts each facet's values, the most common first", () => {
    const { vendor, folder } = indexOf([entry(1), entry(3), entry(2)]).facets();
    assert.deepEqual(vendor, [
      { value: "seedream", count: 2 },
      { value: "placeholder", count: 1 },
    ]);
    assert.deepEqual(folder, [{ value: "assets", count: 2 }]);
  });

  it("knows nothing any more of what it was told before", () => {
    const index = indexOf(many);
    index.find({ sort: "newest", text: "fox" });
    index.set([entry(7)]);
    assert.deepEqual(ids(index.find({ sort: "newest", text: "fox" })), ["job/7"]);
    assert.equal(index.get("job/8"), undefined);
  });
});
