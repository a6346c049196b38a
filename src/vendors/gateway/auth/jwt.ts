import type { SigningKey } from "./jwk.ts";

/** How long a token is good, in seconds (contract §2), and how long before its making it already was: the gateway allows as much skew (§2.2). */
export const tokenLifeSeconds = 7200;
const usableBeforeSeconds = 60;

/** A JSON Web Token with the claims the gateway reads, made at `now` (seconds) (contract §2.2). */
export function createToken(
  key: SigningKey,
  { consumer, issuer }: { consumer: string; issuer?: string },
  now: number,
): string {
  const header = { alg: key.algorithm, typ: "JWT", ...(key.id === undefined ? {} : { kid: key.id }) };
  const claims = {
    jti: String(now),
    iat: now,
    nbf: now - usableBeforeSeconds,
    exp: now + tokenLifeSeconds,
    uid: consumer,
    ...(issuer ? { iss: issuer } : {}),
  };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${key.sign(signed).toString("base64url")}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part), "utf8").toString("base64url");
}
