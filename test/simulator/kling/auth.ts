import type { Exchange } from "../vendor.ts";
import { Refusal } from "./errors.ts";
import { tokenFault } from "./jwt.ts";

/** The keys of the simulator's account: those of the contract's examples, so that these can be sent as they are. */
export const KEYS = {
  accessKey: "ak-example-not-a-real-access-key1",
  secretKey: "sk-example-not-a-real-secret-key1",
  apiKey: "api-key-example-not-real",
};

const NO_TOKENS =
  "Authentication error. The current API does not support AK/SK; please go to the console (https://kling.ai/dev/api-key) to create API key.";

/** What a path takes: a token or the API key, or the API key alone (contract kling §1.2). */
export type Credentials = "any" | "apiKey";

/** Throws a Refusal with a code from 1000 to 1004 unless the request carries good credentials. */
export function authenticate(exchange: Exchange, credentials: Credentials): void {
  const header = exchange.headers.authorization;
  if (typeof header !== "string" || header.trim() === "") throw new Refusal(1001);
  const [, token] = /^Bearer (\S+)$/.exec(header) ?? [];
  if (token === undefined) throw new Refusal(1002);
  if (token === KEYS.apiKey) return;
  if (credentials === "apiKey")
    throw new Refusal(1002, token.split(".").length === 3 ? NO_TOKENS : undefined);
  const fault = tokenFault(
    token,
    (accessKey) => (accessKey === KEYS.accessKey ? KEYS.secretKey : undefined),
    exchange.now() / 1000,
  );
  if (fault !== undefined) throw new Refusal(fault.code, fault.message);
}
