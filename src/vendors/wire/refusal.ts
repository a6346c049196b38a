import { redact } from "../../net/redact.ts";
import { retryAfterMs } from "../../net/retry.ts";
import { type ErrorReason, type Sent, VendorError, type VendorErrorFacts } from "../errors.ts";

/** Longest message of a vendor that is kept, in characters. */
const maxMessage = 1000;

/** What an answer says of what went wrong; parts that are not there stay out. */
interface Said {
  code?: string | number | undefined;
  message?: string | undefined;
  requestId?: string | undefined;
  field?: string | undefined;
}

/** What a vendor's rule makes of it. `waitMs` where the vendor does not say how long to wait. */
interface Meaning {
  reason: ErrorReason;
  next?: string;
  retryable?: boolean;
  waitMs?: number;
}

/** Where it was met: the answer's status, what its headers ask to wait, whose keys must not be kept, and when (ms since the epoch). */
interface Met {
  status: number;
  retryAfter?: string | undefined;
  secrets: readonly string[];
  now: number;
}

/** The error of an answer by what it says and what that means; only what was surely refused may go out again by itself. */
export function refusal(said: Said, meaning: Meaning, sent: Sent, met: Met): VendorError {
  const facts: VendorErrorFacts = { reason: meaning.reason, sent, status: met.status };
  if (said.code !== undefined && said.code !== "") facts.code = String(said.code);
  if (said.message) facts.vendorMessage = redact(said.message.slice(0, maxMessage), met.secrets);
  if (said.requestId) facts.requestId = said.requestId;
  if (said.field) facts.field = said.field;
  if (meaning.next) facts.next = meaning.next;
  facts.retryable = meaning.retryable === true && sent === "refused";
  if (facts.retryable) {
    const wait = retryAfterMs(met.retryAfter, met.now) ?? meaning.waitMs;
    if (wait !== undefined) facts.retryAfterMs = wait;
  }
  return new VendorError(facts);
}

/** An answer that says it is fine but cannot be read: what it stands for may exist and be billed. */
export function unreadable(status: number, requestId?: string, code = "unreadable"): VendorError {
  return new VendorError({
    reason: "protocol",
    sent: "unknown",
    status,
    code,
    ...(requestId ? { requestId } : {}),
  });
}
