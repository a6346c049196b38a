import assert from "node:assert/strict";
import { errorOfAnswer, errorOfTask } from "../../../../src/vendors/kling/errors.ts";

/** The contract's table (§8): HTTP status, code, reason, whether it is certain that nothing was made, whether it passes by itself. */
const table = [
  [401, 1000, "credentials", "refused", false],
  [401, 1001, "credentials", "refused", false],
  [401, 1002, "credentials", "refused", false],
  [401, 1003, "credentials", "refused", false],
  [401, 1004, "credentials", "refused", false],
  [429, 1100, "credentials", "refused", false],
  [429, 1101, "balance", "refused", false],
  [429, 1102, "balance", "refused", false],
  [403, 1103, "credentials", "refused", false],
  [400, 1200, "invalid", "refused", false],
  [400, 1201, "invalid", "refused", false],
  [404, 1202, "protocol", "refused", false],
  [404, 1203, "notFound", "refused", false],
  [400, 1300, "policy", "refused", false],
  [400, 1301, "policy", "refused", false],
  [429, 1302, "rateLimit", "refused", true],
  [429, 1303, "rateLimit", "refused", true],
  [429, 1304, "credentials", "refused", false],
  [500, 5000, "ambiguous", "unknown", false],
  [503, 5001, "unavailable", "unknown", false],
  [504, 5002, "ambiguous", "unknown", false],
  // Codes that are not in the table, and pages of a proxy: by the status.
  [400, 1999, "invalid", "refused", false],
  [429, 1999, "rateLimit", "refused", true],
  [401, undefined, "credentials", "refused", false],
  [413, undefined, "invalid", "refused", false],
  [502, undefined, "ambiguous", "unknown", false],
  [302, undefined, "protocol", "refused", false],
] as const;

const context = { secrets: ["sk-very-secret"], now: 0 };

describe("Kling errors", () => {
  for (const [status, code, reason, sent, retryable] of table) {
    it(`HTTP ${status}, ${code ?? "no code"}: ${reason}, ${sent}`, () => {
      const body = code === undefined ? "<html>" : { code, message: "no", request_id: "r-1" };
      const { facts } = errorOfAnswer({ status, headers: {} }, body, context);
      assert.deepEqual([facts.reason, facts.sent, facts.retryable], [reason, sent, retryable]);
      assert.equal(facts.code, code === undefined ? undefined : String(code));
      assert.equal(facts.requestId, code === undefined ? undefined : "r-1");
    });
  }

  it("inside an answer of status 200 are by their code, too", () => {
    const { facts } = errorOfAnswer({ status: 200, headers: {} }, { code: 1102, message: "empty" }, context);
    assert.deepEqual([facts.reason, facts.sent], ["balance", "refused"]);
    const late = errorOfAnswer({ status: 200, headers: {} }, { code: 5000 }, context);
    assert.equal(late.facts.sent, "unknown");
  });

  it("repeat no secret, and heed how long to wait", () => {
    const body = { code: 1302, message: "key sk-very-secret is too quick" };
    const { facts } = errorOfAnswer({ status: 429, headers: { "retry-after": "7" } }, body, context);
    assert.doesNotMatch(String(facts.vendorMessage), /very-secret/);
    assert.equal(facts.retryAfterMs, 7000);
  });

  it("of a task say why by its words, cost nothing, and do not pass by themselves", () => {
    const reasons = {
      "Failure to pass the risk control system": "policy",
      "Image pixel is invalid": "invalid",
      "Video duration is invalid": "invalid",
      "": "unavailable",
    };
    for (const [message, reason] of Object.entries(reasons)) {
      const { facts } = errorOfTask(message, "r");
      assert.deepEqual([facts.reason, facts.sent, facts.retryable], [reason, "refused", false], message);
    }
  });
});
