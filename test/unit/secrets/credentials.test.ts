import assert from "node:assert/strict";
import { Credentials } from "../../../src/secrets/credentials.ts";
import { secretStorage } from "./storage.ts";

const china = "https://ark.cn-beijing.volces.com";
const intl = "https://ark.ap-southeast.bytepluses.com";

describe("credentials", () => {
  it("are bound to the origin they were entered for (P-06)", async () => {
    const credentials = new Credentials(secretStorage());
    await credentials.set("seedream", china, { apiKey: "k" });
    assert.deepEqual(await credentials.get("seedream", china), { apiKey: "k" });
    assert.equal(await credentials.get("seedream", intl), undefined);
    assert.equal(await credentials.get("seedream", `${china}:8443`), undefined);
    assert.equal(await credentials.get("kling", china), undefined);
  });

  it("are listed by origin, and gone when removed (P-09)", async () => {
    const store = secretStorage();
    const credentials = new Credentials(store);
    await credentials.set("seedream", china, { apiKey: "a" });
    await credentials.set("seedream", intl, { apiKey: "b" });
    assert.deepEqual((await credentials.bindings("seedream")).sort(), [intl, china]);
    await credentials.remove("seedream", china);
    assert.equal(await credentials.get("seedream", china), undefined);
    assert.deepEqual(await credentials.bindings("seedream"), [intl]);
    assert.ok(![...store.all.values()].some((value) => value.includes('"a"')));
  });

  it("tell whose they are by their names alone, each once, and nobody else's", async () => {
    const store = secretStorage();
    const credentials = new Credentials(store);
    assert.deepEqual(await credentials.vendors(), []);
    await credentials.set("seedream", china, { apiKey: "a" });
    await credentials.set("seedream", intl, { apiKey: "b" });
    await credentials.set("kling", china, { apiKey: "c" });
    store.all.set("another:gateway:x", "");
    store.get = () => Promise.reject(new Error("no value is needed"));
    assert.deepEqual((await credentials.vendors()).sort(), ["kling", "seedream"]);
    await credentials.remove("kling", china);
    assert.deepEqual(await credentials.vendors(), ["seedream"]);
  });

  it("that cannot be read count as none", async () => {
    const store = secretStorage();
    const credentials = new Credentials(store);
    await credentials.set("seedream", china, { apiKey: "a" });
    for (const key of store.all.keys()) store.all.set(key, "{");
    assert.equal(await credentials.get("seedream", china), undefined);
  });
});
