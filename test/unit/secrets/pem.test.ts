import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { wholeKey } from "../../../src/secrets/pem.ts";

describe("a key that was pasted into a box of one line", () => {
  it("is the same key in PEM again", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    for (const joint of ["", " ", "\\n"]) {
      const typed = pem.trim().replaceAll("\n", joint);
      assert.ok(createPrivateKey(wholeKey(typed)).equals(privateKey), JSON.stringify(joint));
    }
  });

  it("stays as it is where it is no PEM", () => {
    assert.equal(wholeKey(' {"kty": "oct", "k": "YQ"} '), '{"kty": "oct", "k": "YQ"}');
    assert.equal(wholeKey("-----BEGIN A-----x"), "-----BEGIN A-----x");
  });
});
