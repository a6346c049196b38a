import type { ErrorReason, Sent } from "../errors.ts";

/** Next steps that the gateway's errors can call for beyond those of others; `text/errors.ts` has the words. */
export type GatewayNextStep =
  | "gatewayBaseRoute"
  | "gatewayNativeRoute"
  | "gatewayRoutes"
  | "gatewayConsumer"
  | "gatewayQuota"
  | "gatewayDown"
  | "gatewayModelName"
  | "gatewayProviderKey"
  | "gatewayModelPath"
  | "hmacSignature"
  | "jwtKey"
  | "nothingHeard"
  | "taskUnknown"
  | "foreignTask";

type SharedNextStep =
  | "activateModel"
  | "changePrompt"
  | "checkKey"
  | "checkLink"
  | "checkModel"
  | "checkPermission"
  | "clockSkew"
  | "copyright"
  | "freeTrialOver"
  | "smallerInputs"
  | "topUp";

/** What an error means. */
export interface ErrorMeaning {
  reason: ErrorReason;
  /** The same request may go out again by itself after `waitMs`. */
  retryable?: true;
  waitMs?: number;
  next?: GatewayNextStep | SharedNextStep;
  /** `unknown` where it may have been carried out all the same. */
  sent?: Sent;
}

interface CodeRule extends ErrorMeaning {
  code: RegExp;
  message?: RegExp;
  /** Only for this HTTP status. */
  status?: number;
}

const minute = 60_000;

/** What the provider's codes mean, in the native and the compatible spelling (contract §4.2), by the first rule that fits. */
export const codeRules: readonly CodeRule[] = [
  { code: /^DataInspectionFailed$|^data_inspection_failed$/, reason: "policy", next: "changePrompt" },
  { code: /^IPInfringementSuspect$/, reason: "policy", next: "copyright" },
  { code: /^Arrearage$/i, reason: "balance", next: "topUp" },
  { code: /^(Prepaid|Postpaid)BillOverdue$/, reason: "balance", next: "topUp" },
  { code: /^CommodityNotPurchased$|^AccessDenied\.Unpurchased$/, reason: "balance", next: "activateModel" },
  { code: /^AllocationQuota\.FreeTierOnly$/, reason: "balance", next: "freeTrialOver" },
  { code: /^insufficient_quota$/, status: 403, reason: "balance", next: "topUp" },
  {
    code: /^Throttling\.AllocationQuota$|^insufficient_quota$/,
    reason: "rateLimit",
    retryable: true,
    waitMs: minute,
  },
  {
    code: /^Throttling\.BurstRate$|^limit_burst_rate$/,
    reason: "rateLimit",
    retryable: true,
    waitMs: 10_000,
  },
  {
    code: /^Throttling|^LimitRequests$|^limit_requests$/,
    reason: "rateLimit",
    retryable: true,
    waitMs: 5_000,
  },
  { code: /^InvalidApiKey$|^invalid_api_key$/, reason: "credentials", next: "gatewayProviderKey" },
  { code: /^AccessDenied$/, message: /does not support (a?synchronous) calls/i, reason: "invalid" },
  { code: /^Model\.AccessDenied$/i, reason: "credentials", next: "activateModel" },
  { code: /^(Workspace\.)?AccessDenied|^access_denied$/i, reason: "credentials", next: "checkPermission" },
  { code: /^ModelNotFound$|^model_not_found$/, reason: "notFound", next: "checkModel" },
  { code: /^WorkSpaceNotFound$/i, reason: "notFound" },
  { code: /^RequestTimeOut$/i, reason: "ambiguous", sent: "unknown" },
  { code: /^InternalError\.Timeout$/, reason: "ambiguous", sent: "unknown" },
  { code: /^BadRequest\.TooLarge$/, reason: "invalid", next: "smallerInputs" },
  { code: /^BadRequest\.InputDownloadFailed$|^InvalidURL$/, reason: "invalid", next: "checkLink" },
  { code: /^InvalidParameter\.DataInspection$/, reason: "invalid", next: "checkLink" },
  { code: /^InvalidParameter/, message: /^url error/i, reason: "invalid", next: "gatewayModelPath" },
  { code: /InvalidParameter|^invalid_parameter_error$|^invalid_request_error$/, reason: "invalid" },
  { code: /^BadRequest\b|^UnsupportedFileFormat$|^UnsupportedOperation$|^InvalidFile/, reason: "invalid" },
  // The provider advises to try again; but such an answer does not say that nothing was made, and nothing tells two calls apart.
  {
    code: /^ModelUnavailable$|^InternalError|^internal_error$|^SystemError$|^ModelServiceFailed$/,
    reason: "ambiguous",
    sent: "unknown",
  },
];

/** What the gateway's own plain texts mean (contract §2.2, §2.3, §4.1). The texts can be configured, so the status decides where none fits. */
export const textRules: readonly (ErrorMeaning & { text: RegExp })[] = [
  { text: /no quota left/i, reason: "balance", next: "gatewayQuota" },
  { text: /unauthorized consumer|^access denied/i, reason: "credentials", next: "gatewayConsumer" },
  { text: /jwt is (expired|not yet valid)|^invalid date/i, reason: "credentials", next: "clockSkew" },
  {
    text: /^invalid (signature|content-md5)|^empty signature/i,
    reason: "credentials",
    next: "hmacSignature",
  },
  { text: /^request denied|^invalid key|\bjwt\b|\bjwks?\b/i, reason: "credentials", next: "checkKey" },
  { text: /payload too large|body too large/i, reason: "invalid", next: "smallerInputs" },
  {
    text: /no healthy upstream/i,
    reason: "unavailable",
    next: "gatewayDown",
    retryable: true,
    sent: "refused",
  },
];

/** Where neither code nor text is known: by the status. From 500 on it may have been carried out. */
export const statusRules: Readonly<Record<number, ErrorMeaning>> = {
  401: { reason: "credentials", next: "checkKey" },
  403: { reason: "credentials", next: "gatewayConsumer" },
  408: { reason: "ambiguous", sent: "unknown" },
  413: { reason: "invalid", next: "smallerInputs" },
  415: { reason: "invalid" },
  429: { reason: "rateLimit", retryable: true },
};
