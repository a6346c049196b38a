import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { realClock } from "../../src/net/clock.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { type TestContext, testContext } from "./context.ts";
import { chatted, errorFacts } from "./gateway-client.ts";

/** Each fault, and what a call beside the jobs ends in. */
const faults: [name: string, plays: object, ends: string][] = [
  ["connection refused", { kind: "refuse", times: 1 }, "unavailable no | ambiguous unknown"],
  ["reset before the answer", { kind: "reset", params: { billed: true } }, "ambiguous unknown"],
  ["reset within the answer", { kind: "resetBody" }, "ambiguous unknown | protocol unknown"],
  ["401", { kind: "status", params: { status: 401 } }, "credentials refused"],
  ["403", { kind: "status", params: { status: 403 } }, "credentials refused"],
  ["408", { kind: "status", params: { status: 408, billed: true } }, "ambiguous unknown"],
  ["413", { kind: "status", params: { status: 413 } }, "invalid refused"],
  ["429", { kind: "status", params: { status: 429 } }, "rateLimit refused"],
  ["500", { kind: "status", params: { status: 500, billed: true } }, "ambiguous unknown"],
  ["502 as HTML", { kind: "html", params: { billed: true } }, "ambiguous unknown"],
  ["a page with status 200", { kind: "html", params: { status: 200, billed: true } }, "protocol unknown"],
  ["503", { kind: "status", params: { status: 503, billed: true } }, "ambiguous unknown"],
  ["malformed JSON", { kind: "malformed" }, "protocol unknown"],
  ["JSON of another shape", { kind: "wrongShape" }, "protocol unknown"],
  ["JSON that is no object", { kind: "wrongShape", params: { body: [1, 2] } }, "protocol unknown"],
  ["empty answer", { kind: "empty" }, "protocol unknown"],
  ["slow answer", { kind: "slow", params: { ms: 200 } }, "fine"],
];

describe("AI Gateway, calls beside the jobs: every fault ends as it has to, and nothing is sent twice", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let plain: TestContext;

  before(async () => {
    simulator = await startSimulator({ imageMs: 1 });
    plain = testContext(simulator.ready.gateway.baseUrl, { apiKey: simulator.ready.gateway.apiKey });
  });
  after(async () => {
    await plain.net.close();
    await simulator.close();
  });

  const control = async (method: string, path: string, body?: object) =>
    fetch(simulator.ready.control.baseUrl + path, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  const calls: Record<
    string,
    (context: VendorContext) => Promise<{ reason: string; sent: string } | undefined>
  > = {
    chat: async (context) => (await chatted(context)).error,
    embed: (context) => errorFacts(gateway.embed?.(["text"], "query", context)),
    rerank: (context) => errorFacts(gateway.rerank?.("query", ["a", "b"], context)),
  };

  for (const [name, run] of Object.entries(calls)) {
    for (const [fault, plays, ends] of faults) {
      it(`${name}: ${fault}`, async () => {
        await control("POST", "/reset", {});
        await control("POST", "/faults", { vendor: "gateway", method: "POST", ...plays });
        let steps = 0;
        const context: VendorContext = {
          ...plain,
          jobId: randomUUID(),
          clock: realClock,
          spend(step, send) {
            steps++;
            return plain.spend(step, send);
          },
        };
        const facts = await run(context);
        const found = facts ? `${facts.reason} ${facts.sent}` : "fine";
        assert.ok(ends.split(" | ").includes(found), `${found} is not ${ends}`);
        assert.equal(steps, 1);
        const charges = (await (await control("GET", "/charges")).json()) as unknown[];
        assert.ok(charges.length <= 1);
      });
    }
  }
});
