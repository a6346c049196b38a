import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { authHeaders, learnClock } from "../../../../src/vendors/kling/auth/auth.ts";
import { createToken } from "../../../../src/vendors/kling/auth/jwt.ts";

interface Vector {
  name: string;
  accessKey: string;
  secretKey: string;
  verifyAt: number;
  token: string;
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../fixtures/contracts/kling/jwt-vectors.json", import.meta.url), "utf8"),
) as { accept: Vector[]; reject: Partial<Vector>[] };

const start = 1_767_225_600_000;
let time = start;
let addresses = 0;

/** A caller at an address of its own, so that nothing is left over from another test. */
function caller(credentials: Record<string, string> = { accessKey: "ak", secretKey: "sk" }) {
  addresses += 1;
  const clock = { now: () => time, sleep: async () => undefined };
  return { credentials, baseUrl: `https://kling-${addresses}.example`, clock };
}

function claimsOf(authorization = ""): { iss: string; nbf: number; exp: number } {
  const [, claims = ""] = authorization.replace("Bearer ", "").split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
}

describe("Kling tokens", () => {
  beforeEach(() => {
    time = start;
  });

  it("are the vendor's own, byte for byte, also with a secret of symbols and UTF-8", () => {
    for (const name of ["vendor-sample-claims", "secret-with-symbols-and-utf8"]) {
      const vector = vectors.accept.find((each) => each.name === name);
      assert.ok(vector, name);
      assert.equal(createToken(vector, vector.verifyAt), vector.token, name);
    }
  });

  it("are none of those that the vendor rejects", () => {
    const { accessKey, secretKey, verifyAt } = vectors.accept[0] ?? ({} as Vector);
    const token = createToken({ accessKey, secretKey }, verifyAt);
    const same = vectors.reject.filter((each) => each.token === token).map(({ name }) => name);
    assert.deepEqual(same, ["expired"]);
  });

  it("are made once and used until near their end, then made anew", () => {
    const who = caller();
    const { authorization } = authHeaders(who);
    time += 24 * 60_000;
    assert.equal(authHeaders(who).authorization, authorization);
    time += 2 * 60_000;
    const later = authHeaders(who).authorization;
    assert.notEqual(later, authorization);
    assert.ok(claimsOf(later).exp * 1000 > time + 5 * 60_000);
  });

  it("are good for a vendor whose clock is half a minute behind", () => {
    assert.ok(claimsOf(authHeaders(caller()).authorization).nbf <= start / 1000 - 30);
  });

  it("are not shared between keys or addresses", () => {
    const [one, other] = [caller(), caller({ accessKey: "ak2", secretKey: "sk" })];
    assert.equal(claimsOf(authHeaders(one).authorization).iss, "ak");
    assert.equal(claimsOf(authHeaders(other).authorization).iss, "ak2");
  });

  it("follow the vendor's clock once its answers tell it", () => {
    const who = caller();
    const before = authHeaders(who).authorization;
    learnClock(who, { date: new Date(start - 3_600_000).toUTCString() });
    const after = authHeaders(who).authorization;
    assert.notEqual(after, before);
    assert.ok(claimsOf(after).nbf < (start - 3_600_000) / 1000);
    learnClock(who, { date: new Date(start - 3_590_000).toUTCString() });
    assert.equal(authHeaders(who).authorization, after, "seconds are no news");
    learnClock(who, {});
    learnClock(who, { date: "yesterday" });
    assert.equal(authHeaders(who).authorization, after);
  });

  it("are not made where there is an API key", () => {
    assert.equal(authHeaders(caller({ apiKey: "k", accessKey: "ak" })).authorization, "Bearer k");
  });
});
