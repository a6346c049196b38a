// Run in a process of its own: `fetch` and its dispatcher before and after Easel's transport is used. argv: url, when.
import assert from "node:assert/strict";
import { createNet } from "../../../../src/net/net.ts";

const [, , url = "", when] = process.argv;
const names = () =>
  Object.getOwnPropertySymbols(globalThis)
    .filter((symbol) => symbol.description?.startsWith("undici."))
    .map((symbol) => [symbol.description, Object.getOwnPropertyDescriptor(globalThis, symbol)]);

const fetchBefore = globalThis.fetch;
if (when === "fetchFirst") await (await fetch(url)).text();
const before = names();
let dispatched = 0;
if (when === "replaced") {
  const own = { dispatch: () => dispatched++ };
  Reflect.set(globalThis, Symbol.for("undici.globalDispatcher.1"), own);
  before.splice(0, before.length, ...names());
}
const net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
await (await net.free({ vendor: "x", keyId: "k" }).get({ url })).text();
assert.deepEqual(names(), before);
assert.equal(globalThis.fetch, fetchBefore);
if (when === "replaced") {
  void fetch(url).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(dispatched, 1);
} else {
  assert.equal(await (await fetch(url)).text(), "ok");
  // Node's own fetch, not undici 8's: its dispatcher is not one of the package's classes.
  const { default: undici } = await import("undici");
  const dispatcher: unknown = Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1"));
  assert(dispatcher && !(dispatcher instanceof undici.Agent));
  assert.equal(dispatcher.constructor.name, "Agent");
}
await net.close();
console.log(process.version);
process.exit(0);
