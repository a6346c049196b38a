import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { signedHeaders } from "../../../../src/vendors/visual/sign/sign.ts";

interface Input {
  accessKeyId: string;
  secretKey: string;
  sessionToken?: string;
  date: string;
  method: "POST";
  host: string;
  path: string;
  query: Record<string, string | string[]>;
  contentType: string;
  body: string;
}

const file = new URL("../../../fixtures/contracts/volcengine-visual/signing-vectors.json", import.meta.url);
const { vectors, mustReject } = JSON.parse(readFileSync(file, "utf8")) as {
  vectors: { name: string; input: Input; fullHeaders: { sendHeaders: Record<string, string> } }[];
  mustReject: { vectors: { name: string; request: { headers: Record<string, string>; body: string } }[] };
};

function signed({ host, path, query, date, ...input }: Input) {
  const url = new URL(`https://${host}${path}`);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const { method, contentType, accessKeyId, secretKey, sessionToken } = input;
  return signedHeaders(
    { method, url, contentType, body: Buffer.from(input.body), at: Date.parse(date) },
    { accessKeyId, secretAccessKey: secretKey, ...(sessionToken ? { sessionToken } : {}) },
  );
}

describe("the signature of Volcengine Visual", () => {
  for (const { name, input, fullHeaders } of vectors) {
    it(`is the published one: ${name}`, () => {
      const { Host: _host, ...expected } = fullHeaders.sendHeaders;
      const lowered = Object.entries(expected).map(([key, value]) => [key.toLowerCase(), value]);
      assert.deepEqual(signed(input), Object.fromEntries(lowered));
    });
  }

  it("makes none of the mistakes that the vendor refuses", () => {
    const [minimal] = vectors;
    assert.ok(minimal);
    for (const { name, request } of mustReject.vectors) {
      const ours = signed({ ...minimal.input, body: request.body });
      assert.notEqual(request.headers.Authorization, ours.authorization, name);
    }
  });

  it("is over the address as it is called: a port counts, the default one does not", () => {
    const [minimal] = vectors;
    assert.ok(minimal);
    const of = (host: string) => signed({ ...minimal.input, host }).authorization;
    assert.equal(of(`${minimal.input.host}:443`), of(minimal.input.host));
    assert.notEqual(of(`${minimal.input.host}:8443`), of(minimal.input.host));
  });
});
