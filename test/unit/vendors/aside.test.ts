import assert from "node:assert/strict";
import { realClock } from "../../../src/net/clock.ts";
import { asideContext, withoutKeys } from "../../../src/vendors/aside.ts";
import { VendorError } from "../../../src/vendors/errors.ts";

const credentials = { apiKey: "key-canary-1234", issuer: "" };
const unused = () => assert.fail("nothing is called");

function context() {
  return asideContext({
    entry: { id: "kling" },
    baseUrl: "https://a.example",
    settings: { auth: "apiKey" },
    credentials,
    net: {
      free: () => ({ get: unused, ask: unused, withdraw: unused }),
      billable: () => ({ send: unused }),
    },
    clock: realClock,
    signal: new AbortController().signal,
  });
}

describe("calls beside the jobs", () => {
  it("send a step once, whatever comes of it", async () => {
    const { spend } = context();
    await assert.rejects(spend("chat", async () => Promise.reject(new Error("broke"))));
    await assert.rejects(
      spend("chat", async () => assert.fail("sent twice")),
      (error: unknown) => error instanceof VendorError && error.facts.next === "alreadySent",
    );
    assert.equal(await spend("another", async () => 1), 1);
  });

  it("have a fresh id each, fit to be sent along", () => {
    const [one, other] = [context(), context()];
    assert.match(one.jobId, /^[\w-]{10,64}$/);
    assert.notEqual(one.jobId, other.jobId);
  });

  it("fail without the keys of the call (P-07)", () => {
    const facts = { reason: "credentials", sent: "refused" } as const;
    const error = withoutKeys(
      new VendorError({ ...facts, vendorMessage: "key-canary-1234 is bad" }),
      credentials,
    );
    assert.ok(error instanceof VendorError);
    assert.deepEqual(error.facts, { ...facts, vendorMessage: "*** is bad" });
    const other = new TypeError("not about the vendor");
    assert.equal(withoutKeys(other, credentials), other);
  });
});
