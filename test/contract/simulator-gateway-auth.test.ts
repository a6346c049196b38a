import assert from "node:assert/strict";
import { constants, createHash, createHmac, generateKeyPairSync, type KeyLike, sign } from "node:crypto";
import { stringToSign } from "../simulator/gateway/hmac.ts";
import { type Body, useClient } from "./control.ts";
import { type Answer, type Ask, gatewayClient, readFixture } from "./simulator-gateway-client.ts";

type Vector = { name: string; secret: string; stringToSign: string; signature: string };

const CHAT: Ask = {
  path: "/v1/chat/completions",
  headers: { "Content-Type": "application/json", Accept: "*/*" },
  body: { model: "qwen-plus", messages: [{ role: "user", content: "hi" }] },
};
const EMPTY = { "content-type": undefined };

/** A token signed here, by code that the simulator does not share. */
function token(alg: string, claims: Body, key: KeyLike | Buffer): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  const hash = alg === "EdDSA" ? null : `sha${alg.slice(2)}`;
  if (alg.startsWith("HS"))
    return `${input}.${createHmac(String(hash), key as Buffer)
      .update(input)
      .digest("base64url")}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = { key, dsaEncoding: "ieee-p1363", ...(alg.startsWith("PS") && pss) } as Parameters<
    typeof sign
  >[2];
  return `${input}.${sign(hash, Buffer.from(input), options).toString("base64url")}`;
}

describe("gateway simulator: who may call", function () {
  this.timeout(60_000);
  const { ready, client: gateway } = useClient(gatewayClient, { imageMs: 1 });

  const chat = (headers: Record<string, string>, more: Partial<Ask> = {}) =>
    gateway.send({ ...CHAT, ...more, headers: { ...CHAT.headers, ...headers } });
  const refused = (answer: Answer, status: number, text: string, header: Record<string, unknown> = EMPTY) => {
    assert.deepEqual([answer.status, answer.text], [status, text]);
    assert.equal(answer.headers["x-dashscope-call-gateway"], undefined);
    for (const [name, value] of Object.entries(header))
      if (value !== undefined) assert.equal(answer.headers[name], value);
  };

  describe("by key", () => {
    const realm = { "www-authenticate": "Key realm=MSE Gateway", "content-type": "text/plain" };
    const words = (reason: string) => `Request denied by Key Auth check. ${reason}`;

    it("takes it as Bearer, in a header of its own, in the query, and below a base path", async () => {
      const { apiKey } = ready.gateway;
      for (const answer of [
        await chat({ Authorization: `Bearer ${apiKey}` }),
        await chat({ "X-API-Key": apiKey }),
        await chat({}, { query: { apikey: apiKey } }),
        await chat({ Authorization: `Bearer ${apiKey}` }, { path: "/team-a/v1/chat/completions" }),
      ])
        assert.equal(answer.status, 200, answer.text);
      assert.equal((await gateway.charges()).length, 4);
    });

    it("refuses none, a wrong one, two, and one without rights", async () => {
      const { apiKey, forbiddenKey, direct } = ready.gateway;
      refused(await chat({}), 401, words("No API key found in request"), realm);
      refused(await chat({ Authorization: "Bearer nobody" }), 401, words("Invalid API key"), realm);
      refused(await chat({ Authorization: apiKey }), 401, words("No API key found in request"), realm);
      refused(await chat({ Authorization: `Bearer ${direct.apiKey}` }), 401, words("Invalid API key"), realm);
      const two = { Authorization: `Bearer ${apiKey}`, "X-API-Key": apiKey };
      refused(await chat(two), 401, words("Muti API key found in request"), realm);
      refused(
        await chat({ Authorization: `Bearer ${forbiddenKey}` }),
        403,
        words("Unauthorized consumer"),
        realm,
      );
      assert.deepEqual(await gateway.charges(), []);
    });

    it("says nothing of a route that is not there, to those it lets in", async () => {
      refused(await gateway.get("/v1/models"), 404, "", EMPTY);
      refused(
        await gateway.send({ method: "GET", path: "/v1/models" }),
        401,
        words("No API key found in request"),
      );
    });
  });

  describe("directly at the models' host", () => {
    it("takes the provider's key alone, and tokens made with it until they end", async () => {
      const { direct, apiKey } = ready.gateway;
      const path = "/dashscope/compatible-mode/v1/chat/completions";
      assert.equal((await chat({ Authorization: `Bearer ${direct.apiKey}` }, { path })).status, 200);
      const wrong = await chat({ Authorization: `Bearer ${apiKey}` }, { path });
      assert.deepEqual([wrong.status, (wrong.body.error as Body).code], [401, "invalid_api_key"]);

      const made = await gateway.send({
        path: "/dashscope/api/v1/tokens",
        query: { expire_in_seconds: "120" },
        headers: { Authorization: `Bearer ${direct.apiKey}` },
      });
      const short = { Authorization: `Bearer ${String(made.body.token)}` };
      assert.match(short.Authorization, /^Bearer st-/);
      assert.equal((await chat(short, { path })).status, 200);
      await gateway.advance(121_000);
      assert.equal((await chat(short, { path })).status, 401);
      const long = await gateway.call({ path: "/api/v1/tokens", query: { expire_in_seconds: "1801" } });
      assert.deepEqual([long.status, long.body.code], [400, "InvalidParameter"]);
    });

    it("has rerank below a prefix of its own, and no sound on the compatible surface", async () => {
      const headers = {
        Authorization: `Bearer ${ready.gateway.direct.apiKey}`,
        "Content-Type": "application/json",
      };
      const body = { model: "qwen3-rerank", query: "a", documents: ["a"] };
      const at = async (path: string) =>
        (await gateway.send({ path: `/dashscope${path}`, headers, body })).status;
      assert.equal(await at("/compatible-api/v1/reranks"), 200);
      assert.equal(await at("/compatible-mode/v1/reranks"), 404);
      assert.equal(await at("/compatible-mode/v1/rerank"), 404);
      assert.equal(await at("/compatible-mode/v1/audio/speech"), 404);
    });
  });

  describe("by token", () => {
    const claims = (now: number, more: Body = {}) => ({
      jti: String(now),
      iat: now,
      nbf: now - 60,
      exp: now + 7200,
      uid: "easel",
      ...more,
    });
    const seconds = () => Math.floor(Date.now() / 1000);
    const secret = () => Buffer.from(ready.gateway.jwt.jwk.k, "base64url");

    it("takes every algorithm of the contract, as Bearer or in the query", async () => {
      const { privateKeys } = ready.gateway.jwt;
      const keys: Record<string, KeyLike | Buffer> = {
        HS256: secret(),
        HS384: secret(),
        HS512: secret(),
        ...privateKeys,
      };
      assert.deepEqual(
        Object.keys(keys).toSorted(),
        ["HS", "RS", "ES", "PS"]
          .flatMap((kind) => ["256", "384", "512"].map((bits) => kind + bits))
          .concat("EdDSA")
          .toSorted(),
      );
      for (const [alg, key] of Object.entries(keys)) {
        const made = token(alg, claims(seconds()), key);
        assert.equal((await chat({ Authorization: `Bearer ${made}` })).status, 200, alg);
        assert.equal((await chat({}, { query: { access_token: made } })).status, 200, alg);
      }
    });

    it("refuses one that another key has signed, of any algorithm", async () => {
      const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      const edwards = generateKeyPairSync("ed25519").privateKey;
      const { privateKeys } = ready.gateway.jwt;
      const strangers: [string, KeyLike | Buffer][] = [
        ["HS256", Buffer.from("another")],
        ["RS256", rsa],
        ["PS512", rsa],
        ["EdDSA", edwards],
        ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey],
      ];
      for (const [alg, key] of strangers) {
        const answer = await chat({ Authorization: `Bearer ${token(alg, claims(seconds()), key)}` });
        assert.deepEqual([answer.status, answer.text], [401, "Jwt verification fails"], alg);
        assert.match(String(answer.headers["www-authenticate"]), /^Bearer realm=.*error="invalid_token"$/);
      }
      const relabelled = token("RS256", claims(seconds()), String(privateKeys.RS256)).split(".");
      relabelled[0] = Buffer.from(JSON.stringify({ alg: "RS512" })).toString("base64url");
      refused(await chat({ Authorization: `Bearer ${relabelled.join(".")}` }), 401, "Jwt verification fails");
    });

    it("holds to its times with a minute of leeway, and knows its consumer", async () => {
      const now = seconds();
      const at = async (more: Body) => {
        const answer = await chat({ Authorization: `Bearer ${token("HS256", claims(now, more), secret())}` });
        return answer.status === 200 ? 200 : [answer.status, answer.text];
      };
      assert.equal(await at({ exp: now - 30 }), 200);
      assert.deepEqual(await at({ exp: now - 120 }), [401, "Jwt is expired"]);
      assert.equal(await at({ nbf: now + 30 }), 200);
      assert.deepEqual(await at({ nbf: now + 120 }), [401, "Jwt not yet valid"]);
      assert.deepEqual(await at({ uid: "someone" }), [403, "Access Denied"]);
      const good = { Authorization: `Bearer ${token("HS256", claims(now), secret())}` };
      await gateway.fault("skew", { params: { ms: 3 * 3_600_000 } });
      refused(await chat(good), 401, "Jwt is expired");
      assert.equal((await chat(good)).status, 200);
    });

    it("says what is wrong with its form", async () => {
      const text = async (made: string) => (await chat({ Authorization: `Bearer ${made}` })).text;
      const [head, payload, signature] = token("HS256", claims(seconds()), secret()).split(".");
      assert.equal(await text(`${head}.${payload}.${signature}x`), "Jwt verification fails");
      assert.equal(await text(`%.${payload}.${signature}`), "Jwt header is an invalid JSON");
      assert.equal(await text(`${head}.x.${signature}`), "Jwt payload is an invalid JSON");
      const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
      assert.equal(await text(`${none}.${payload}.x`), "Jwt header [alg] is not supported");
      const { text: said } = await chat({}, { query: { access_token: "x" } });
      assert.equal(said, "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
    });
  });

  describe("by signature", () => {
    const fixture = readFixture("91-auth-hmac-test-vectors.json");
    const { vectors } = fixture.response.body as { vectors: Vector[] };
    /** A signed chat; `change` touches the headers after signing. */
    const signed = (
      more: Record<string, string> = {},
      {
        secret = "appSecret",
        hash = "sha256",
        body = JSON.stringify(CHAT.body),
        path = CHAT.path,
        change = {},
      }: {
        secret?: string;
        hash?: string;
        body?: string;
        path?: string;
        change?: Record<string, string>;
      } = {},
    ) => {
      const headers: Record<string, string> = {
        Accept: "*/*",
        "Content-Type": "application/json",
        "x-ca-key": "appKey",
        ...more,
      };
      const lower = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const lines = [
        "x-ca-key",
        ...Object.keys(lower).filter((name) => /^x-ca-(nonce|timestamp|signature-method)$/.test(name)),
      ].toSorted();
      const text = [
        "POST",
        lower.accept,
        lower["content-md5"] ?? "",
        lower["content-type"],
        lower.date ?? "",
        ...lines.map((name) => `${name}:${lower[name]}`),
        path,
      ].join("\n");
      const signature = createHmac(hash, secret).update(text).digest("base64");
      return gateway.send({
        path,
        body,
        headers: {
          ...headers,
          "x-ca-signature-headers": lines.join(","),
          "x-ca-signature": signature,
          ...change,
        },
      });
    };

    for (const { name, stringToSign: text, signature, secret } of vectors)
      it(`takes ${name} and nothing near it`, async () => {
        assert.equal(createHmac("sha256", secret).update(text).digest("base64"), signature);
        const { ask, target } = requestOf(text, signature);
        const passed = await gateway.send(ask);
        assert.notEqual(passed.text, "Invalid Signature");
        assert.ok([200, 404].includes(passed.status), passed.text);
        const headers = Object.fromEntries(
          Object.entries(ask.headers ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
        );
        const form = Buffer.from(typeof ask.body === "string" ? ask.body : "");
        assert.equal(stringToSign({ method: String(ask.method), target, headers, body: form }), text);

        const near = { ...ask.headers, "x-ca-signature": `A${signature.slice(1)}` };
        const answer = await gateway.send({ ...ask, headers: near });
        refused(answer, 400, "Invalid Signature", {
          "x-ca-error-message": `Server StringToSign:\`${text.replaceAll("\n", "#")}\``,
        });
      });

    it("takes SHA-1 when told, and a body's hash when it fits", async () => {
      const body = JSON.stringify(CHAT.body);
      const md5 = createHash("md5").update(body).digest("base64");
      assert.equal((await signed({ "x-ca-signature-method": "HmacSHA1" }, { hash: "sha1" })).status, 200);
      assert.equal((await signed({ "Content-MD5": md5 })).status, 200);
      refused(await signed({ "Content-MD5": md5 }, { body: `${body} ` }), 400, "Invalid Content-MD5");
    });

    it("refuses strangers, what is not signed, and what was changed afterwards", async () => {
      refused(await signed({ "x-ca-key": "nobody" }), 401, "Invalid Key");
      refused(await signed({}, { change: { "x-ca-signature": "" } }), 401, "Empty Signature");
      refused(await signed({ "x-ca-key": "outsiderKey" }), 403, "Unauthorized Consumer");
      assert.equal((await signed({}, { change: { Accept: "application/json" } })).text, "Invalid Signature");
      assert.equal((await signed({}, { secret: "x" })).text, "Invalid Signature");
      assert.equal(
        (await signed({ "x-ca-nonce": "1" }, { change: { "x-ca-nonce": "2" } })).text,
        "Invalid Signature",
      );
    });

    it("never signs twice what has a line of its own", async () => {
      const headers = { Accept: "*/*", "Content-Type": "application/json", "x-ca-key": "appKey" };
      const text = `POST\n*/*\n\napplication/json\n\nx-ca-key:appKey\n${CHAT.path}`;
      const signature = createHmac("sha256", "appSecret").update(text).digest("base64");
      const names =
        "Accept, content-type, X-Ca-Key, x-ca-signature, x-ca-signature-headers, date, content-md5";
      const all = { ...headers, "x-ca-signature-headers": names, "x-ca-signature": signature };
      assert.equal((await gateway.send({ ...CHAT, headers: all })).status, 200);
    });

    it("checks the date of the consumer that is held to it", async () => {
      const dated = (more: Record<string, string>) => signed({ "x-ca-key": "datedKey", ...more });
      const now = Date.now();
      assert.equal((await dated({ Date: new Date(now).toUTCString() })).status, 200);
      assert.equal((await dated({ "x-ca-timestamp": String(now) })).status, 200);
      assert.equal((await dated({ "x-ca-timestamp": String(Math.floor(now / 1000)) })).status, 200);
      refused(await dated({ Date: new Date(now - 400_000).toUTCString() }), 400, "Invalid Date");
      refused(await dated({ "x-ca-timestamp": String(now + 400_000) }), 400, "Invalid Date");
      refused(await dated({}), 400, "Invalid Date");
    });

    it("takes an empty parameter in either spelling", async () => {
      for (const path of ["/v1/chat/completions?a=", "/v1/chat/completions?a"]) {
        const headers = { Accept: "*/*", "Content-Type": "application/json", "x-ca-key": "appKey" };
        const text = `POST\n*/*\n\napplication/json\n\n${path}`;
        const signature = createHmac("sha256", "appSecret").update(text).digest("base64");
        const ask = {
          path: "/v1/chat/completions?a=",
          body: CHAT.body,
          headers: { ...headers, "x-ca-signature": signature },
        };
        assert.equal((await gateway.send(ask)).status, 200, path);
      }
    });
  });
});

/** The request that a vector's string was made of. */
function requestOf(text: string, signature: string): { ask: Ask; target: string } {
  const [method = "", accept = "", md5 = "", type = "", date = "", ...rest] = text.split("\n");
  const signed = rest.slice(0, -1).map((line) => line.split(/:(.*)/, 2) as [string, string]);
  const [path = "", query] = (rest.at(-1) ?? "").split("?");
  const headers = {
    Accept: accept,
    "x-ca-key": "appKey",
    ...(type !== "" && { "Content-Type": type }),
    ...(md5 !== "" && { "Content-MD5": md5 }),
    ...(date !== "" && { Date: date }),
    ...Object.fromEntries(signed),
    ...(signed.length > 0 && { "x-ca-signature-headers": signed.map(([name]) => name).join(",") }),
    "x-ca-signature": signature,
  };
  const chat = path.endsWith("/chat/completions") ? CHAT.body : undefined;
  return {
    ask: { method, path, headers, ...((query ?? chat) !== undefined && { body: query ?? chat }) },
    target: path,
  };
}
