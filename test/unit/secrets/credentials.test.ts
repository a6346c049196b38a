import assert from "node:assert/strict";
import type { SecretStorage } from "vscode";
import { Credentials } from "../../../src/secrets/credentials.ts";

/** The part of the editor's secret storage that is used, in memory. */
function storage(): SecretStorage & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    keys: async () => [...all.keys()],
    get: async (key: string) => all.get(key),
    store: async (key: string, value: string) => void all.set(key, value),
    delete: async (key: string) => void all.delete(key),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}

describe("credentials", () => {
  const china = "https://ark.cn-beijing.volces.com/api/v3";
  const intl = "https://ark.ap-southeast.bytepluses.com/api/v3";

  it("are bound to the origin they were entered for (P-06)", async () => {
    const credentials = new Credentials(storage());
    await credentials.set("seedream", china, { apiKey: "k" });
    assert.deepEqual(await credentials.get("seedream", china), { apiKey: "k" });
    assert.deepEqual(await credentials.get("seedream", "https://ark.cn-beijing.volces.com/other"), {
      apiKey: "k",
    });
    assert.equal(await credentials.get("seedream", intl), undefined);
    assert.equal(
      await credentials.get("seedream", "https://ark.cn-beijing.volces.com:8443/api/v3"),
      undefined,
    );
    assert.equal(await credentials.get("kling", china), undefined);
  });

  it("are listed by origin, and gone when removed (P-09)", async () => {
    const store = storage();
    const credentials = new Credentials(store);
    await credentials.set("seedream", china, { apiKey: "a" });
    await credentials.set("seedream", intl, { apiKey: "b" });
    assert.deepEqual((await credentials.origins("seedream")).sort(), [
      new URL(intl).origin,
      new URL(china).origin,
    ]);
    await credentials.remove("seedream", new URL(china).origin);
    assert.equal(await credentials.get("seedream", china), undefined);
    assert.deepEqual(await credentials.origins("seedream"), [new URL(intl).origin]);
    assert.ok(![...store.all.values()].some((value) => value.includes('"a"')));
  });

  it("that cannot be read count as none", async () => {
    const store = storage();
    const credentials = new Credentials(store);
    await credentials.set("seedream", china, { apiKey: "a" });
    for (const key of store.all.keys()) store.all.set(key, "{");
    assert.equal(await credentials.get("seedream", china), undefined);
  });
});
