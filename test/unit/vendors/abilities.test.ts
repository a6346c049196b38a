import assert from "node:assert/strict";
import { type Ability, abilities } from "../../../src/vendors/abilities.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";

const parts = ["chat", "embed", "rerank", "library", "erase"] as const;

function abilitiesOf(vendor: Vendor): string[] {
  const operations = vendor.models.flatMap((model) => Object.keys(model.operations));
  return [...new Set([...operations, ...parts.filter((part) => vendor[part] !== undefined)])].sort();
}

describe("what is known of a vendor without loading it", () => {
  for (const { id, load } of vendorEntries) {
    it(`${id} can do what is said, and no more`, async () => {
      const said: readonly Ability[] = abilities[id] ?? [];
      assert.deepEqual([...said].sort(), abilitiesOf(await load()));
    });
  }
});
