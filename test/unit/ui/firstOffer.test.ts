import assert from "node:assert/strict";
import type { Memento } from "vscode";
import type { ChosenInput } from "../../../src/inputs.ts";
import type { OperationId } from "../../../src/model/operations.ts";
import type { Offer } from "../../../src/ui/offers.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import { withoutEditor } from "../text/editor.ts";

withoutEditor();
const { Choices } = await import("../../../src/ui/choices.ts");
const { firstOffer, usableVendors } = await import("../../../src/ui/firstOffer.ts");

/** Everything the catalog has for some operations. */
async function offersFor(...wanted: OperationId[]): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const entry of vendorEntries) {
    const vendor = await entry.load();
    for (const model of vendor.models) {
      for (const operation of wanted) {
        const profile = model.operations[operation];
        if (profile) offers.push({ entry, vendor, model, operation, profile });
      }
    }
  }
  return offers;
}

describe("what is offered first", () => {
  const keyring = { has: async ({ id }: { id: string }) => id === "seedream" };
  let choices: InstanceType<typeof Choices>;

  beforeEach(() => {
    const kept = new Map<string, unknown>();
    choices = new Choices({
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento);
  });

  async function first(isTrusted: boolean, operations: OperationId[], inputs: ChosenInput[] = []) {
    const usable = await usableVendors(keyring, isTrusted);
    return firstOffer(choices, usable, operations, await offersFor(...operations), inputs)?.entry.id;
  }

  it("is of the vendor whose key is there, and what was used last before that", async () => {
    assert.equal(await first(true, ["text-to-image"]), "seedream");
    const placeholder = (await offersFor("text-to-image")).find(({ entry }) => entry.id === "placeholder");
    assert.ok(placeholder);
    await choices.remember({ offer: placeholder, prompt: "", inputs: [], options: {} });
    assert.equal(await first(true, ["text-to-image"]), "placeholder");
  });

  it("is Placeholder without trust, whatever keys there are and whatever was used last", async () => {
    assert.equal(await first(false, ["text-to-image"]), "placeholder");
    const seedream = (await offersFor("text-to-image")).find(({ entry }) => entry.id === "seedream");
    assert.ok(seedream);
    await choices.remember({ offer: seedream, prompt: "", inputs: [], options: {} });
    assert.equal(await first(true, ["text-to-image"]), "seedream");
    assert.equal(await first(false, ["text-to-image"]), "placeholder");
    assert.equal(await first(false, ["speech", "sound"]), "placeholder");
  });

  it("is what can take the inputs, where Placeholder cannot", async () => {
    const picture: ChosenInput = {
      kind: "image",
      name: "a.png",
      source: { kind: "file", uri: "file:///a.png", sha256: "0", bytes: 1 },
    };
    assert.equal(await first(false, ["image-to-image", "text-to-image"], [picture]), "seedream");
  });
});
