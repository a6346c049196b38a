import assert from "node:assert/strict";
import { shown } from "../../../../src/vendors/gateway/tasks/deliver.ts";

describe("a gateway's answer to look at", () => {
  it("is kept up to 64 KB, in bytes, and not in part (P-24)", () => {
    const kept = (said: string) => [...shown({ body: { said } } as never)].map(({ type }) => type);
    const most = 64 * 1024 - '{"said":""}'.length;
    assert.deepEqual(kept("x".repeat(most)), ["answer"]);
    assert.deepEqual(kept("x".repeat(most + 1)), []);
    assert.deepEqual(kept("图".repeat(most / 2)), []);
  });
});
