import type { Job } from "../model/job.ts";
import { NetError, type NetFault } from "../net/types.ts";
import { type ErrorReason, type FailureRecord, VendorError } from "../vendors/errors.ts";
import { mayBeBilled } from "./machine.ts";
import type { JobLogLine } from "./types.ts";

/** Why a run was stopped from inside Easel: not a failure of the job. */
export class Stop extends Error {
  override readonly name = "Stop";
}

/** The model's deadline passed. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/** What a fault of a transfer says about the result it was to bring. */
const downloadReasons: Partial<Record<NetFault, ErrorReason>> = {
  linkDead: "expired",
  wrongType: "protocol",
  tooLarge: "protocol",
  truncated: "protocol",
  malformed: "protocol",
  redirect: "protocol",
  insecure: "protocol",
  private: "protocol",
};

/** A result's bytes failed to come, for good or for now. It was made, so it may well be billed. */
export function downloadFailure(error: unknown): FailureRecord {
  if (error instanceof VendorError) return { ...error.facts, sent: "unknown" };
  if (!(error instanceof NetError)) return { reason: "unavailable", sent: "unknown", next: "storage" };
  const facts: FailureRecord = {
    reason: downloadReasons[error.fault] ?? "unavailable",
    sent: "unknown",
    code: error.fault,
    next: "download",
  };
  return error.status === undefined ? facts : { ...facts, status: error.status };
}

/** True if what the link leads to is no result, so that no later try can bring one. */
export function isLostForGood(error: unknown): boolean {
  if (error instanceof VendorError) return error.facts.next === "wrongMedia";
  return error instanceof NetError && error.fault === "tooLarge";
}

/** True if the link led to something else than the result: gone for good, or hidden for now by whoever is in between. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof NetError && deadLinkFaults.has(error.fault);
}

const deadLinkFaults: ReadonlySet<NetFault> = new Set([
  "linkDead",
  "wrongType",
  "redirect",
  "insecure",
  "private",
]);

/**
 * A failure of a vendor's call as it is kept. Once a call may have been carried out, what failed after it says nothing about
 * whether it was: only the vendor's own word does.
 */
export function failureOf(error: unknown, job: Job): FailureRecord {
  if (error instanceof VendorError) return error.facts;
  const sent = mayBeBilled(job) ? "unknown" : "no";
  if (error instanceof DeadlinePassed) {
    return { reason: sent === "no" ? "unavailable" : "ambiguous", sent, next: "deadline" };
  }
  if (error instanceof NetError) {
    const facts: FailureRecord = {
      reason: sent === "no" ? "unavailable" : "ambiguous",
      sent,
      code: error.fault,
    };
    return error.status === undefined ? facts : { ...facts, status: error.status };
  }
  return { reason: "protocol", sent };
}

/** True if nobody foresaw the error: it goes to the log. */
export function isUnforeseen(error: unknown): error is Error {
  return !(error instanceof VendorError || error instanceof NetError || error instanceof DeadlinePassed);
}

/** Name and place of an error, without its message: that may hold anything. */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack?.split("\n").find((line) => /^\s+at /.test(line));
  return `${error.name}${place ? ` ${place.trim().replace(/\(?(file:\/\/|\/|[A-Z]:\\).*[/\\]/, "(")}` : ""}`;
}

/** True if the same request may go out again by itself: it certainly was not carried out, and its reason passes. */
export function isResendable(failure: FailureRecord): boolean {
  if (failure.sent === "unknown") return false;
  if (failure.retryable !== undefined) return failure.retryable;
  return failure.reason === "rateLimit" || failure.reason === "unavailable";
}

/**
 * What a failed look at a running task means: look `again`, the task has `failed`, or is `doubted`: it goes on out there and somebody
 * has to act. `patience` is how many looks in a row may fail this way first.
 */
export const lookRules: Readonly<
  Record<ErrorReason, { means: "again" | "failed" | "doubted"; patience: number }>
> = {
  unavailable: { means: "again", patience: 0 },
  rateLimit: { means: "again", patience: 0 },
  ambiguous: { means: "again", patience: 0 },
  protocol: { means: "doubted", patience: 3 },
  notFound: { means: "doubted", patience: 2 },
  expired: { means: "failed", patience: 0 },
  policy: { means: "failed", patience: 0 },
  credentials: { means: "doubted", patience: 0 },
  balance: { means: "doubted", patience: 0 },
  invalid: { means: "doubted", patience: 0 },
};

/** Codes and ids as vendors make them. Anything else could be words of the user's, or lines of its own in the log. */
const plainToken = /^[\w.:/-]{1,128}$/;

/** The line of the log for a failure. */
export function failureLine(job: Job, failure: FailureRecord): JobLogLine {
  const plain = (token: string | undefined) => (token && plainToken.test(token) ? token : undefined);
  const status = [failure.reason, failure.sent, failure.status, plain(failure.code)]
    .filter(Boolean)
    .join(" ");
  const line: JobLogLine = { job: job.id, vendor: job.request.vendor, status };
  const requestId = plain(failure.requestId);
  return requestId === undefined ? line : { ...line, requestId };
}
