import assert from "node:assert/strict";
import { endsTask, errorOfAnswer, readSaid } from "../../../../src/vendors/visual/errors.ts";

const context = { secrets: ["AKLT-very-secret"], now: 0 };
const business = (code: number) => ({ code, message: "no", request_id: "r-1", data: null, status: code });
const gateway = (Code: string) => ({
  ResponseMetadata: { RequestId: "r-1", Error: { CodeN: 100_000, Code, Message: "no" } },
});

/** The contract's tables (§7.1, §7.2): HTTP status, code, reason, whether it is certain that nothing was made, whether it passes by itself. */
const table = [
  ...[50411, 50412, 50413, 50511, 50512, 50513, 50514, 50516, 50517, 50518, 50519].map(
    (code) => [400, code, "policy", "refused", false] as const,
  ),
  ...[50520, 50521, 50522].map((code) => [400, code, "unavailable", "refused", false] as const),
  [429, 50429, "rateLimit", "refused", true],
  [429, 50430, "rateLimit", "refused", true],
  [500, 50500, "ambiguous", "unknown", false],
  [500, 50501, "ambiguous", "unknown", false],
  [200, 50500, "ambiguous", "unknown", false],
  ...[50200, 50201, 50204, 50205, 50206, 50207, 50209, 50210, 50211, 50213, 50214, 50215, 50220, 60102].map(
    (code) => [400, code, "invalid", "refused", false] as const,
  ),
  [200, 50200, "invalid", "refused", false],
  [400, 60208, "policy", "refused", false],
  [401, 50400, "credentials", "refused", false],
  [404, 50402, "notFound", "refused", false],
  [200, 30403, "credentials", "refused", false],
  [200, 30404, "notFound", "refused", false],
  [400, "MissingParameter", "protocol", "refused", false],
  [401, "MissingAuthenticationToken", "credentials", "refused", false],
  [401, "MissingSignature", "credentials", "refused", false],
  [400, "InvalidTimestamp", "credentials", "refused", false],
  [403, "InvalidTimestamp", "credentials", "refused", false],
  [404, "ServiceNotFound", "notFound", "refused", false],
  [404, "InvalidActionOrVersion", "notFound", "refused", false],
  [401, "InvalidAccessKey", "credentials", "refused", false],
  [401, "SignatureDoesNotMatch", "credentials", "refused", false],
  [403, "LackPolicy", "credentials", "refused", false],
  [403, "AccessDenied", "credentials", "refused", false],
  [500, "InternalError", "ambiguous", "unknown", false],
  [502, "FailToConnect", "ambiguous", "unknown", false],
  [504, "InternalServiceTimeout", "ambiguous", "unknown", false],
  [503, "ServiceUnavailableTemp", "ambiguous", "unknown", false],
  [429, "FlowLimitExceeded", "rateLimit", "refused", true],
  [429, "AccountFlowLimitExceeded", "rateLimit", "refused", true],
  [405, "MethodNotAllowed", "protocol", "refused", false],
  [400, "InvalidAuthorization", "credentials", "refused", false],
  [401, "InvalidSecretToken", "credentials", "refused", false],
  // Codes that are not in the tables, and pages of a proxy: by the status.
  [400, 59999, "invalid", "refused", false],
  [429, "SomethingNew", "rateLimit", "refused", true],
  [401, undefined, "credentials", "refused", false],
  [408, undefined, "ambiguous", "unknown", false],
  [413, undefined, "invalid", "refused", false],
  [502, undefined, "ambiguous", "unknown", false],
  [302, undefined, "protocol", "refused", false],
] as const;

function bodyOf(code: number | string | undefined): unknown {
  if (code === undefined) return undefined;
  return typeof code === "number" ? business(code) : gateway(code);
}

describe("Volcengine Visual errors", () => {
  for (const [status, code, reason, sent, retryable] of table) {
    it(`HTTP ${status}, ${code ?? "no code"}: ${reason}, ${sent}`, () => {
      const { facts } = errorOfAnswer({ status, headers: {} }, readSaid(bodyOf(code)), context);
      assert.deepEqual([facts.reason, facts.sent, facts.retryable], [reason, sent, retryable]);
      assert.equal(facts.code, code === undefined ? undefined : String(code));
      assert.equal(facts.requestId, code === undefined ? undefined : "r-1");
    });
  }

  it("say which side was declined", () => {
    const sides = {
      changeInput: [50411, 60208],
      changePrompt: [50412, 50413],
      changeClip: [50513, 50514],
      changePromptOrAgain: [50511, 50512, 50516, 50517],
      copyright: [50518, 50519],
    };
    for (const [next, codes] of Object.entries(sides)) {
      for (const code of codes) {
        const { facts } = errorOfAnswer({ status: 400, headers: {} }, readSaid(business(code)), context);
        assert.equal(facts.next, next, String(code));
      }
    }
  });

  it("that meet a look tell the end of a task from trouble with the look", () => {
    const ends = (code: number | string, status = 400) =>
      endsTask(errorOfAnswer({ status, headers: {} }, readSaid(bodyOf(code)), context));
    for (const code of [50215, 50411, 50412, 50511, 50517, 50519, 50520, 50207, 50220]) {
      assert.equal(ends(code), true, String(code));
    }
    for (const code of [
      50429,
      50430,
      50500,
      50501,
      50400,
      50200,
      50204,
      "InvalidTimestamp",
      "InternalError",
    ]) {
      assert.equal(ends(code), false, String(code));
    }
    assert.equal(endsTask(new Error("50511")), false);
  });

  it("repeat no secret, and heed how long to wait", () => {
    const said = readSaid({ ...business(50430), message: "key AKLT-very-secret is too quick" });
    const told = errorOfAnswer({ status: 429, headers: { "retry-after": "7" } }, said, context);
    assert.doesNotMatch(String(told.facts.vendorMessage), /very-secret/);
    assert.equal(told.facts.retryAfterMs, 7000);
    const untold = errorOfAnswer({ status: 429, headers: {} }, said, context);
    assert.equal(untold.facts.retryAfterMs, 10_000);
  });
});
