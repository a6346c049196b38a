import { type Answer, bytes } from "../answer.ts";
import type { Exchange } from "../vendor.ts";
import { hmacRefusal } from "./hmac.ts";
import { readToken } from "./jwt.ts";
import { API_KEY, FORBIDDEN_KEY, JWT_CONSUMER } from "./keys.ts";

/** Places of a key, as configured (contract alibaba-ai-gateway §2.1). */
const KEY_HEADER = "x-api-key";
const KEY_QUERY = "apikey";
const TOKEN_QUERY = "access_token";

const KEY_CHECK = "Request denied by Key Auth check.";

/**
 * The gateway's word on who calls: undefined when a consumer may, else its answer in text. Signing headers make
 * it a signed call, something with two dots in a token's place a token, anything else a key.
 */
export function consumerRefusal(exchange: Exchange): Answer | undefined {
  const { headers, query } = exchange;
  if (headers["x-ca-key"] !== undefined || headers["x-ca-signature"] !== undefined)
    return hmacRefusal(exchange);
  const bearer = /^Bearer (\S+)$/.exec(String(headers.authorization ?? ""))?.[1];
  const token = bearer?.split(".").length === 3 ? bearer : (query.get(TOKEN_QUERY) ?? undefined);
  if (token !== undefined) return tokenRefusal(exchange, token);

  const keys = [bearer, headers[KEY_HEADER], query.get(KEY_QUERY)].filter((key) => typeof key === "string");
  if (keys.length > 1) return keyRefused(401, "Muti API key found in request");
  const [key] = keys;
  if (key === undefined) return keyRefused(401, "No API key found in request");
  if (key === FORBIDDEN_KEY) return keyRefused(403, "Unauthorized consumer");
  return key === API_KEY ? undefined : keyRefused(401, "Invalid API key");
}

function tokenRefusal(exchange: Exchange, token: string): Answer | undefined {
  const claims = readToken(token, exchange.now() / 1000);
  if (typeof claims === "string")
    return refused(401, claims, {
      "www-authenticate": `Bearer realm="http://${exchange.headers.host}${exchange.path}", error="invalid_token"`,
    });
  return claims.uid === JWT_CONSUMER ? undefined : refused(403, "Access Denied");
}

function keyRefused(status: number, reason: string): Answer {
  return refused(status, `${KEY_CHECK} ${reason}`, { "www-authenticate": "Key realm=MSE Gateway" });
}

function refused(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return bytes(status, "text/plain", text, { server: "istio-envoy", ...headers });
}
