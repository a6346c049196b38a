import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { GatewayRefusal } from "../simulator/visual/gateway.ts";
import { authenticate } from "../simulator/visual/signature.ts";
import type { Body } from "./control.ts";
import { FIXTURE_KEYS, FIXTURE_TIME, FIXTURES, readFixture } from "./visual-client.ts";

describe("simulator: signatures of Visual", () => {
  type Signed = {
    name: string;
    input: {
      accessKeyId: string;
      secretKey: string;
      sessionToken?: string;
      date: string;
      method: string;
      query: Record<string, string | string[]>;
      host: string;
      path: string;
      body?: string;
      contentType?: string;
      extraHeaders?: Record<string, string>;
    };
    fullHeaders?: { sendHeaders: Record<string, string> };
    nodeSigner: { sendHeaders?: Record<string, string>; authorization?: string; queryString?: string };
    nodeSignerWithHostHeader?: { authorization: string };
  };
  type Rejected = {
    name: string;
    secretKeyOfServer: string;
    request: {
      method: string;
      host: string;
      path: string;
      query: Record<string, string>;
      headers: Record<string, string>;
      body: string;
    };
    expect: { gatewayCode: string };
  };
  const vectors = readFixture<{
    vectors: Signed[];
    nodeOnlyVectors: Signed[];
    presignedVectors: Signed[];
    mustReject: { vectors: Rejected[] };
  }>("signing-vectors.json");

  const lower = (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const queryOf = (query: Record<string, string | string[]>) =>
    new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, one]),
      ),
    );
  /** The gateway's word on a request; undefined when it lets it in. */
  const verdict = (
    { input }: Pick<Signed, "input">,
    headers: Record<string, string>,
    query = queryOf(input.query),
    now = Date.parse(input.date),
  ) => {
    const account = {
      accessKeyId: input.accessKeyId,
      secret: input.secretKey,
      ...(input.sessionToken !== undefined && { token: input.sessionToken }),
    };
    const request = {
      method: input.method,
      path: input.path,
      query,
      headers: { host: input.host, ...lower(headers) },
      body: Buffer.from(input.body ?? ""),
    };
    try {
      authenticate(request, (id) => (id === account.accessKeyId ? account : undefined), now);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof GatewayRefusal);
      return error.code;
    }
  };

  for (const vector of vectors.vectors) {
    const full = vector.fullHeaders?.sendHeaders ?? {};
    const node = vector.nodeSigner.sendHeaders ?? {};
    const withHost = { ...node, Authorization: vector.nodeSignerWithHostHeader?.authorization ?? "" };
    it(`${vector.name}: every set of headers is accepted, and none after a change`, () => {
      for (const headers of [full, node, withHost]) {
        assert.equal(verdict(vector, headers), undefined);
        const other = { input: { ...vector.input, body: `${vector.input.body} ` } };
        assert.equal(verdict(other, headers), "SignatureDoesNotMatch");
        const query = queryOf({ ...vector.input.query, More: "1" });
        assert.equal(verdict(vector, headers, query), "SignatureDoesNotMatch");
      }
      const retyped = (headers: Record<string, string>) => ({
        ...headers,
        "Content-Type": "application/xml",
      });
      assert.equal(verdict(vector, retyped(full)), "SignatureDoesNotMatch");
      assert.equal(verdict(vector, retyped(node)), undefined);
    });
  }
  for (const vector of vectors.nodeOnlyVectors)
    it(`accepts ${vector.name}`, () => {
      const { input, nodeSigner } = vector;
      const canonical = String((nodeSigner as Body).canonicalRequest);
      const said = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(canonical)?.[1] ?? "";
      const headers = {
        ...input.extraHeaders,
        "X-Date": said("x-date"),
        "X-Content-Sha256": said("x-content-sha256"),
        Authorization: nodeSigner.authorization ?? "",
      };
      assert.equal(verdict(vector, headers), undefined);
    });
  for (const vector of vectors.presignedVectors)
    it(`accepts ${vector.name}`, () => {
      const query = new URLSearchParams(vector.nodeSigner.queryString);
      assert.equal(verdict(vector, {}, query), undefined);
      const bodied = { input: { ...vector.input, body: "not signed" } };
      assert.equal(verdict(bodied, {}, query), undefined);
      query.set("Action", "CVCancelTask");
      assert.equal(verdict(vector, {}, query), "SignatureDoesNotMatch");
      query.set("Action", "CVProcess");
      query.set("More", "unsigned");
      assert.equal(verdict(vector, {}, query), "SignatureDoesNotMatch");
    });
  for (const { name, request, secretKeyOfServer, expect } of vectors.mustReject.vectors)
    it(`refuses ${name}`, () => {
      const now = Date.UTC(2024, 0, 15, 12);
      const input = { ...request, accessKeyId: "AKTEST", secretKey: secretKeyOfServer, date: "" };
      assert.equal(verdict({ input }, request.headers, queryOf(request.query), now), expect.gatewayCode);
    });
  for (const file of readdirSync(FIXTURES).filter((name) => /^[0-7]/.test(name)))
    it(`${file}: its Authorization is judged as it has to be`, () => {
      const { method, path, query, headers, body } = readFixture(file).request;
      const input = {
        method,
        path,
        query,
        host: "",
        accessKeyId: FIXTURE_KEYS.accessKeyId,
        secretKey: FIXTURE_KEYS.secret,
        date: "",
        body: JSON.stringify(body),
      };
      const expected = { "70": "SignatureDoesNotMatch", "73": "ServiceNotFound" }[file.slice(0, 2)];
      assert.equal(verdict({ input }, headers, queryOf(query), FIXTURE_TIME), expected);
    });
});
