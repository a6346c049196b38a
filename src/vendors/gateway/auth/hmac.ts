import { createHmac } from "node:crypto";

/** A call as it will be sent; header names in lower case. */
export interface Outgoing {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
}

export interface HmacKeys {
  accessKey: string;
  secretKey: string;
}

/** Headers that are never among the signed ones: some have lines of their own (contract §2.3). */
const unsigned: ReadonlySet<string> = new Set([
  "x-ca-signature",
  "x-ca-signature-headers",
  "accept",
  "content-md5",
  "content-type",
  "date",
]);

/** What is signed of a call: method, five headers' values, the signed headers, path and sorted query with decoded values (contract §2.3). */
export function stringToSign({ method, url, headers }: Outgoing, signed: readonly string[]): string {
  const lines = signed
    .filter((name) => !unsigned.has(name))
    .toSorted()
    .map((name) => `${name}:${headers[name] ?? ""}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join("&");
  return [
    method.toUpperCase(),
    headers.accept ?? "",
    headers["content-md5"] ?? "",
    headers["content-type"] ?? "",
    headers.date ?? "",
    ...lines,
    url.pathname + (query === "" ? "" : `?${query}`),
  ].join("\n");
}

/** Base64 of the HMAC-SHA256 of a text. */
export function signature(text: string, secretKey: string): string {
  return createHmac("sha256", secretKey).update(text, "utf8").digest("base64");
}

/** The headers that sign a call. `at` in milliseconds; `nonce` is new for each call. */
export function hmacHeaders(
  outgoing: Outgoing,
  keys: HmacKeys,
  { at, nonce }: { at: number; nonce: string },
): Record<string, string> {
  const own = {
    "x-ca-key": keys.accessKey,
    "x-ca-nonce": nonce,
    "x-ca-signature-method": "HmacSHA256",
    "x-ca-timestamp": String(at),
  };
  const names = Object.keys(own).toSorted();
  const text = stringToSign({ ...outgoing, headers: { ...outgoing.headers, ...own } }, names);
  return {
    ...own,
    "x-ca-signature-headers": names.join(","),
    "x-ca-signature": signature(text, keys.secretKey),
  };
}
