import assert from "node:assert/strict";
import { tokenFault } from "../simulator/kling/jwt.ts";
import { FIXTURE_TIME, readFixture, token } from "./kling-client.ts";
import { TEXT, useKling } from "./simulator-kling-client.ts";

describe("simulator: Kling's keys", () => {
  const { ready, kling } = useKling();

  describe("credentials", () => {
    type Vector = { name: string; accessKey?: string; secretKey?: string; verifyAt?: number; token: string };
    const vectors = readFixture<{
      accept: Vector[];
      reject: (Vector & { expect: { code: number } })[];
    }>("jwt-vectors.json");
    const verdict = ({ accessKey, secretKey, verifyAt, token: text }: Vector) =>
      tokenFault(text, (key) => (key === accessKey ? secretKey : undefined), verifyAt ?? FIXTURE_TIME / 1000)
        ?.code;
    for (const vector of vectors.accept)
      it(`accepts ${vector.name}`, () => assert.equal(verdict(vector), undefined));
    for (const vector of vectors.reject)
      it(`refuses ${vector.name}`, () => assert.equal(verdict(vector), vector.expect.code));

    const tried = async (authorization: string, path = `${TEXT}/none`, method = "GET") => {
      const { status, body } = await kling.call(
        method,
        path,
        method === "GET" ? undefined : {},
        authorization,
      );
      return [status, body.code];
    };
    it("holds the window of a token against the simulated clock, and a skewed one", async () => {
      const { accessKey, secretKey } = ready.kling;
      const bearer = `Bearer ${token(accessKey, secretKey, FIXTURE_TIME / 1000)}`;
      assert.deepEqual(await tried(bearer), [400, 1201]);
      await kling.fault("skew", { params: { ms: -60_000 } });
      assert.deepEqual(await tried(bearer), [401, 1003]);
      await kling.fault("skew", { params: { ms: 1_900_000 } });
      assert.deepEqual(await tried(bearer), [401, 1004]);
      const lasting = token(accessKey, secretKey, FIXTURE_TIME / 1000, { exp: undefined });
      assert.deepEqual(await tried(`Bearer ${lasting}`), [401, 1000]);
      const other = token(accessKey, secretKey, FIXTURE_TIME / 1000, {}, "HS512");
      assert.deepEqual(await tried(`Bearer ${other}`), [401, 1002]);
    });
    it("takes the API key everywhere, and nothing else on the newer paths", async () => {
      const { apiKey, accessKey, secretKey } = ready.kling;
      assert.deepEqual(await tried(`Bearer ${apiKey}`), [400, 1201]);
      assert.deepEqual(await tried(`Bearer ${apiKey}`, "/tasks?task_ids=0"), [200, 0]);
      const bearer = `Bearer ${token(accessKey, secretKey, FIXTURE_TIME / 1000)}`;
      for (const [method, path] of [
        ["GET", "/tasks?task_ids=0"],
        ["POST", "/omni-video/kling-o1"],
        ["POST", "/account/billing/balance"],
      ] as const)
        assert.deepEqual(await tried(bearer, path, method), [401, 1002]);
    });
    it("tells an empty header from a wrong one", async () => {
      assert.deepEqual(await tried(""), [401, 1001]);
      assert.deepEqual(await tried("Basic x"), [401, 1002]);
      assert.deepEqual(await tried("Bearer other-key"), [401, 1002]);
    });
  });
});
