import assert from "node:assert/strict";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { testContext } from "../contract/context.ts";
import { context } from "./context.ts";

/** Everything in this process that a `fetch` of another extension goes through. */
function transportOfOthers(): [string, PropertyDescriptor | undefined][] {
  const names = ["fetch", "Request", "Response", "Headers", "FormData", "WebSocket", "EventSource"];
  const symbols = Object.getOwnPropertySymbols(globalThis).filter((symbol) => /undici/.test(String(symbol)));
  return [...names, ...symbols].map((key) => [String(key), Object.getOwnPropertyDescriptor(globalThis, key)]);
}

describe("the transport in the extension host", () => {
  it("leaves the fetch of other extensions as it was, through a whole Seedream call", async () => {
    const { seedream: at, control } = context.simulator;
    // The first fetch of a process sets up what later ones use.
    const look = async () => (await fetch(`${control.baseUrl}/charges`)).json() as Promise<unknown[]>;
    const charges = (await look()).length;
    const before = transportOfOthers();
    const { net, ...vendorContext } = testContext(at.baseUrl, { apiKey: at.apiKey });
    const request = {
      operation: "text-to-image",
      model: "seedream-4-5",
      prompt: "A quiet one [size 64x64]",
      inputs: [],
      options: { count: 1 },
    } as const;
    const told: string[] = [];
    for await (const { type } of seedream.start(request, vendorContext)) told.push(type);
    await net.close();
    assert.ok(told.includes("output") && told.includes("done"), told.join());
    assert.deepEqual(transportOfOthers(), before);
    assert.equal((await look()).length, charges + 1, "and it works as before");
  });
});
