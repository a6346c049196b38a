import assert from "node:assert/strict";
import type { VendorContext } from "../../../../src/vendors/contract.ts";
import type { VendorErrorFacts } from "../../../../src/vendors/errors.ts";
import { errorOfAnswer, errorOfTask } from "../../../../src/vendors/gateway/errors.ts";
import { readBody } from "../../../../src/vendors/gateway/wire/answer.ts";

const context = {
  baseUrl: "https://gateway.example/v1",
  credentials: { apiKey: "sesame-open" },
  clock: { now: () => 0, sleep: async () => undefined },
} as unknown as VendorContext;
const direct = { ...context, baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1" };
const reranks = { route: "compatible", path: "/reranks" } as const;

function factsOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  where: VendorContext = context,
): VendorErrorFacts {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return errorOfAnswer({ status, headers }, readBody(text), reranks, where).facts;
}

const native = (code: string, message = "m") => ({ code, message, request_id: "r" });
const compatible = (code: string, message = "m") => ({ error: { message, type: code, param: null, code } });

describe("AI Gateway errors", () => {
  /** Contract §4.2: code in either spelling, status, reason, and whether it goes out again by itself. */
  const table: [status: number, code: string, reason: string, retryable: boolean, next?: string][] = [
    [400, "InvalidParameter", "invalid", false],
    [400, "invalid_parameter_error", "invalid", false],
    [400, "DataInspectionFailed", "policy", false],
    [400, "data_inspection_failed", "policy", false],
    [400, "IPInfringementSuspect", "policy", false, "copyright"],
    [400, "Arrearage", "balance", false, "topUp"],
    [403, "Arrearage", "balance", false, "topUp"],
    [401, "InvalidApiKey", "credentials", false, "gatewayProviderKey"],
    [403, "AccessDenied", "credentials", false],
    [403, "Model.AccessDenied", "credentials", false, "activateModel"],
    [403, "AccessDenied.Unpurchased", "balance", false],
    [403, "AllocationQuota.FreeTierOnly", "balance", false, "freeTrialOver"],
    [403, "insufficient_quota", "balance", false, "topUp"],
    [404, "ModelNotFound", "notFound", false, "checkModel"],
    [404, "WorkSpaceNotFound", "notFound", false],
    [413, "BadRequest.TooLarge", "invalid", false, "smallerInputs"],
    [415, "BadRequest.InputDownloadFailed", "invalid", false, "checkLink"],
    [415, "UnsupportedFileFormat", "invalid", false],
    [429, "Throttling", "rateLimit", true],
    [429, "Throttling.RateQuota", "rateLimit", true],
    [429, "LimitRequests", "rateLimit", true],
    [429, "limit_requests", "rateLimit", true],
    [429, "Throttling.BurstRate", "rateLimit", true],
    [429, "limit_burst_rate", "rateLimit", true],
    [429, "Throttling.AllocationQuota", "rateLimit", true],
    [429, "insufficient_quota", "rateLimit", true],
    [429, "PrepaidBillOverdue", "balance", false, "topUp"],
    [429, "PostpaidBillOverdue", "balance", false, "topUp"],
    [429, "CommodityNotPurchased", "balance", false, "activateModel"],
  ];
  for (const [status, code, reason, retryable, next] of table) {
    it(`${status} ${code}: ${reason}${retryable ? ", again" : ""}`, () => {
      for (const body of [native(code), compatible(code), `data: ${JSON.stringify(compatible(code))}\n\n`]) {
        const facts = factsOf(status, body);
        assert.equal(facts.reason, reason);
        assert.equal(facts.sent, "refused");
        assert.equal(facts.retryable, retryable);
        assert.equal(facts.code, code);
        if (next) assert.equal(facts.next, next);
      }
    });
  }

  it("what may have been carried out all the same is not sent again", () => {
    const doubtful: [number, unknown][] = [
      [408, native("RequestTimeOut")],
      [500, native("InternalError.Timeout")],
      [500, native("InternalError")],
      [500, native("InternalError.Algo")],
      [500, compatible("internal_error")],
      [500, native("ModelServiceFailed")],
      [503, native("ModelUnavailable")],
      [504, "upstream request timeout"],
      [503, "upstream connect error or disconnect/reset before headers"],
      [502, "<html>Bad Gateway</html>"],
      [500, ""],
    ];
    for (const [status, body] of doubtful) {
      const { reason, sent, retryable } = factsOf(status, body);
      assert.deepEqual(
        { reason, sent, retryable },
        { reason: "ambiguous", sent: "unknown", retryable: false },
      );
    }
  });

  it("a missing route is named, in all the ways gateways say it", () => {
    const missing: [number, unknown][] = [
      [404, ""],
      [404, "<html>nginx</html>"],
      [404, { detail: "Not Found" }],
      [
        404,
        { error: { message: "Invalid URL (POST /v1/reranks)", type: "invalid_request_error", code: null } },
      ],
      [405, "Method Not Allowed"],
      [501, ""],
      [500, "failed to process request body: unsupported API name"],
    ];
    for (const [status, body] of missing) {
      const { reason, sent, route, next } = factsOf(status, body);
      assert.deepEqual(
        { reason, sent, route, next },
        { reason: "notFound", sent: "refused", route: "/reranks", next: "gatewayBaseRoute" },
        `${status} ${JSON.stringify(body)}`,
      );
    }
    assert.equal(factsOf(404, compatible("model_not_found")).route, undefined);
    assert.equal(factsOf(500, native("InternalError")).route, undefined);
  });

  it("the gateway's own texts, and nothing at all, say whose fault it is", () => {
    assert.deepEqual(reasonOf(401, ""), ["credentials", "checkKey"]);
    assert.deepEqual(reasonOf(401, "Jwt is missing"), ["credentials", "checkKey"]);
    assert.deepEqual(reasonOf(401, "Jwt is expired"), ["credentials", "clockSkew"]);
    assert.deepEqual(reasonOf(401, "Invalid Key"), ["credentials", "checkKey"]);
    assert.deepEqual(reasonOf(401, "Empty Signature"), ["credentials", "hmacSignature"]);
    assert.deepEqual(reasonOf(400, "Invalid Date"), ["credentials", "clockSkew"]);
    assert.deepEqual(reasonOf(403, "Unauthorized Consumer"), ["credentials", "gatewayConsumer"]);
    assert.deepEqual(reasonOf(403, ""), ["credentials", "gatewayConsumer"]);
    assert.deepEqual(reasonOf(413, "request payload too large"), ["invalid", "smallerInputs"]);
    assert.deepEqual(reasonOf(403, { code: 403, denyMessage: "no", blockedDetails: [] }), [
      "policy",
      "changePrompt",
    ]);
  });

  function reasonOf(status: number, body: unknown): [string, string | undefined] {
    const { reason, next } = factsOf(status, body);
    return [reason, next];
  }

  it("a refused provider key is the user's own only at the vendor itself", () => {
    assert.equal(factsOf(401, native("InvalidApiKey")).next, "gatewayProviderKey");
    assert.equal(factsOf(401, native("InvalidApiKey"), {}, direct).next, "checkKey");
  });

  it("waits as long as the limiter says, in whichever header", () => {
    for (const name of ["retry-after", "x-tokenratelimit-reset", "x-ratelimit-reset"]) {
      assert.equal(factsOf(429, "Too many requests", { [name]: "37" }).retryAfterMs, 37_000);
    }
    assert.equal(factsOf(429, native("Throttling.AllocationQuota")).retryAfterMs, 60_000);
  });

  it("a message that carries the true code in front is read by it", () => {
    const message = "<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 2]";
    const { reason, retryable, code } = factsOf(500, native("InternalError.Algo", message));
    assert.deepEqual([reason, retryable, code], ["invalid", false, "InternalError.Algo.InvalidParameter"]);
  });

  it("names the request by the gateway's id, and never repeats a key", () => {
    const facts = factsOf(401, "Request denied: sesame-open", { "x-request-id": "x-1" });
    assert.equal(facts.requestId, "x-1");
    assert.ok(!JSON.stringify(facts).includes("sesame-open"));
    assert.equal(factsOf(400, native("InvalidParameter")).requestId, "r");
  });

  it("a failed task says why by its code, and costs nothing", () => {
    const { reason, sent, code } = errorOfTask({ code: "DataInspectionFailed", message: "m" }, "r").facts;
    assert.deepEqual([reason, sent, code], ["policy", "refused", "DataInspectionFailed"]);
    assert.equal(errorOfTask({}, undefined).reason, "unavailable");
  });
});
