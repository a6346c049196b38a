import assert from "node:assert/strict";
import { auditLines } from "../../../scripts/checks/audit.ts";

describe("check of known vulnerabilities", () => {
  it("names each package with its severity and the advisory, and those that only bring it along", () => {
    const via = [{ title: "Reads too much", url: "https://advisories.example/1" }];
    const vulnerabilities = {
      one: { name: "one", severity: "high", via },
      two: { name: "two", severity: "low", via: ["one"] },
    };
    assert.deepEqual(auditLines(JSON.stringify({ vulnerabilities })), [
      "one has a known vulnerability (high): Reads too much https://advisories.example/1",
      "two has a known vulnerability (low): one",
    ]);
  });

  it("is quiet where there is none", () =>
    assert.deepEqual(auditLines('{"auditReportVersion":2,"vulnerabilities":{}}'), []));

  it("knows nothing where the service could not be asked", () => {
    for (const answer of ["", "null", '{"message":"405 Method Not Allowed","statusCode":405}', "<html>"])
      assert.equal(auditLines(answer), undefined);
  });
});
