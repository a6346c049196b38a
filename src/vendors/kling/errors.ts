import { redact } from "../../net/redact.ts";
import { retryAfterMs } from "../../net/retry.ts";
import type { HttpResponse } from "../../net/types.ts";
import { VendorError, type VendorErrorFacts } from "../errors.ts";
import { errorRules, type KlingErrorRule, statusRules, taskRules } from "./error-rules.ts";

/** What an error body says (contract §2, §8). */
interface KlingError {
  code?: number;
  message?: string;
  requestId?: string;
}

/** Longest message of the vendor that is kept, in characters. */
const maxMessage = 1000;

/** Reads `{code, message, request_id}`; parts that are not there stay out. */
function readError(body: unknown): KlingError {
  if (typeof body !== "object" || body === null) return {};
  const code: unknown = Reflect.get(body, "code");
  const message: unknown = Reflect.get(body, "message");
  const requestId: unknown = Reflect.get(body, "request_id");
  return {
    ...(typeof code === "number" && code !== 0 ? { code } : {}),
    ...(typeof message === "string" && message !== "" ? { message } : {}),
    ...(typeof requestId === "string" && requestId !== "" ? { requestId } : {}),
  };
}

/** The error an answer stands for. Up to 499 it is a refusal; from 500 on the task may exist (contract §8). */
export function errorOfAnswer(
  response: Pick<HttpResponse, "status" | "headers">,
  body: unknown,
  { secrets, now }: { secrets: readonly string[]; now: number },
): VendorError {
  const { status, headers } = response;
  const error = readError(body);
  const rule = ruleOf(error, status);
  const sent = status >= 500 || status === 408 || (error.code ?? 0) >= 5000 ? "unknown" : "refused";
  const facts: VendorErrorFacts = { reason: rule.reason, sent, status };
  if (error.code !== undefined) facts.code = String(error.code);
  if (error.message) facts.vendorMessage = redact(error.message.slice(0, maxMessage), secrets);
  if (error.requestId) facts.requestId = error.requestId;
  if (rule.next) facts.next = rule.next;
  facts.retryable = rule.retryable === true && sent === "refused";
  if (facts.retryable) {
    const wait = retryAfterMs(headers["retry-after"], now) ?? rule.waitMs;
    if (wait !== undefined) facts.retryAfterMs = wait;
  }
  return new VendorError(facts);
}

function ruleOf(error: KlingError, status: number): Omit<KlingErrorRule, "code"> {
  const known = errorRules.find(
    ({ code, message }) => code === error.code && (message?.test(error.message ?? "") ?? true),
  );
  if (known) return known;
  const byStatus = statusRules[status];
  if (byStatus) return byStatus;
  if (status >= 500) return { reason: "ambiguous" };
  return { reason: status >= 400 && error.code !== undefined ? "invalid" : "protocol" };
}

/** Why a task failed. The vendor makes and charges nothing for it (contract §9). */
export function errorOfTask(message: string, requestId: string | undefined): VendorError {
  const rule = taskRules.find((candidate) => candidate.message.test(message));
  return new VendorError({
    reason: rule?.reason ?? "unavailable",
    sent: "refused",
    retryable: false,
    ...(message ? { vendorMessage: message.slice(0, maxMessage) } : {}),
    ...(requestId ? { requestId } : {}),
    ...(rule?.next ? { next: rule.next } : {}),
  });
}

/** An answer that says it is fine but cannot be read: what it stands for may exist and be billed. */
export function unreadable(status: number, requestId?: string): VendorError {
  return new VendorError({
    reason: "protocol",
    sent: "unknown",
    status,
    code: "unreadable",
    ...(requestId ? { requestId } : {}),
  });
}

/** True if the vendor knows no task of that id, which is a plain answer and no failure. */
export function isTaskUnknown(error: unknown): boolean {
  return error instanceof VendorError && error.facts.code === "1201" && error.reason === "notFound";
}

/** True if a task with the same own id exists already: it was accepted before, and nothing more is billed (contract §2). */
export function isDuplicate(error: unknown): boolean {
  return (
    error instanceof VendorError &&
    error.facts.code === "1201" &&
    /external_?task_?id\b.*already exists/i.test(error.facts.vendorMessage ?? "")
  );
}
