import { createHash, randomUUID } from "node:crypto";
import type { VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { withoutRepeated } from "../../wire/links.ts";
import { settingsOf } from "../settings.ts";
import { hmacHeaders, type Outgoing } from "./hmac.ts";
import { readSigningKey } from "./jwk.ts";
import { createToken, tokenLifeSeconds } from "./jwt.ts";

type Caller = Pick<VendorContext, "credentials" | "settings" | "clock">;

/** A token is renewed this long before its end. */
const renewBeforeMs = 5 * 60_000;

/** Tokens by a hash of what they were made with: made once and used until near their end. */
const tokens = new Map<string, { token: string; from: number; until: number }>();

/**
 * Adds to a call what says who calls: a key or token where the gateway looks for it, or a signature over the very headers that are
 * sent (contract §2). Header names come in lower case. Throws a {@link VendorError} when the credentials are not of the kind chosen.
 */
export function authorize(caller: Caller, outgoing: Outgoing): { url: URL; headers: Record<string, string> } {
  const { auth, keyLocation } = settingsOf(caller);
  const { url, headers } = outgoing;
  if (auth === "hmac") {
    const keys = { accessKey: secret(caller, "accessKey"), secretKey: secret(caller, "secretKey") };
    const own = hmacHeaders(outgoing, keys, { at: caller.clock.now(), nonce: randomUUID() });
    return { url, headers: { ...headers, ...own } };
  }
  const isToken = auth === "jwt";
  return placed({ url, headers }, keyLocation, isToken ? tokenOf(caller) : secret(caller, "apiKey"), isToken);
}

/** A link without the key or token that the call it came from had in its query. */
export function withoutKey(link: URL, caller: Caller): URL {
  if (settingsOf(caller).auth === "hmac") return link;
  return withoutRepeated(
    link,
    authorize(caller, { method: "GET", url: new URL(link.origin), headers: {} }).url,
  );
}

/** What must not be kept of an answer that repeats it. */
export function secretsOf({ credentials }: Pick<VendorContext, "credentials">): string[] {
  return Object.values(credentials).filter((value) => value !== "");
}

/** A token keeps its `Bearer` in a header of another name too, as the reference client sends it; a key stands there alone (contract §2). */
function placed(
  { url, headers }: { url: URL; headers: Readonly<Record<string, string>> },
  location: string,
  key: string,
  isToken: boolean,
) {
  if (location === "authorization") return { url, headers: { ...headers, authorization: `Bearer ${key}` } };
  const [, place, name = ""] = /^(header|query):\s*([\w!#$%&'*+.^`|~-]+)$/.exec(location) ?? [];
  if (place === "header") {
    return { url, headers: { ...headers, [name.toLowerCase()]: isToken ? `Bearer ${key}` : key } };
  }
  if (place !== "query") {
    throw new VendorError({ reason: "invalid", sent: "no", field: "easel.gateway.keyLocation" });
  }
  const keyed = new URL(url);
  keyed.searchParams.set(name, key);
  return { url: keyed, headers: { ...headers } };
}

function tokenOf(caller: Caller): string {
  const text = secret(caller, "jwtKey");
  const holder = { consumer: secret(caller, "consumer"), issuer: caller.credentials.issuer ?? "" };
  const name = createHash("sha256")
    .update(JSON.stringify([text, holder]))
    .digest("hex");
  const now = caller.clock.now();
  const known = tokens.get(name);
  if (known && now >= known.from && now < known.until) return known.token;
  const key = readSigningKey(text);
  if (!key) throw new VendorError({ reason: "credentials", sent: "no", next: "jwtKey" });
  const token = createToken(key, holder, Math.floor(now / 1000));
  tokens.set(name, { token, from: now, until: now + tokenLifeSeconds * 1000 - renewBeforeMs });
  return token;
}

function secret({ credentials }: Caller, name: string): string {
  const value = credentials[name]?.trim() ?? "";
  if (value === "") throw new VendorError({ reason: "credentials", sent: "no", next: "enterCredentials" });
  return value;
}
