import type { HttpResponse } from "../../net/types.ts";
import { VendorError } from "../errors.ts";
import { refusal } from "../wire/refusal.ts";
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
  return refusal(error, rule, sent, { status, retryAfter: headers["retry-after"], secrets, now });
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
