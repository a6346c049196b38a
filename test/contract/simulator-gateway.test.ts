import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { type Body, useClient } from "./control.ts";
import {
  FIXTURES,
  type FormPart,
  filled,
  form,
  frames,
  gatewayClient,
  readFixture,
} from "./simulator-gateway-client.ts";
import { FILES, lacks, PLAYED } from "./simulator-gateway-fixtures.ts";

/** Long beside any real wait: a task that is to be cancelled must still be pending. */
const TASK_MS = 50_000;
/** Not an exchange: the vectors of signed requests. */
const VECTORS = "91-auth-hmac-test-vectors.json";
/** Headers of an answer from the models whose values vary from call to call. */
const VARYING = /^(x-request-id|req-|resp-|x-envoy-)/;

describe("gateway simulator: the contract's exchanges", function () {
  this.timeout(60_000);
  const { ready, client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: TASK_MS });

  it("plays every one of them", () => {
    const files = readdirSync(FIXTURES).filter((file) => file !== VECTORS);
    assert.deepEqual(Object.keys(PLAYED).toSorted(), files.toSorted());
  });

  for (const [file, played] of Object.entries(PLAYED))
    it(file, async () => {
      const fixture = readFixture(file);
      const request = await played(gateway, filled(fixture.request, ready));
      const parts = request.body?.$multipart as (FormPart & { $binary?: string })[] | undefined;
      const body = parts === undefined ? request.body : form(parts.map(withFile));
      const answer = await gateway.send({ ...request, body });

      assert.equal(answer.status, fixture.response.status, answer.text);
      for (const [name, value] of Object.entries(fixture.response.headers)) {
        const given = answer.headers[name.toLowerCase()];
        assert.ok(given !== undefined, `no ${name}`);
        if (name === "location")
          assert.match(given, /^http:.*\.wav\?Expires=\d+&OSSAccessKeyId=\w+&Signature=/);
        else if (name === "content-type")
          assert.equal(given.split(";")[0]?.toLowerCase(), value.split(";")[0]?.toLowerCase());
        else if (!VARYING.test(name)) assert.equal(given, value, name);
      }
      const { body: expected } = fixture.response;
      if (typeof expected === "string") sameText(expected, answer.text);
      else if ((expected as Body).$binary === undefined) assert.deepEqual(lacks(expected, answer.body), []);
    });
});

function withFile(part: FormPart & { $binary?: string }): FormPart {
  const data = FILES[part.$binary ?? ""];
  return data === undefined ? part : { ...part, data };
}

/** Streams are told in the same frames, in the same order: of each kind the first is compared. */
function sameText(expected: string, actual: string): void {
  if (!expected.includes("data:")) {
    assert.equal(actual, expected);
    return;
  }
  const [want, got] = [frames(expected), frames(actual)];
  assert.deepEqual(lacks(want[0], got[0], "first"), []);
  if (want.length > 2) assert.deepEqual(lacks(want.at(-2), got.at(-2), "last but one"), []);
  if (typeof want.at(-1) === "string") assert.equal(got.at(-1), want.at(-1));
  else assert.deepEqual(lacks(want.at(-1), got.at(-1), "last"), []);
  const framing = (text: string) => ({
    tight: /^data:\{/m.test(text),
    end: text.endsWith("\n\n"),
    lines: text.match(/^(id|event|:HTTP_STATUS)/gm)?.[1],
  });
  assert.deepEqual(framing(actual), framing(expected));
}
