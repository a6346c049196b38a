/**
 * What 25,000 items of the gallery cost on the host side: reading the list, building the index, and the first page of several
 * queries, cold and warm. Run: `node test/bench/gallery.bench.ts [items]`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OperationId } from "../../src/model/operations.ts";
import { type PlacedEntry, PlacedList } from "../../src/placement/placedList.ts";
import { type EntryContext, placedGalleryEntry } from "../../src/studio/galleryEntries.ts";
import { GalleryIndex } from "../../src/studio/galleryIndex.ts";
import type { GalleryQuery } from "../../src/studio/studioViews.ts";

const count = Number(process.argv[2] ?? 25_000);
const words = ["fox", "harbour", "港口", "tea", "lantern", "晨雾", "owl"];
const vendors = ["placeholder", "seedream", "kling"];
const operations: readonly OperationId[] = ["text-to-image", "image-to-image", "text-to-video"];

const entry = (n: number): PlacedEntry => ({
  id: `m${n.toString(36)}-abcdef012345/a${n % 4}`,
  uri: `file:///site/${n % 3 ? "assets" : "docs/img"}/${encodeURIComponent(words[n % words.length] ?? "")}-${n}.png`,
  sha256: n.toString(16).padStart(64, "0"),
  kind: "image",
  type: "image/png",
  bytes: 100_000 + ((n * 7919) % 900_000),
  width: 2048,
  height: 1152,
  vendor: vendors[n % 3] ?? "",
  model: "doubao-seedream-5-0-260128",
  operation: operations[n % 3] ?? "text-to-image",
  seed: n,
  state: n % 2 ? "placed" : "saved",
  at: 1_700_000_000_000 + n * 60_000,
});

const context: EntryContext = {
  stagedUri: () => "",
  folderOf: (uri) => (uri.includes("/docs/") ? "docs/img" : "assets"),
  vendorName: (id) => id,
  operationName: (id) => id,
  assetName: () => "",
  batchOf: () => undefined,
};

async function timed<T>(what: string, act: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await act();
  console.log(`${(performance.now() - start).toFixed(1).padStart(8)} ms  ${what}`);
  return result;
}

const folder = await mkdtemp(join(tmpdir(), "easel-bench-"));
const path = join(folder, "placed.jsonl");
const lines = Array.from({ length: count }, (_, n) => JSON.stringify(entry(n)));
await writeFile(path, `${lines.join("\n")}\n`);
console.log(`${count} items, a list of ${(lines.join("").length / 1e6).toFixed(1)} MB`);

const list = new PlacedList(path);
const all = await timed("read the list", () => list.all());
const entries = await timed("make entries", () => all.map((one) => placedGalleryEntry(one, context)));
const index = new GalleryIndex();
await timed("build the index", () => index.set(entries));
const queries: Record<string, GalleryQuery> = {
  everything: { sort: "newest" },
  "two facets": { sort: "newest", where: { vendor: ["kling"], state: ["placed"] } },
  "a word": { sort: "newest", text: "港口" },
  "by name": { sort: "name" },
};
for (const [name, query] of Object.entries(queries)) {
  await timed(`first page of ${name}, cold`, () => index.find(query).slice(0, 60));
  await timed(`a page of ${name}, warm`, () => index.find(query).slice(12_000, 12_060));
}
await timed("count all facets", () => index.facets());
await timed("note one more", () => list.add(entry(count)));
await rm(folder, { recursive: true, force: true });
