import { createHash } from "node:crypto";
import { parseExact } from "./exact.ts";

/** One row of `GET /requests`. `at` is milliseconds since the epoch on the simulated clock. */
type RequestRow = {
  at: number;
  vendor: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
};

/** One row of `GET /charges`: a billable call that the vendor accepted. */
export type ChargeRow = {
  at: number;
  vendor: string;
  id: string;
  operation: string;
  model: string;
  amount: number;
  unit: string;
};

export type Journal = {
  requests: RequestRow[];
  charges: ChargeRow[];
  reset(): void;
};

export function createJournal(): Journal {
  const journal: Journal = {
    requests: [],
    charges: [],
    reset: () => {
      journal.requests.length = 0;
      journal.charges.length = 0;
    },
  };
  return journal;
}

/** Above this many characters (JSON strings) or bytes (other bodies) the journal keeps a summary instead. */
const KEPT = 256 * 1024;

/** What replaces a text or body too large to keep: `length` in characters or bytes. */
type Summary = { length: number; sha256: string; head: string };

/**
 * A request body as the journal keeps it: parsed JSON whose very long strings are summarised, base64 for
 * anything else, a summary for anything else that is large, null for no body.
 */
export function journalBody(body: Buffer, contentType: string | undefined): unknown {
  if (body.length === 0) return null;
  if (contentType === undefined || /json/i.test(contentType)) {
    try {
      return parseExact(body.toString("utf8"), (_key, value) =>
        typeof value === "string" && value.length > KEPT ? summary(value, value.slice(0, 64)) : value,
      );
    } catch {
      // Not JSON after all: kept as bytes.
    }
  }
  return body.length > KEPT ? summary(body, body.toString("latin1", 0, 64)) : body.toString("base64");
}

function summary(data: string | Buffer, head: string): Summary {
  return { length: data.length, sha256: createHash("sha256").update(data).digest("hex"), head };
}
