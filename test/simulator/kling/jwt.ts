import { createHmac, timingSafeEqual } from "node:crypto";

/** Why a token is refused: the code of contract kling §8 and, where known, the vendor's words. */
export type TokenFault = { code: 1000 | 1002 | 1003 | 1004; message?: string };

type Claims = { iss?: unknown; exp?: unknown; nbf?: unknown };

/**
 * Verifies a token of contract kling §1.1: HS256 alone, three claims, the window from `nbf` to `exp` without
 * leeway. `secretOf` gives the secret key of an access key; `now` is in seconds. Nothing when the token holds.
 */
export function tokenFault(
  token: string,
  secretOf: (accessKey: string) => string | undefined,
  now: number,
): TokenFault | undefined {
  const parts = token.split(".");
  const [head = "", body = "", signature = ""] = parts;
  if (parts.length !== 3) return { code: 1002, message: wrongParts(parts.length) };
  const header = decoded(head) as { alg?: unknown } | undefined;
  const claims = decoded(body) as Claims | undefined;
  if (header?.alg !== "HS256" || claims === undefined) return { code: 1002 };
  const secret = typeof claims.iss === "string" ? secretOf(claims.iss) : undefined;
  if (secret === undefined || !isSigned(`${head}.${body}`, signature, secret)) return { code: 1002 };
  if (typeof claims.exp !== "number" || typeof claims.nbf !== "number") return { code: 1000 };
  if (now > claims.exp) return { code: 1004 };
  return now < claims.nbf ? { code: 1003 } : undefined;
}

function wrongParts(count: number): string {
  const seen = count === 1 ? 0 : count > 3 ? "> 3" : count;
  return `The token was expected to have 3 parts, but got ${seen}`;
}

/** A part of a token as an object; nothing when it is not unpadded base64url of one. */
function decoded(part: string): object | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(input: string, signature: string, secret: string): boolean {
  if (!/^[\w-]+$/.test(signature)) return false;
  const given = Buffer.from(signature, "base64url");
  const wanted = createHmac("sha256", Buffer.from(secret, "utf8")).update(input).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
