import type { ErrorReason } from "../errors.ts";

/** What a vendor's code means, by the first rule that fits (contract §4). */
export interface ErrorRule {
  /** The code itself or a code that goes on with a dot; or a pattern. */
  code: string | RegExp;
  /** The same code can mean several things: what its message must say. */
  message?: RegExp;
  reason: ErrorReason;
  /** The same request may go out again by itself after `waitMs`. Only ever followed when the vendor refused. */
  retryable?: true;
  waitMs?: number;
  /** Next step, a code of `text/errors.ts`. */
  next?: SeedreamNextStep;
}

/** Next steps that Seedream's errors can call for; `text/errors.ts` has the words. */
export type SeedreamNextStep =
  | "realPerson"
  | "copyright"
  | "changePrompt"
  | "changeInput"
  | "changePromptOrAgain"
  | "moderationDown"
  | "soundDeclined"
  | "taskType"
  | "taskGone"
  | "taskCancelled"
  | "taskExpired"
  | "checkLink"
  | "reportField"
  | "badPicture"
  | "endpointStopped"
  | "subscription"
  | "checkKey"
  | "checkPermission"
  | "topUp"
  | "activateModel"
  | "useEndpoint"
  | "checkModel"
  | "planModel"
  | "smallerInputs"
  | "freeTrialOver"
  | "quotaReset"
  | "ownLimit";

const minute = 60_000;

export const errorRules: readonly ErrorRule[] = [
  // Content policy. The suffix says more than the prefix, so it comes first.
  { code: /^OutputAudioSensitiveContentDetected/, reason: "policy", next: "soundDeclined" },
  { code: /SensitiveContentDetected\.PrivacyInformation$/, reason: "policy", next: "realPerson" },
  { code: /SensitiveContentDetected\.(PolicyViolation|DeepFake)$/, reason: "policy", next: "copyright" },
  { code: /^Input(Image|Video|Audio)SensitiveContentDetected/, reason: "policy", next: "changeInput" },
  { code: /^InputTextSensitiveContentDetected/, reason: "policy", next: "changePrompt" },
  { code: /^Output\w+SensitiveContentDetected/, reason: "policy", next: "changePromptOrAgain" },
  { code: /^SensitiveContentDetected/, reason: "policy", next: "changePrompt" },
  { code: /RiskDetection/, reason: "policy", next: "changePrompt" },
  {
    code: "ContentSecurityDetectionError",
    reason: "unavailable",
    retryable: true,
    waitMs: 2000,
    next: "moderationDown",
  },

  // The request itself.
  { code: "InvalidParameter", message: /resource download failed/i, reason: "invalid", next: "checkLink" },
  { code: "InvalidParameter.TaskTypeConstraint", reason: "invalid", next: "taskType" },
  { code: "InvalidParameter.TaskTypeMismatch", reason: "invalid", next: "taskType" },
  { code: "InvalidParameter.UnsupportedParameter", reason: "invalid", next: "reportField" },
  {
    code: "InvalidParameter",
    message: /not supported by the current model/i,
    reason: "invalid",
    next: "reportField",
  },
  { code: "InvalidImageURL", reason: "invalid", next: "badPicture" },
  { code: "InvalidParameter", reason: "invalid" },
  { code: "MissingParameter", reason: "invalid" },
  { code: "InvalidArgumentError", reason: "invalid" },
  { code: "InvalidAction", reason: "invalid" },

  // Key, account, money.
  { code: "AuthenticationError", reason: "credentials", next: "checkKey" },
  { code: "InvalidAccountStatus", reason: "credentials", next: "checkKey" },
  { code: "AccessDenied", reason: "credentials", next: "checkPermission" },
  { code: "OperationDenied.PermissionDenied", reason: "credentials", next: "checkPermission" },
  { code: "AccountOverdueError", reason: "balance", next: "topUp" },
  { code: "OperationDenied.ServiceOverdue", reason: "balance", next: "topUp" },
  { code: "InvalidSubscription", reason: "balance", next: "subscription" },

  // Models.
  { code: "OperationDenied.ServiceNotOpen", reason: "notFound", next: "activateModel" },
  { code: "ModelNotOpen", reason: "notFound", next: "activateModel" },
  { code: "InvalidEndpointOrModel.ModelIDAccessDisabled", reason: "notFound", next: "useEndpoint" },
  { code: "InvalidEndpointOrModel", reason: "notFound", next: "checkModel" },
  { code: "InvalidEndpoint.ClosedEndpoint", reason: "notFound", next: "endpointStopped" },
  { code: "UnsupportedModel", reason: "notFound", next: "planModel" },
  { code: "NotFound", reason: "notFound" },

  // Limits. A quota code has several meanings that only its message tells apart.
  { code: /RateLimitExceeded/, reason: "rateLimit", retryable: true },
  { code: "ServerOverloaded", reason: "rateLimit", retryable: true, waitMs: 1000 },
  { code: "RequestBurstTooFast", reason: "rateLimit", retryable: true, waitMs: 1000 },
  { code: "InflightBatchsizeExceeded", reason: "rateLimit", retryable: true, waitMs: 10_000 },
  { code: "QuotaExceeded", message: /queued state/i, reason: "rateLimit", retryable: true, waitMs: minute },
  { code: "QuotaExceeded", message: /free trial/i, reason: "balance", next: "freeTrialOver" },
  { code: "QuotaExceeded", reason: "balance", next: "quotaReset" },
  { code: "AccountQuotaExceeded", reason: "balance", next: "quotaReset" },
  { code: "SetLimitExceeded", reason: "balance", next: "ownLimit" },

  { code: "InternalServiceError", reason: "ambiguous" },
];

/** Where the code says nothing: by the HTTP status, or by the words the vendor uses for it in `type` or even in `code`. */
export const statusRules: Readonly<Record<number, Omit<ErrorRule, "code">>> = {
  400: { reason: "invalid" },
  401: { reason: "credentials", next: "checkKey" },
  402: { reason: "balance", next: "topUp" },
  403: { reason: "credentials", next: "checkPermission" },
  404: { reason: "notFound" },
  408: { reason: "ambiguous" },
  409: { reason: "invalid" },
  413: { reason: "invalid", next: "smallerInputs" },
  429: { reason: "rateLimit", retryable: true },
};

export const statusOfType: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  "Not Found": 404,
  TooManyRequests: 429,
  InternalServerError: 500,
};
