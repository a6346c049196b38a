import type { ErrorReason } from "../errors.ts";

/** Next steps that Kling's errors can call for beyond those of others; `text/errors.ts` has the words. */
export type KlingNextStep =
  | "accountAbnormal"
  | "clockSkew"
  | "klingKeyKind"
  | "needsVendorId"
  | "packUsedUp"
  | "parallelLimit"
  | "unknownElement"
  | "unknownVoice"
  | "tooManyElements"
  | "noFace";

/** What a code means (contract §8), by the first rule that fits; `message` tells the meanings of one code apart. */
export interface KlingErrorRule {
  code: number;
  message?: RegExp;
  reason: ErrorReason;
  /** The same request may go out again by itself after `waitMs`. Only followed when the vendor refused. */
  retryable?: true;
  waitMs?: number;
  next?: KlingNextStep | SharedNextStep;
}

type SharedNextStep = "checkKey" | "checkPermission" | "topUp" | "reportField" | "checkModel" | "badPicture";

export const errorRules: readonly KlingErrorRule[] = [
  { code: 1000, reason: "credentials", next: "checkKey" },
  { code: 1001, reason: "credentials", next: "checkKey" },
  { code: 1002, message: /does not support AK\/SK/i, reason: "credentials", next: "klingKeyKind" },
  { code: 1002, reason: "credentials", next: "checkKey" },
  { code: 1003, reason: "credentials", next: "clockSkew" },
  { code: 1004, reason: "credentials", next: "clockSkew" },
  { code: 1100, reason: "credentials", next: "accountAbnormal" },
  { code: 1101, reason: "balance", next: "topUp" },
  { code: 1102, reason: "balance", next: "packUsedUp" },
  { code: 1103, reason: "credentials", next: "checkPermission" },
  { code: 1200, reason: "invalid" },
  { code: 1201, message: /not found by id/i, reason: "notFound" },
  { code: 1201, message: /is not supported with/i, reason: "invalid", next: "reportField" },
  { code: 1201, reason: "invalid" },
  { code: 1202, reason: "protocol" },
  { code: 1203, reason: "notFound", next: "checkModel" },
  { code: 1300, reason: "policy" },
  { code: 1301, reason: "policy" },
  { code: 1302, reason: "rateLimit", retryable: true, waitMs: 1000 },
  { code: 1303, reason: "rateLimit", retryable: true, waitMs: 10_000, next: "parallelLimit" },
  { code: 1304, reason: "credentials", next: "checkPermission" },
  { code: 5000, reason: "ambiguous" },
  { code: 5001, reason: "unavailable" },
  { code: 5002, reason: "ambiguous" },
];

/** Where there is no code, as in a page of some proxy: by the HTTP status. Never by 429 alone whether it passes (contract §8). */
export const statusRules: Readonly<Record<number, Omit<KlingErrorRule, "code">>> = {
  401: { reason: "credentials", next: "checkKey" },
  403: { reason: "credentials", next: "checkPermission" },
  404: { reason: "notFound" },
  408: { reason: "ambiguous" },
  409: { reason: "invalid" },
  413: { reason: "invalid" },
  429: { reason: "rateLimit", retryable: true },
  503: { reason: "unavailable" },
};

/** Why a task failed, by the words of `task_status_msg` (contract §8): there are no codes for it. */
export const taskRules: readonly { message: RegExp; reason: ErrorReason; next?: SharedNextStep }[] = [
  { message: /risk|sensitive|content (safety|security)|policy|not allowed/i, reason: "policy" },
  { message: /image (pixel|format|size)/i, reason: "invalid", next: "badPicture" },
  { message: /invalid|failed to download|duration|resolution|format/i, reason: "invalid" },
];
