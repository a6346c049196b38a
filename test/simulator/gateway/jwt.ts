import { constants, createHmac, timingSafeEqual, verify } from "node:crypto";
import { JWT_SECRET, keyPair } from "./keys.ts";

/** How each algorithm of the contract (§2) is verified: the hash, and the key pair it needs; none = the secret. */
export const ALGORITHMS: Record<string, { hash: string | null; pair?: string; pss?: true }> = {
  HS256: { hash: "sha256" },
  HS384: { hash: "sha384" },
  HS512: { hash: "sha512" },
  RS256: { hash: "sha256", pair: "rsa" },
  RS384: { hash: "sha384", pair: "rsa" },
  RS512: { hash: "sha512", pair: "rsa" },
  PS256: { hash: "sha256", pair: "rsa", pss: true },
  PS384: { hash: "sha384", pair: "rsa", pss: true },
  PS512: { hash: "sha512", pair: "rsa", pss: true },
  ES256: { hash: "sha256", pair: "P-256" },
  ES384: { hash: "sha384", pair: "P-384" },
  ES512: { hash: "sha512", pair: "P-521" },
  EdDSA: { hash: null, pair: "ed25519" },
};

/** Seconds that the gateway's clock and the client's may differ (contract §2.2). */
const SKEW = 60;

type Claims = Record<string, unknown>;

/** The claims of a good token, or the verifier's words for what is wrong with it. `now` is in seconds. */
export function readToken(token: string, now: number): Claims | string {
  const [head = "", payload = "", signature = "", ...more] = token.split(".");
  if (signature === "" || more.length > 0)
    return "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";
  const header = decoded(head);
  if (header === undefined) return "Jwt header is an invalid JSON";
  const claims = decoded(payload);
  if (claims === undefined) return "Jwt payload is an invalid JSON";
  if (typeof header.alg !== "string") return "Jwt header [alg] field is required and must be a string";
  if (!Object.hasOwn(ALGORITHMS, header.alg)) return "Jwt header [alg] is not supported";
  if (!isSigned(header.alg, `${head}.${payload}`, signature)) return "Jwt verification fails";
  const { nbf, exp } = claims;
  if (typeof nbf === "number" && now < nbf - SKEW) return "Jwt not yet valid";
  if (typeof exp === "number" && now > exp + SKEW) return "Jwt is expired";
  return claims;
}

function decoded(part: string): Claims | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(alg: string, input: string, signature: string): boolean {
  const { hash, pair, pss } = ALGORITHMS[alg] ?? { hash: null };
  const given = Buffer.from(signature, "base64url");
  if (pair === undefined) {
    const due = createHmac(hash ?? "", JWT_SECRET)
      .update(input)
      .digest();
    return given.length === due.length && timingSafeEqual(given, due);
  }
  const key = keyPair(pair)?.publicKey;
  if (key === undefined) return false;
  const padding = pss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  return verify(hash, Buffer.from(input), { key, dsaEncoding: "ieee-p1363", ...padding }, given);
}
