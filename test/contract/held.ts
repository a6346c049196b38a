import assert from "node:assert/strict";
import type { VendorErrorFacts } from "../../src/vendors/errors.ts";
import type { Told } from "./context.ts";

/** What an answer says, whoever's it is. */
export interface BaseReading {
  /** Types of the events told. */
  events?: readonly string[];
  /** Links of the outputs, from the fixture's own body, in their order. */
  links?: readonly string[];
  error?: Partial<VendorErrorFacts>;
}

/** What holds a fixture of a vendor, by what its manifest can send and read. */
export interface HeldBy<Sender, Reading> {
  sends?: Sender;
  reads?: Reading;
  /** Easel never sends this request, because of this; its answer is read as that of the sender. */
  never?: string;
  sender?: Sender;
  /** What the vendor answers next, to the look that follows. */
  next?: string;
  /** Nothing of Easel plays it, or another test holds it, because of this. */
  elsewhere?: string;
}

/** Tests that a manifest and the fixtures are about the same files, and that it says something of each. */
export function itHoldsEach(
  manifest: Readonly<Record<string, HeldBy<unknown, unknown>>>,
  files: readonly string[],
): void {
  it("every file is held by the manifest, and the manifest names no other", () => {
    assert.deepEqual(Object.keys(manifest).toSorted(), files.toSorted());
  });

  it("everything held says by what", () => {
    for (const [file, held] of Object.entries(manifest)) {
      assert.ok(held.sends ?? held.never ?? held.elsewhere, file);
      if (held.reads) assert.ok(held.sends ?? held.sender, `${file}: who sends it?`);
    }
  });
}

/** Links of the outputs told, in their order. */
export function linksOf(told: readonly Told[]): string[] {
  const outputs = told.filter(({ type }) => type === "output");
  return outputs.map(({ source }) => (source as { url: string }).url);
}

/** Holds what was told against a reading; of an error only what the reading names. */
export function compareTold(told: readonly Told[], { events, links, error }: BaseReading): void {
  const types = told.map(({ type }) => type);
  if (events) assert.deepEqual(types, events, JSON.stringify(told));
  if (links) assert.deepEqual(linksOf(told), links);
  if (!error) return;
  const facts = told.at(-1)?.error as Record<string, unknown>;
  assert.deepEqual({ ...facts, ...error }, facts);
  assert.ok(facts.requestId, "the request id is kept");
}
