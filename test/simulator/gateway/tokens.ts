import { randomUUID } from "node:crypto";
import { json } from "../answer.ts";
import type { Exchange } from "../vendor.ts";
import { invalid, Refusal } from "./errors.ts";
import type { Handle } from "./guard.ts";
import { PROVIDER_KEY } from "./keys.ts";

const MOST_SECONDS = 1800;
const DEFAULT_SECONDS = 60;

/** Keys of the models' own host: the provider's, and short-lived ones made with it (contract §8). */
export type Tokens = {
  /** Throws a Refusal unless the request carries a good key. */
  check(exchange: Exchange): void;
  /** `POST /api/v1/tokens?expire_in_seconds=`. */
  create: Handle;
  reset(): void;
};

export function createTokens(): Tokens {
  const ends = new Map<string, number>();
  return {
    check: ({ headers, now }) => {
      const header = headers.authorization;
      if (header === undefined) throw new Refusal("InvalidApiKey", "No API-key provided.");
      const key = /^Bearer (\S+)$/.exec(String(header))?.[1] ?? "";
      if (key !== PROVIDER_KEY && now() >= (ends.get(key) ?? 0)) throw new Refusal("InvalidApiKey");
    },
    create: ({ exchange: { query, now } }) => {
      const given = query.get("expire_in_seconds");
      const seconds = given === null ? DEFAULT_SECONDS : Number(given);
      if (!Number.isInteger(seconds) || seconds < 1 || seconds > MOST_SECONDS)
        throw invalid(`expire_in_seconds must be between 1 and ${MOST_SECONDS}`);
      const token = `st-${randomUUID()}`;
      ends.set(token, now() + seconds * 1000);
      return json(200, { token, expires_at: Math.floor(now() / 1000) + seconds });
    },
    reset: () => ends.clear(),
  };
}
