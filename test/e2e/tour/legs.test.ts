import assert from "node:assert/strict";
import { operationIds, operations } from "../../../src/model/operations.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import { legs } from "./legs.ts";

describe("the legs of the tour", () => {
  it("are every operation of every vendor, once", async () => {
    const offered = await Promise.all(
      vendorEntries.map(async ({ id, load }) => {
        const { models } = await load();
        return models.flatMap((model) => Object.keys(model.operations).map((each) => `${id} ${each}`));
      }),
    );
    const toured = legs.flatMap(({ vendors, operation }) =>
      vendors.map((vendor) => `${vendor} ${operation}`),
    );
    assert.deepEqual(toured.sort(), [...new Set(offered.flat())].sort());
  });

  it("go through every command that asks for an asset", () => {
    const entered = legs.filter(({ door }) => door === "command").map(({ operation }) => operation);
    const commandsOf = (ids: typeof operationIds) => [...new Set(ids.map((id) => operations[id].command))];
    assert.deepEqual(commandsOf(entered).sort(), commandsOf(operationIds).sort());
  });
});
