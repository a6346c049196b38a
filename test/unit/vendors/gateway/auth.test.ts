import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify as verifySignature } from "node:crypto";
import { readFileSync } from "node:fs";
import type { VendorContext } from "../../../../src/vendors/contract.ts";
import { VendorError } from "../../../../src/vendors/errors.ts";
import { authorize } from "../../../../src/vendors/gateway/auth/auth.ts";
import { signature, stringToSign } from "../../../../src/vendors/gateway/auth/hmac.ts";
import { readSigningKey } from "../../../../src/vendors/gateway/auth/jwk.ts";
import { createToken, tokenLifeSeconds } from "../../../../src/vendors/gateway/auth/jwt.ts";

interface Vector {
  name: string;
  secret: string;
  stringToSign: string;
  signature: string;
}

function fixture<T>(name: string): T {
  const url = new URL(`../../../fixtures/contracts/alibaba-ai-gateway/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as T;
}

const { vectors } = fixture<{ response: { body: { vectors: Vector[] } } }>("91-auth-hmac-test-vectors")
  .response.body;
const signedChat = fixture<{ request: { headers: Record<string, string> } }>("90-auth-hmac-chat").request;

const start = Date.UTC(2026, 0, 1);
let time = start;
const clock = { now: () => time, sleep: async () => undefined };

function callerOf(
  credentials: Record<string, string>,
  settings: NonNullable<VendorContext["settings"]> = {},
): Pick<VendorContext, "credentials" | "settings" | "clock"> {
  return { credentials, settings, clock };
}

function call(caller: ReturnType<typeof callerOf>, url = "https://gateway.example/v1/chat/completions") {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return authorize(caller, { method: "POST", url: new URL(url), headers });
}

/** What a signed vector's text says went out: the inverse of {@link stringToSign}. */
function outgoingOf({ stringToSign: text }: Vector) {
  const lines = text.split("\n");
  const [method = "", accept = "", md5 = "", type = "", date = ""] = lines;
  const names = lines.slice(5, -1).map((line) => line.split(":") as [string, string]);
  const headers = Object.fromEntries(
    [["accept", accept], ["content-md5", md5], ["content-type", type], ["date", date], ...names].filter(
      ([, value]) => value !== "",
    ),
  );
  const outgoing = {
    method: method.toLowerCase(),
    url: new URL(`https://g.example${lines.at(-1)}`),
    headers,
  };
  return { outgoing, signed: names.map(([name]) => name) };
}

describe("AI Gateway API key", () => {
  it("stands where the gateway looks for it: Authorization, a header, or a query parameter", () => {
    const key = { apiKey: "sesame" };
    assert.equal(call(callerOf(key)).headers.authorization, "Bearer sesame");
    const header = call(callerOf(key, { keyLocation: "header:X-API-Key" })).headers;
    assert.equal(header["x-api-key"], "sesame");
    assert.equal(header.authorization, undefined);
    const query = call(callerOf(key, { keyLocation: "query:apikey" }), "https://g.example/v1/x?a=1");
    assert.equal(query.url.href, "https://g.example/v1/x?a=1&apikey=sesame");
    assert.equal(query.headers.authorization, undefined);
  });

  it("goes nowhere when the place is not one, and is asked for when there is none", () => {
    const facts = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        if (error instanceof VendorError) return error.facts;
      }
      return undefined;
    };
    assert.equal(facts(() => call(callerOf({ apiKey: "k" }, { keyLocation: "cookie:x" })))?.sent, "no");
    assert.equal(facts(() => call(callerOf({ apiKey: "k" }, { auth: "hmac" })))?.next, "enterCredentials");
    assert.equal(facts(() => call(callerOf({})))?.next, "enterCredentials");
  });
});

describe("AI Gateway signatures", () => {
  for (const vector of vectors) {
    it(`are the published ones: ${vector.name}`, () => {
      const { outgoing, signed } = outgoingOf(vector);
      assert.equal(stringToSign(outgoing, signed), vector.stringToSign);
      assert.equal(signature(vector.stringToSign, vector.secret), vector.signature);
    });
  }

  it("name no header that has a line of its own, and sort the rest and the query by decoded values", () => {
    const headers = { accept: "a", "content-type": "t", "x-b": "2", "x-a": "1" };
    const url = new URL("https://g.example/p/%E5%9B%BE?b=%20X&a=1");
    assert.equal(
      stringToSign({ method: "get", url, headers }, ["x-b", "accept", "x-a", "content-type", "date"]),
      "GET\na\n\nt\n\nx-a:1\nx-b:2\n/p/%E5%9B%BE?a=1&b= X",
    );
  });

  it("cover what is sent: the same headers signed again give the same signature, with a new nonce each time", () => {
    const caller = callerOf({ accessKey: "appKey", secretKey: "appSecret" }, { auth: "hmac" });
    const { headers, url } = call(caller);
    const names = headers["x-ca-signature-headers"]?.split(",") ?? [];
    assert.deepEqual(names, signedChat.headers["x-ca-signature-headers"]?.split(","));
    const again = signature(stringToSign({ method: "POST", url, headers }, names), "appSecret");
    assert.equal(headers["x-ca-signature"], again);
    assert.equal(headers["x-ca-timestamp"], String(time));
    assert.notEqual(call(caller).headers["x-ca-nonce"], headers["x-ca-nonce"]);
    assert.equal(headers.authorization, undefined);
  });
});

describe("AI Gateway tokens", () => {
  const secret = Buffer.from("a secret of thirty-two characters!").toString("base64url");
  const oct = JSON.stringify({ kty: "oct", k: secret, kid: "key-1" });

  function part(token: string, index: number): Record<string, unknown> {
    const text = token.replace("Bearer ", "").split(".")[index] ?? "";
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  }

  beforeEach(() => {
    time = start;
  });

  it("hold the claims that the gateway reads", () => {
    const credentials = { jwtKey: oct, consumer: "team-a", issuer: "easel.test" };
    const token = call(callerOf(credentials, { auth: "jwt" })).headers.authorization ?? "";
    const iat = start / 1000;
    assert.deepEqual(part(token, 0), { alg: "HS256", typ: "JWT", kid: "key-1" });
    assert.deepEqual(part(token, 1), {
      jti: String(iat),
      iat,
      nbf: iat - 60,
      exp: iat + 7200,
      uid: "team-a",
      iss: "easel.test",
    });
  });

  it("are made once and used until near their end, and never shared between consumers", () => {
    const settings = { auth: "jwt" };
    const of = (consumer: string) =>
      call(callerOf({ jwtKey: oct, consumer }, settings)).headers.authorization;
    const first = of("one");
    time += (tokenLifeSeconds - 301) * 1000;
    assert.equal(of("one"), first);
    assert.notEqual(of("two"), first);
    time += 2_000;
    const second = of("one");
    assert.notEqual(second, first);
    time = start - 60_000;
    assert.notEqual(of("one"), second, "a clock set back makes a new one");
  });

  it("keep their Bearer in a header of another name, and stand alone in a query", () => {
    const credentials = { jwtKey: oct, consumer: "c" };
    const header = call(callerOf(credentials, { auth: "jwt", keyLocation: "header:X-Token" })).headers;
    assert.match(header["x-token"] ?? "", /^Bearer eyJ/);
    const query = call(callerOf(credentials, { auth: "jwt", keyLocation: "query:access_token" })).url;
    assert.match(query.searchParams.get("access_token") ?? "", /^eyJ/);
  });

  const asymmetric = [
    { alg: "RS256", pair: generateKeyPairSync("rsa", { modulusLength: 2048 }), hash: "sha256" },
    { alg: "PS384", pair: generateKeyPairSync("rsa", { modulusLength: 2048 }), hash: "sha384" },
    { alg: "ES256", pair: generateKeyPairSync("ec", { namedCurve: "P-256" }), hash: "sha256" },
    { alg: "ES512", pair: generateKeyPairSync("ec", { namedCurve: "P-521" }), hash: "sha512" },
    { alg: "EdDSA", pair: generateKeyPairSync("ed25519"), hash: null },
  ] as const;
  for (const { alg, pair, hash } of asymmetric) {
    it(`signed with ${alg} are good for its public key, whether it came as a JWK or as PEM`, () => {
      const jwk = { ...pair.privateKey.export({ format: "jwk" }), alg };
      const pem = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
      const texts = [JSON.stringify(jwk), JSON.stringify({ kty: jwk.kty, alg, private_key: pem })];
      if (alg !== "PS384") texts.push(pem, JSON.stringify({ keys: [jwk] }));
      for (const text of texts) {
        const key = readSigningKey(text);
        assert.ok(key, text.slice(0, 30));
        assert.equal(key.algorithm, alg);
        const [head, claims, sign = ""] = createToken(key, { consumer: "c" }, 1).split(".");
        const isGood = verifySignature(
          hash,
          Buffer.from(`${head}.${claims}`),
          {
            key: createPublicKey(pair.publicKey.export({ format: "pem", type: "spki" })),
            ...(alg.startsWith("ES") ? { dsaEncoding: "ieee-p1363" } : {}),
            ...(alg.startsWith("PS") ? { padding: 6, saltLength: 48 } : {}),
          },
          Buffer.from(sign, "base64url"),
        );
        assert.ok(isGood, text.slice(0, 30));
      }
    });
  }

  it("are not made of what cannot sign", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const cannot = [
      "",
      "secret",
      "{",
      JSON.stringify({ kty: "oct", k: "" }),
      JSON.stringify({ kty: "oct", k: secret, alg: "none" }),
      JSON.stringify({ keys: [] }),
      JSON.stringify(publicKey.export({ format: "jwk" })),
      publicKey.export({ format: "pem", type: "spki" }).toString(),
    ];
    for (const text of cannot) assert.equal(readSigningKey(text), undefined, text);
    assert.throws(
      () => call(callerOf({ jwtKey: "secret", consumer: "c" }, { auth: "jwt" })),
      (error) => error instanceof VendorError && error.facts.next === "jwtKey" && error.facts.sent === "no",
    );
  });
});
