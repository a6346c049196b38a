/** Why a call failed, in one of ten words every vendor's own codes are mapped to. */
export const errorReasons = [
  "credentials",
  "balance",
  "rateLimit",
  "policy",
  "invalid",
  "notFound",
  "expired",
  "unavailable",
  "ambiguous",
  "protocol",
] as const;
export type ErrorReason = (typeof errorReasons)[number];

/**
 * Whether the vendor got the call: `no` (never left or never arrived), `refused` (it arrived and was turned down,
 * nothing was made or billed), `unknown` (it may have been carried out and billed).
 */
export type Sent = "no" | "refused" | "unknown";

export interface VendorErrorFacts {
  reason: ErrorReason;
  sent: Sent;
  /** HTTP status of the answer, if there was one. */
  status?: number;
  /** The vendor's own code, message and request id, as they came, free of keys. */
  code?: string;
  vendorMessage?: string;
  requestId?: string;
  /** The field of the request the vendor named. */
  field?: string;
  /** The path that the address has no route for: a gateway serves only those its operator made. */
  route?: string;
  /** How long to wait before trying again, in milliseconds, if the vendor said so or its rules do. */
  retryAfterMs?: number;
  /** True if the same request may be sent again without the user changing anything. */
  retryable?: boolean;
  /** Code of the next step in `text/errors.ts`, where it is more than the reason's own. */
  next?: string;
}

/** Facts of a failure as they are kept in the ledger and shown: plain JSON, no stack. */
export type FailureRecord = VendorErrorFacts;

/** Any failure of a vendor's call. `message` is for logs: reason and code only, never a prompt or a body. */
export class VendorError extends Error {
  override readonly name = "VendorError";
  readonly facts: VendorErrorFacts;

  constructor(facts: VendorErrorFacts, options?: ErrorOptions) {
    super([facts.reason, facts.status, facts.code].filter(Boolean).join(" "), options);
    this.facts = facts;
  }

  get reason(): ErrorReason {
    return this.facts.reason;
  }
}
