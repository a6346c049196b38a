import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { authKinds, routeChoices, settingsOf } from "../../../../src/vendors/gateway/settings.ts";

interface Property {
  enum?: string[];
  properties?: Record<string, Property>;
}

const manifest = JSON.parse(readFileSync(new URL("../../../../package.json", import.meta.url), "utf8")) as {
  contributes: { configuration: { properties: Record<string, Property> } };
};
const { properties } = manifest.contributes.configuration;

describe("AI Gateway settings", () => {
  it("take the values that package.json offers", () => {
    assert.deepEqual(properties["easel.gateway.auth"]?.enum, authKinds);
    const routes = properties["easel.gateway.routes"]?.properties ?? {};
    assert.deepEqual(
      Object.fromEntries(Object.entries(routes).map(([name, { enum: values }]) => [name, values])),
      routeChoices,
    );
  });

  it("are their defaults where they are missing, empty or not understood", () => {
    const defaults = {
      auth: "apiKey",
      keyLocation: "authorization",
      nativeUrl: "",
      routes: { rerank: "auto", speech: "auto", transcript: "auto" },
      models: {},
    };
    assert.deepEqual(settingsOf({}), defaults);
    const odd = { auth: "magic", keyLocation: " ", nativeUrl: 1, routes: { rerank: "best" }, models: "qwen" };
    assert.deepEqual(settingsOf({ settings: odd }), defaults);
    assert.equal(
      settingsOf({ settings: { routes: { speech: "openai", rerank: 1 } } }).routes.speech,
      "openai",
    );
  });
});
