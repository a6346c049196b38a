import assert from "node:assert/strict";
import { Credentials } from "../../../src/secrets/credentials.ts";
import { bindingOf, credentialSets, Keyring, type VendorAddress } from "../../../src/secrets/keyring.ts";
import type { VendorEntry } from "../../../src/vendors/catalog.ts";
import { secretStorage } from "./storage.ts";

const plain: VendorEntry = {
  id: "kling",
  name: "Plain",
  credentials: [{ key: "apiKey", text: "apiKey" }],
  defaultBaseUrl: "https://api.example",
  load: () => Promise.reject(new Error("not loaded")),
};

/** Has an address of its own beside the base URL, and kinds of keys by a setting. */
const twofold: VendorEntry = {
  ...plain,
  id: "gateway",
  defaultBaseUrl: "",
  addressSettings: ["nativeUrl"],
  kinds: {
    setting: "auth",
    sets: {
      apiKey: plain.credentials,
      jwt: [
        { key: "jwtKey", text: "jwtKey", spaces: true },
        { key: "consumer", text: "consumer" },
        { key: "issuer", text: "issuer", optional: true },
      ],
    },
  },
};

/** Is called at an address that is a secret. */
const hidden: VendorEntry = {
  ...plain,
  id: "animo",
  defaultBaseUrl: "",
  addressSecret: "endpoint",
  credentials: [{ key: "endpoint", text: "endpoint" }, ...plain.credentials],
};

const at = (baseUrl: string, settings: VendorAddress["settings"] = {}): VendorAddress => ({
  baseUrl,
  settings,
});
const nowhere = at("");

describe("what a key is bound to (P-06)", () => {
  it("is the origin of the base URL, whatever its path", () => {
    assert.equal(bindingOf(plain, at("https://api.example/v1")), "https://api.example");
    assert.equal(bindingOf(plain, at("https://api.example:8443/v1")), "https://api.example:8443");
  });

  it("names every address the key goes to, and one address once", () => {
    const base = "https://gate.example/v1";
    assert.equal(bindingOf(twofold, at(base, { nativeUrl: "" })), "https://gate.example");
    assert.equal(
      bindingOf(twofold, at(base, { nativeUrl: "https://gate.example/root" })),
      "https://gate.example",
    );
    assert.equal(
      bindingOf(twofold, at(base, { nativeUrl: "https://native.example" })),
      "https://gate.example https://native.example",
    );
  });
});

describe("the keyring", () => {
  const keyring = () => new Keyring(new Credentials(secretStorage()));

  it("has a key for the address it was entered for, and for no other (P-06)", async () => {
    const keys = keyring();
    await keys.set(plain, at("https://api.example/v1"), { apiKey: "k" });
    assert.deepEqual(await keys.get(plain, at("https://api.example/other")), { apiKey: "k" });
    assert.equal(await keys.get(plain, at("https://api.example.evil.example")), undefined);
    assert.equal(await keys.get(plain, at("http://api.example")), undefined);
  });

  it("lets neither a changed base URL nor a changed native URL move a key (P-06)", async () => {
    const keys = keyring();
    const base = "https://gate.example/v1";
    await keys.set(twofold, at(base, { nativeUrl: "https://native.example" }), { apiKey: "k" });
    assert.deepEqual(await keys.get(twofold, at(base, { nativeUrl: "https://native.example/x" })), {
      apiKey: "k",
    });
    assert.equal(await keys.get(twofold, at(base, { nativeUrl: "https://evil.example" })), undefined);
    assert.equal(
      await keys.get(twofold, at("https://evil.example", { nativeUrl: "https://native.example" })),
      undefined,
    );
    assert.equal(await keys.get(twofold, at(base, { nativeUrl: "" })), undefined);
  });

  it("keeps one set a kind, and gives only the one that the setting asks for", async () => {
    const keys = keyring();
    const asked = (auth: string) => at("https://gate.example/v1", { auth });
    await keys.set(twofold, asked("apiKey"), { apiKey: "k" });
    assert.equal(await keys.get(twofold, asked("jwt")), undefined, "a consumer's key is missing");
    await keys.set(twofold, asked("jwt"), { jwtKey: "{}", consumer: "c", issuer: "" });
    assert.deepEqual(await keys.get(twofold, asked("jwt")), { jwtKey: "{}", consumer: "c", issuer: "" });
    assert.deepEqual(await keys.get(twofold, asked("apiKey")), { apiKey: "k" });
    assert.deepEqual(await keys.get(twofold, asked("unheard of")), { apiKey: "k" });
    assert.deepEqual(
      credentialSets(twofold, asked("jwt")).map((set) => set.map(({ key }) => key)),
      [["jwtKey", "consumer", "issuer"]],
    );
  });

  it("keeps one secret address at a time, listed by its origin alone (P-06)", async () => {
    const keys = keyring();
    await keys.set(hidden, nowhere, { endpoint: "https://a.example/path?sig=rights", apiKey: "a" });
    await keys.set(hidden, nowhere, { endpoint: "https://b.example/path?sig=rights", apiKey: "b" });
    assert.deepEqual(await keys.get(hidden, nowhere), {
      endpoint: "https://b.example/path?sig=rights",
      apiKey: "b",
    });
    assert.deepEqual(await keys.bindings(hidden), ["https://b.example"]);
    assert.equal(keys.isSecretOrigin("https://b.example"), true);
    assert.equal(keys.isSecretOrigin("https://a.example"), false);
    await keys.remove(hidden, "https://b.example");
    assert.equal(await keys.get(hidden, nowhere), undefined);
  });

  it("does not use a secret address that is neither https nor of this machine", async () => {
    const store = secretStorage();
    const keys = new Keyring(new Credentials(store));
    await keys.set(hidden, nowhere, { endpoint: "http://127.0.0.1:1/x", apiKey: "a" });
    assert.ok(await keys.get(hidden, nowhere));
    assert.equal(await keys.isLocal(hidden, nowhere), true);
    for (const [key, value] of store.all) {
      store.all.set(key, value.replace("127.0.0.1:1", "a.example"));
    }
    assert.equal(await keys.get(hidden, nowhere), undefined);
    assert.equal(await keys.isLocal(hidden, nowhere), false);
  });

  it("forgets a key that was removed, also after it was used, and nothing is left of it (P-09)", async () => {
    const store = secretStorage();
    const keys = new Keyring(new Credentials(store));
    const rows = [
      { entry: plain, address: at("https://api.example/v1"), values: { apiKey: "k" } },
      { entry: twofold, address: at("https://gate.example/v1", { nativeUrl: "" }), values: { apiKey: "k" } },
      { entry: hidden, address: nowhere, values: { endpoint: "https://a.example/x?sig=r", apiKey: "k" } },
    ];
    for (const { entry, address, values } of rows) {
      await keys.set(entry, address, values);
      assert.deepEqual(await keys.get(entry, address), values);
      for (const binding of await keys.bindings(entry)) await keys.remove(entry, binding);
      assert.equal(await keys.get(entry, address), undefined, entry.id);
      assert.equal(await keys.has(entry), false, entry.id);
    }
    assert.deepEqual([...store.all], []);
  });

  it("needs nothing for a vendor without keys", async () => {
    assert.deepEqual(await keyring().get({ ...plain, credentials: [] }, nowhere), {});
  });
});
