import { createHmac } from "node:crypto";

/** How long a token is good, and how long before its making it already was, in seconds (contract §1.1). */
export const tokenLifeSeconds = 1800;
const usableBeforeSeconds = 5;

/** An HS256 JSON Web Token with the vendor's three claims, made at `now` (seconds). The secret is used as UTF-8 text (contract §1.1). */
export function createToken(keys: { accessKey: string; secretKey: string }, now: number): string {
  const header = encode({ alg: "HS256", typ: "JWT" });
  const claims = encode({ iss: keys.accessKey, exp: now + tokenLifeSeconds, nbf: now - usableBeforeSeconds });
  const signed = `${header}.${claims}`;
  return `${signed}.${createHmac("sha256", keys.secretKey).update(signed).digest("base64url")}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part), "utf8").toString("base64url");
}
