import assert from "node:assert/strict";
import { NetError } from "../../../../src/net/types.ts";
import { VendorError } from "../../../../src/vendors/errors.ts";
import { errorInside, errorOfStatus, readArkError } from "../../../../src/vendors/seedream/errors.ts";
import { errorOfFault } from "../../../../src/vendors/wire/faults.ts";

/** HTTP status, code and message of the contract's §4 -> reason, whether it may go out again by itself, next step. */
const table: [number, string, string, string, boolean, string?][] = [
  [400, "MissingParameter", "", "invalid", false],
  [400, "MissingParameter.prompt", "", "invalid", false],
  [400, "InvalidParameter", "", "invalid", false],
  [400, "InvalidParameter.TaskTypeMismatch", "", "invalid", false, "taskType"],
  [400, "InvalidParameter.TaskTypeConstraint", "", "invalid", false, "taskType"],
  [400, "InvalidArgumentError.Foo", "", "invalid", false],
  [400, "InvalidParameter.UnsupportedParameter", "", "invalid", false, "reportField"],
  [400, "InvalidParameter", "resource download failed", "invalid", false, "checkLink"],
  [400, "InvalidImageURL.EmptyURL", "", "invalid", false, "badPicture"],
  [400, "InvalidEndpoint.ClosedEndpoint", "", "notFound", false, "endpointStopped"],
  [400, "InputTextSensitiveContentDetected", "", "policy", false, "changePrompt"],
  [400, "InputImageSensitiveContentDetected", "", "policy", false, "changeInput"],
  [400, "InputImageSensitiveContentDetected.PolicyViolation", "", "policy", false, "copyright"],
  [400, "InputVideoSensitiveContentDetected.PrivacyInformation", "", "policy", false, "realPerson"],
  [400, "OutputImageSensitiveContentDetected", "", "policy", false, "changePromptOrAgain"],
  [400, "OutputImageSensitiveContentDetected.DeepFake", "", "policy", false, "copyright"],
  [400, "OutputAudioSensitiveContentDetected", "", "policy", false, "soundDeclined"],
  [400, "OutputAudioSensitiveContentDetected.PolicyViolation", "", "policy", false, "soundDeclined"],
  [400, "OutputVideoSensitiveContentDetected", "", "policy", false, "changePromptOrAgain"],
  [400, "SensitiveContentDetected.SevereViolation", "", "policy", false, "changePrompt"],
  [400, "InputTextRiskDetection", "", "policy", false, "changePrompt"],
  [400, "ContentSecurityDetectionError", "", "unavailable", true, "moderationDown"],
  [400, "InvalidSubscription", "", "balance", false, "subscription"],
  [401, "AuthenticationError", "", "credentials", false, "checkKey"],
  [401, "InvalidAccountStatus", "", "credentials", false, "checkKey"],
  [403, "AccessDenied", "", "credentials", false, "checkPermission"],
  [403, "OperationDenied.PermissionDenied", "", "credentials", false, "checkPermission"],
  [403, "AccountOverdueError", "", "balance", false, "topUp"],
  [403, "OperationDenied.ServiceOverdue", "", "balance", false, "topUp"],
  [403, "OperationDenied.ServiceNotOpen", "", "notFound", false, "activateModel"],
  [404, "ModelNotOpen", "", "notFound", false, "activateModel"],
  [404, "InvalidEndpointOrModel.NotFound", "", "notFound", false, "checkModel"],
  [404, "InvalidEndpointOrModel.ModelIDAccessDisabled", "", "notFound", false, "useEndpoint"],
  [404, "UnsupportedModel", "", "notFound", false, "planModel"],
  [404, "NotFound.Task", "", "notFound", false],
  [409, "InvalidAction.RunningTaskDeletion", "", "invalid", false],
  [413, "", "", "invalid", false, "smallerInputs"],
  [429, "RateLimitExceeded.EndpointRPMExceeded", "", "rateLimit", true],
  [429, "ModelAccountIpmRateLimitExceeded", "", "rateLimit", true],
  [429, "APIAccountRpmRateLimitExceeded", "", "rateLimit", true],
  [429, "AccountRateLimitExceeded", "", "rateLimit", true],
  [429, "ServerOverloaded", "", "rateLimit", true],
  [429, "RequestBurstTooFast", "", "rateLimit", true],
  [429, "InflightBatchsizeExceeded", "", "rateLimit", true],
  [429, "QuotaExceeded", "The number of tasks in the queued state", "rateLimit", true],
  [429, "QuotaExceeded", "The free trial quota is used up", "balance", false, "freeTrialOver"],
  [429, "QuotaExceeded", "You have reached the weekly limit", "balance", false, "quotaReset"],
  [429, "QuotaExceeded.AgentPlanQuotaExceeded", "", "balance", false, "quotaReset"],
  [429, "AccountQuotaExceeded", "", "balance", false, "quotaReset"],
  [429, "SetLimitExceeded", "", "balance", false, "ownLimit"],
  [429, "SomethingNew", "", "rateLimit", true],
  [418, "SomethingNew", "", "invalid", false],
];

const at = (status: number, headers = {}) => ({
  status,
  headers,
  now: Date.UTC(2026, 10, 22),
  key: "secret-key-1",
});

describe("Seedream errors", () => {
  for (const [status, code, message, reason, retryable, next] of table) {
    it(`${status} ${code} ${message}`, () => {
      const { facts } = errorOfStatus({ code, message }, at(status));
      const { retryAfterMs: _, vendorMessage: __, code: ___, ...told } = facts;
      assert.deepEqual(told, { reason, sent: "refused", status, retryable, ...(next ? { next } : {}) });
    });
  }

  for (const [status, code] of [
    [500, "InternalServiceError"],
    [502, ""],
    [503, "ServerOverloaded"],
    [504, "SomethingNew"],
    [408, ""],
  ] as const) {
    it(`${status} ${code} may have been carried out, so it is never sent again by itself`, () => {
      const { facts } = errorOfStatus({ code }, at(status));
      assert.equal(facts.sent, "unknown");
      assert.equal(facts.retryable, false);
    });
  }

  it("a redirect is an answer nobody can use, and nothing was made", () => {
    assert.deepEqual(errorOfStatus({}, at(302)).facts, {
      reason: "protocol",
      sent: "refused",
      status: 302,
      retryable: false,
    });
  });

  it("reads the enveloped and the flat body alike, and nothing else", () => {
    const flat = { code: "A", message: "b", param: "", type: "BadRequest" };
    assert.deepEqual(readArkError({ error: flat }), { code: "A", message: "b", type: "BadRequest" });
    assert.deepEqual(readArkError(flat), { code: "A", message: "b", type: "BadRequest" });
    for (const other of [null, "x", [], {}, { error: null }, { error: { code: 1 } }]) {
      assert.equal(readArkError(other), undefined);
    }
  });

  it("falls back to the words for a status where an answer of status 200 has nothing better", () => {
    const inside = (code: string, type?: string) =>
      errorInside({ code, ...(type ? { type } : {}) }, at(200)).facts;
    assert.equal(inside("BadRequest").reason, "invalid");
    assert.equal(inside("Odd", "Not Found").reason, "notFound");
    assert.equal(inside("TooManyRequests").reason, "rateLimit");
  });

  it("inside an answer of status 200 nothing is ever sent again by itself", () => {
    for (const [, code, message] of table) {
      const { facts } = errorInside({ code, message }, at(200));
      assert.deepEqual(
        [facts.sent, facts.retryable, facts.retryAfterMs],
        ["refused", false, undefined],
        code,
      );
    }
    assert.equal(errorInside({ code: "InternalServiceError" }, at(200)).facts.reason, "unavailable");
  });

  it("takes the request id from the header, else from the message, and out of the message", () => {
    const error = { code: "X", message: "It failed. Request id: 02abc" };
    assert.equal(errorOfStatus(error, at(400, { "x-request-id": "h1" })).facts.requestId, "h1");
    const { facts } = errorOfStatus(error, at(400));
    assert.deepEqual([facts.requestId, facts.vendorMessage], ["02abc", "It failed."]);
  });

  it("keeps no key, and no endless message", () => {
    const message = `Bad key secret-key-1 in Bearer abcdefghijk ${"x ".repeat(2000)}`;
    const kept = errorOfStatus({ message }, at(401)).facts.vendorMessage ?? "";
    assert.doesNotMatch(kept, /secret-key-1|abcdefghijk/);
    assert.ok(kept.length <= 1000);
  });

  it("waits as long as the vendor says, in seconds or until a date", () => {
    const waits = (value: string) => errorOfStatus({}, at(429, { "retry-after": value })).facts.retryAfterMs;
    assert.equal(waits("3"), 3000);
    assert.equal(waits("Sun, 22 Nov 2026 00:01:00 GMT"), 60_000);
    assert.equal(waits("soon"), undefined);
  });

  it("a fault of the transport before anything left may be tried again; after that its outcome is not known", () => {
    const facts = (error: unknown) => (error instanceof VendorError ? error.facts : undefined);
    const of = (fault: ConstructorParameters<typeof NetError>[0], sent: "no" | "unknown") =>
      facts(errorOfFault(new NetError(fault, sent)));
    assert.deepEqual(of("dns", "no"), { reason: "unavailable", sent: "no", code: "dns", retryable: true });
    assert.deepEqual(of("tls", "no"), { reason: "unavailable", sent: "no", code: "tls", retryable: false });
    assert.deepEqual(of("reset", "unknown"), { reason: "ambiguous", sent: "unknown", code: "reset" });
    assert.deepEqual(of("malformed", "unknown"), { reason: "protocol", sent: "unknown", code: "malformed" });
    const own = new TypeError("a bug");
    assert.equal(errorOfFault(own), own);
  });
});
