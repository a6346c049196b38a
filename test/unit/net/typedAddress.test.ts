import assert from "node:assert/strict";
import { addressProblem } from "../../../src/net/typedAddress.ts";

describe("an address that the user typed (P-18)", () => {
  const cases = {
    "https://host/v1": undefined,
    "https://host:8443": undefined,
    "http://127.0.0.1:8080/v1": undefined,
    "http://localhost/v1": undefined,
    "http://[::1]:1/v1": undefined,
    "http://host/v1": "insecure",
    "http://127.0.0.1.host/v1": "insecure",
    "http://192.168.1.1/v1": "insecure",
    "ftp://host/v1": "malformed",
    "file:///etc/passwd": "malformed",
    "javascript:alert(1)": "malformed",
    "https:host": "malformed",
    "https://user@host/v1": "malformed",
    "https://user:secret@host/v1": "malformed",
    "https://host/v 1": "malformed",
    "https://host/v1#part": "malformed",
    "https://host/v1?a=b": "malformed",
    "host/v1": "malformed",
    "": "malformed",
  } as const;

  for (const [address, problem] of Object.entries(cases)) {
    it(`${address || "(nothing)"}: ${problem ?? "fine"}`, () => {
      assert.equal(addressProblem(address), problem);
    });
  }

  it("may have a query where it is used as it is", () => {
    assert.equal(addressProblem("https://host/x?sig=1", "whole"), undefined);
    assert.equal(addressProblem("http://host/x?sig=1", "whole"), "insecure");
    assert.equal(addressProblem("https://u:p@host/x?sig=1", "whole"), "malformed");
  });
});
