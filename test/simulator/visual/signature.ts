import { createHash, createHmac } from "node:crypto";
import type { Account } from "./accounts.ts";
import { canonicalHeaders, canonicalQueries } from "./canonical.ts";
import { type Claim, readClaim } from "./claim.ts";
import { GatewayRefusal } from "./gateway.ts";

/** A request as it arrived. Header names are in lower case. */
export type SignedRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
};

const SERVICE = "cv";
const REGION = "cn-north-1";
/** No page says how far the clocks may differ (contract volcengine-visual §2.5). */
const SKEW_MS = 15 * 60_000;

/**
 * Checks signature version 4 of a request (contract volcengine-visual §2), in the header or in the query, from
 * whatever headers it says it has signed. `now` is milliseconds since the epoch. Throws a GatewayRefusal.
 */
export function authenticate(
  request: SignedRequest,
  accountOf: (accessKeyId: string) => Account | undefined,
  now: number,
): Account {
  const claim = readClaim(request);
  const account = accountOf(claim.accessKeyId);
  if (account === undefined) throw new GatewayRefusal("InvalidAccessKey", claim.accessKeyId);
  if (claim.service !== SERVICE) throw new GatewayRefusal("ServiceNotFound", claim.service);
  const time = timeOf(claim.time);
  if (time === undefined || Math.abs(now - time) > SKEW_MS) throw new GatewayRefusal("InvalidTimestamp");
  if (claim.token !== account.token) throw new GatewayRefusal("InvalidSecretToken");
  if (!isSigned(request, claim, account.secret)) throw new GatewayRefusal("SignatureDoesNotMatch");
  return account;
}

function timeOf(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function isSigned(request: SignedRequest, claim: Claim, secret: string): boolean {
  const { headers, body } = request;
  const hash = sha256(claim.unsignedBody ? "" : body);
  const told = headers["x-content-sha256"];
  if (claim.region !== REGION || claim.terminator !== "request") return false;
  if (claim.day !== claim.time.slice(0, 8) || (told !== undefined && told !== hash)) return false;
  const isComplete = claim.signedQueries
    ? signsWholeQuery(claim.signedQueries, request)
    : isProperList(claim.signedHeaders, request);
  if (!isComplete) return false;
  return signatures({ ...request, hash }, claim, secret).includes(claim.signature);
}

/** In lower case, sorted, with what makes the signature one of this time and this token. */
function isProperList(names: string[], { headers }: SignedRequest): boolean {
  const needed = headers["x-security-token"] === undefined ? ["x-date"] : ["x-date", "x-security-token"];
  return (
    names.every((name) => name === name.toLowerCase()) &&
    names.join() === names.toSorted().join() &&
    needed.every((name) => names.includes(name))
  );
}

function signsWholeQuery(names: string[], { query }: SignedRequest): boolean {
  return [...query.keys()].every(
    (name) => names.includes(name) || name === "X-Signature" || name === "X-SignedQueries",
  );
}

/** The signatures a client may have come to: the official signers differ in small things (§2.2). */
function signatures(request: SignedRequest & { hash: string }, claim: Claim, secret: string): string[] {
  const { method, path, query, hash } = request;
  const scope = [claim.day, claim.region, claim.service, claim.terminator].join("/");
  const key = [claim.day, claim.region, claim.service, claim.terminator].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    secret,
  );
  return canonicalQueries(query, claim.signedQueries).flatMap((canonicalQuery) =>
    canonicalHeaders(request.headers, claim.signedHeaders).map((canonicalHeader) => {
      const names = claim.signedHeaders.join(";");
      const canonical = [method, path, canonicalQuery, canonicalHeader, names, hash].join("\n");
      return hmac(key, ["HMAC-SHA256", claim.time, scope, sha256(canonical)].join("\n")).toString("hex");
    }),
  );
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
