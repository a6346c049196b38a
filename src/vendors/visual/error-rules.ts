import type { ErrorReason } from "../errors.ts";

/** Next steps that Volcengine Visual's errors can call for beyond those of others; `text/errors.ts` has the words. */
export type VisualNextStep =
  | "changeClip"
  | "filesOrLinks"
  | "newSessionToken"
  | "noFaceSeen"
  | "noSubjectSeen"
  | "productClosed"
  | "slotsUsed"
  | "visualTaskGone";

type SharedNextStep =
  | "badPicture"
  | "changeInput"
  | "changePrompt"
  | "changePromptOrAgain"
  | "checkKey"
  | "checkLink"
  | "checkModel"
  | "checkPermission"
  | "clockSkew"
  | "copyright"
  | "moderationDown"
  | "smallerInputs";

/** What a code means. */
export interface VisualErrorRule {
  reason: ErrorReason;
  next?: VisualNextStep | SharedNextStep;
  /** The same request may go out again by itself after `waitMs`. Only followed when the vendor refused. */
  retryable?: true;
  waitMs?: number;
  /** The call may have been carried out. */
  doubtful?: true;
  /** In the answer to a look: the task has come to this end, and nothing was made or billed (contract §5, §8). */
  ends?: true;
}

const input: VisualErrorRule = { reason: "policy", next: "changeInput", ends: true };
const clip: VisualErrorRule = { reason: "policy", next: "changeClip", ends: true };
const prompt: VisualErrorRule = { reason: "policy", next: "changePrompt", ends: true };
const output: VisualErrorRule = { reason: "policy", next: "changePromptOrAgain", ends: true };
const protectedWork: VisualErrorRule = { reason: "policy", next: "copyright", ends: true };
const moderation: VisualErrorRule = { reason: "unavailable", next: "moderationDown", ends: true };
const internal: VisualErrorRule = { reason: "ambiguous", doubtful: true };
const badFile: VisualErrorRule = { reason: "invalid", ends: true };

/** Business codes (contract §7.1). What was drawn and refused may pass with another seed: that is for the user to ask, never repeated silently. */
export const businessRules: Readonly<Record<number, VisualErrorRule>> = {
  50411: input,
  50412: prompt,
  50413: prompt,
  50511: output,
  50512: output,
  50513: clip,
  50514: clip,
  50516: output,
  50517: output,
  50518: protectedWork,
  50519: protectedWork,
  50520: moderation,
  50521: moderation,
  50522: moderation,
  50429: { reason: "rateLimit", retryable: true, waitMs: 2_000 },
  50430: { reason: "rateLimit", retryable: true, waitMs: 10_000, next: "slotsUsed" },
  50500: internal,
  50501: internal,
  50200: { reason: "invalid" },
  50201: { reason: "invalid" },
  50204: { reason: "invalid" },
  50205: { ...badFile, next: "smallerInputs" },
  50206: { ...badFile, next: "badPicture" },
  50207: { ...badFile, next: "badPicture" },
  50209: badFile,
  50210: badFile,
  50211: badFile,
  50213: { ...badFile, next: "smallerInputs" },
  50214: badFile,
  50215: badFile,
  50220: { ...badFile, next: "checkLink" },
  60102: { ...badFile, next: "noFaceSeen" },
  60208: input,
  50400: { reason: "credentials", next: "productClosed" },
  50402: { reason: "notFound" },
  30403: { reason: "credentials", next: "productClosed" },
  30404: { reason: "notFound", next: "checkModel" },
};

/** Codes of the gateway in front of it (contract §7.2). */
export const gatewayRules: Readonly<Record<string, VisualErrorRule>> = {
  MissingParameter: { reason: "protocol" },
  MissingAuthenticationToken: { reason: "credentials", next: "checkKey" },
  MissingRequestInfo: { reason: "protocol" },
  MissingSignature: { reason: "credentials", next: "checkKey" },
  InvalidTimestamp: { reason: "credentials", next: "clockSkew" },
  ServiceNotFound: { reason: "notFound" },
  InvalidActionOrVersion: { reason: "notFound" },
  InvalidAccessKey: { reason: "credentials", next: "checkKey" },
  SignatureDoesNotMatch: { reason: "credentials", next: "checkKey" },
  LackPolicy: { reason: "credentials", next: "checkPermission" },
  AccessDenied: { reason: "credentials", next: "checkPermission" },
  InternalError: internal,
  FailToConnect: internal,
  InternalServiceTimeout: internal,
  ServiceUnavailableTemp: internal,
  FlowLimitExceeded: { reason: "rateLimit", retryable: true, waitMs: 2_000 },
  AccountFlowLimitExceeded: { reason: "rateLimit", retryable: true, waitMs: 2_000 },
  MethodNotAllowed: { reason: "protocol" },
  InvalidAuthorization: { reason: "credentials", next: "checkKey" },
  InvalidCredential: { reason: "credentials", next: "checkKey" },
  InvalidSecretToken: { reason: "credentials", next: "newSessionToken" },
};

/** Where there is no code that is known, as in a page of some proxy: by the HTTP status. */
export const statusRules: Readonly<Record<number, VisualErrorRule>> = {
  401: { reason: "credentials", next: "checkKey" },
  403: { reason: "credentials", next: "checkPermission" },
  404: { reason: "notFound" },
  408: internal,
  409: { reason: "invalid" },
  413: { reason: "invalid", next: "smallerInputs" },
  429: { reason: "rateLimit", retryable: true },
};
