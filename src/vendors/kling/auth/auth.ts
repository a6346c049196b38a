import { createHash } from "node:crypto";
import type { VendorContext } from "../../contract.ts";
import { createToken, tokenLifeSeconds } from "./jwt.ts";

type Caller = Pick<VendorContext, "credentials" | "baseUrl" | "clock">;

/** A token is renewed this long before its end (contract §1.1). */
const renewBeforeMs = 5 * 60_000;
/** Tokens are dated back, so that a clock somewhat ahead of the vendor's makes none that is not yet valid. */
const backdatedMs = 25_000;
/** A difference to the vendor's clock up to this is latency and rounding. */
const toleratedSkewMs = 20_000;

/** Tokens by a hash of the keys they were made with: made once and used until near their end. */
const tokens = new Map<string, { token: string; from: number; until: number }>();
/** By how much the vendor's clock is ahead of ours, in milliseconds, by address. */
const skews = new Map<string, number>();

/** True if calls go out with the single API key, which alone opens the newer paths (contract §1.2). */
export function hasApiKey({ credentials }: Pick<VendorContext, "credentials">): boolean {
  return (credentials.apiKey ?? "") !== "";
}

/** Headers of every call: the API key, or a token made of access key and secret key. */
export function authHeaders(caller: Caller): Record<string, string> {
  const key = hasApiKey(caller) ? caller.credentials.apiKey : tokenOf(caller);
  return { authorization: `Bearer ${key}` };
}

/** What must not be kept of an answer that repeats it. */
export function secretsOf({ credentials }: Pick<VendorContext, "credentials">): string[] {
  return Object.values(credentials).filter((value) => value !== "");
}

function tokenOf({ credentials, baseUrl, clock }: Caller): string {
  const keys = { accessKey: credentials.accessKey ?? "", secretKey: credentials.secretKey ?? "" };
  const name = createHash("sha256")
    .update(JSON.stringify([baseUrl, keys]))
    .digest("hex");
  const now = clock.now() + (skews.get(baseUrl) ?? 0);
  const known = tokens.get(name);
  if (known && now >= known.from && now < known.until) return known.token;
  const from = now - backdatedMs;
  const token = createToken(keys, Math.floor(from / 1000));
  tokens.set(name, { token, from, until: from + tokenLifeSeconds * 1000 - renewBeforeMs });
  return token;
}

/** Learns from an answer's `Date` by how much the vendor's clock differs; tokens are then made anew by its time. */
export function learnClock({ baseUrl, clock }: Caller, headers: Readonly<Record<string, string>>): void {
  const theirs = Date.parse(headers.date ?? "");
  if (Number.isNaN(theirs)) return;
  const difference = theirs - clock.now();
  if (Math.abs(difference - (skews.get(baseUrl) ?? 0)) <= toleratedSkewMs) return;
  skews.set(baseUrl, difference);
  tokens.clear();
}
