import { createHash, createHmac } from "node:crypto";

/** Long-lived keys, or temporary ones with their session token. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What is signed. `contentType` has to go out as the very same text; `at` is ms since the epoch by the vendor's clock. */
export interface Unsigned {
  method: "POST" | "GET";
  url: URL;
  contentType: string;
  body: Uint8Array;
  at: number;
}

/** Fixed for this host, whatever the algorithm (contract §1). */
const region = "cn-north-1";
const service = "cv";

/**
 * Every header of a request but `host`, which the transport writes: OpenAPI signature V4 in the header style, with the set of signed
 * headers that the vendor's own SDKs use (contract §2.1, §2.2).
 */
export function signedHeaders(request: Unsigned, keys: Keys): Record<string, string> {
  const { url, contentType, body, at } = request;
  const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const token = keys.sessionToken ?? "";
  const headers: Record<string, string> = {
    "content-type": contentType,
    "x-content-sha256": sha256(body),
    "x-date": date,
    ...(token === "" ? {} : { "x-security-token": token }),
  };
  const lines = Object.entries({ ...headers, host: url.host }).sort(byCodeUnits);
  const names = lines.map(([name]) => name).join(";");
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...lines.map(([name, value]) => `${name}:${value.trim()}`),
    "",
    names,
    headers["x-content-sha256"],
  ].join("\n");
  const scope = [date.slice(0, 8), region, service, "request"];
  const text = ["HMAC-SHA256", date, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>(hmac, keys.secretAccessKey);
  const signature = hmac(key, text).toString("hex");
  const credential = `${keys.accessKeyId}/${scope.join("/")}`;
  return {
    ...headers,
    authorization: `HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .sort(byCodeUnits)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join("&");
}

/** RFC 3986: of the signs, only `-_.~` stay. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byCodeUnits([a]: [string, string], [b]: [string, string]): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
