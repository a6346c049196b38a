import { createHash, createHmac } from "node:crypto";
import { type Answer, bytes } from "../answer.ts";
import type { Exchange } from "../vendor.ts";
import { SIGNERS } from "./keys.ts";

const HASHES: Record<string, string> = { HmacSHA256: "sha256", HmacSHA1: "sha1" };

/** Headers that have lines of their own, or none. */
const NEVER_SIGNED = new Set([
  "x-ca-signature",
  "x-ca-signature-headers",
  "accept",
  "content-md5",
  "content-type",
  "date",
]);
/** With Content-MD5 the gateway reads the body, up to this many bytes. */
const MOST_HASHED = 32 * 2 ** 20;

type Signed = Pick<Exchange, "method" | "target" | "headers" | "body">;

/** What the signature is made of (contract alibaba-ai-gateway §2.3). `bare` writes an empty parameter as its name alone. */
export function stringToSign(request: Signed, bare = false): string {
  const { method, target } = request;
  const header = (name: string) => String(request.headers[name] ?? "");
  const names = header("x-ca-signature-headers")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "" && !NEVER_SIGNED.has(name))
    .toSorted();
  const [path = "", query = ""] = target.split("?", 2);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(header("content-type"));
  const parameters = [
    ...new URLSearchParams(query),
    ...(isForm ? new URLSearchParams(request.body.toString("utf8")) : []),
  ]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (bare && value === "" ? name : `${name}=${value}`));
  return [
    method.toUpperCase(),
    header("accept"),
    header("content-md5"),
    header("content-type"),
    header("date"),
    ...names.map((name) => `${name}:${header(name)}`),
    path + (parameters.length > 0 ? `?${parameters.join("&")}` : ""),
  ].join("\n");
}

/** Undefined when the request is signed as it must be, else the gateway's answer (text). */
export function hmacRefusal(exchange: Exchange): Answer | undefined {
  const header = (name: string) => String(exchange.headers[name] ?? "");
  const accessKey = header("x-ca-key");
  const signer = Object.hasOwn(SIGNERS, accessKey) ? SIGNERS[accessKey] : undefined;
  if (signer === undefined) return refused(401, "Invalid Key");
  const signature = header("x-ca-signature");
  if (signature === "") return refused(401, "Empty Signature");
  if (signer.dateOffset !== undefined && !isNear(exchange, signer.dateOffset * 1000))
    return refused(400, "Invalid Date");
  const hash = HASHES[header("x-ca-signature-method") || "HmacSHA256"] ?? "sha256";
  const made = (text: string) => createHmac(hash, signer.secret).update(text).digest("base64");
  if (![false, true].some((bare) => made(stringToSign(exchange, bare)) === signature)) {
    const text = stringToSign(exchange).replaceAll("\n", "#");
    return refused(400, "Invalid Signature", { "x-ca-error-message": `Server StringToSign:\`${text}\`` });
  }
  const md5 = header("content-md5");
  if (md5 !== "" && exchange.body.length > MOST_HASHED) return refused(413, "Request Body Too Large");
  if (md5 !== "" && createHash("md5").update(exchange.body).digest("base64") !== md5)
    return refused(400, "Invalid Content-MD5");
  return signer.allowed ? undefined : refused(403, "Unauthorized Consumer");
}

/** Date is an HTTP date; without it the timestamp counts, in milliseconds or seconds. */
function isNear({ headers, now }: Exchange, most: number): boolean {
  const { date, "x-ca-timestamp": stamp } = headers;
  const number = Number(stamp);
  const at = date === undefined ? (number > 1e11 ? number : number * 1000) : Date.parse(String(date));
  return Math.abs(now() - at) <= most;
}

/** Header values are Latin-1: other letters go as their UTF-8 bytes. */
function refused(status: number, text: string, headers: Record<string, string> = {}): Answer {
  const safe = Object.entries(headers).map(([name, value]) => [
    name,
    Buffer.from(value, "utf8").toString("latin1"),
  ]);
  return bytes(status, "text/plain", text, { server: "istio-envoy", ...Object.fromEntries(safe) });
}
