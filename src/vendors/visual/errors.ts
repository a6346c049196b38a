import type { HttpResponse } from "../../net/types.ts";
import { VendorError } from "../errors.ts";
import { refusal } from "../wire/refusal.ts";
import { businessRules, gatewayRules, statusRules, type VisualErrorRule } from "./error-rules.ts";

/** What an error body says: the gateway's wrapper comes first, then the business code (contract §5). */
interface Said {
  code?: string | number;
  message?: string;
  requestId?: string;
}

/** The business code of success. */
const success = 10000;

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function words(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What an answer's body says of itself; parts that are not there stay out. */
export function readSaid(body: unknown): Said {
  const metadata = member(body, "ResponseMetadata");
  const gateway = member(metadata, "Error");
  const code = member(body, "code");
  const said =
    metadata === undefined
      ? {
          code: typeof code === "number" ? code : undefined,
          message: words(member(body, "message")),
          requestId: words(member(body, "request_id")),
        }
      : {
          code: words(member(gateway, "Code")),
          message: words(member(gateway, "Message")),
          requestId: words(member(metadata, "RequestId")),
        };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** True if the answer says that all is well. */
export function isSuccess({ code }: Said): boolean {
  return code === success;
}

/** True if a code is one of the algorithms' own, which the gateway lets through only to a request whose signature is good. */
export function isBusinessCode(code: string | undefined): boolean {
  return /^\d{5}$/.test(code ?? "");
}

/** The error an answer stands for. Up to 499 it is a refusal; from 500 on the call may have been carried out (contract §7.3). */
export function errorOfAnswer(
  response: Pick<HttpResponse, "status" | "headers">,
  said: Said,
  { secrets, now }: { secrets: readonly string[]; now: number },
): VendorError {
  const { status, headers } = response;
  const rule = ruleOf(said, status);
  const sent = rule.doubtful || status >= 500 ? "unknown" : "refused";
  return refusal(said, rule, sent, { status, retryAfter: headers["retry-after"], secrets, now });
}

function ruleOf({ code }: Said, status: number): VisualErrorRule {
  const known = typeof code === "number" ? businessRules[code] : gatewayRules[code ?? ""];
  if (known) return known;
  const byStatus = statusRules[status];
  if (byStatus) return byStatus;
  if (status >= 500) return { reason: "ambiguous" };
  return { reason: code === undefined ? "protocol" : "invalid" };
}

/** True if an error that met a look says how the task has ended, and not how the look went. */
export function endsTask(error: unknown): error is VendorError {
  if (!(error instanceof VendorError)) return false;
  return businessRules[Number(error.facts.code)]?.ends === true;
}
