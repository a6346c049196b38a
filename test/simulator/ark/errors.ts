import { randomBytes } from "node:crypto";
import { type Answer, json } from "../answer.ts";

/** `error` of the envelope (contract ark §4). */
export type ErrorBody = { code: string; message: string; param?: string; type?: string };

const TYPES: Record<number, string> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  429: "TooManyRequests",
  500: "InternalServerError",
};

type Documented = { status: number; message: string; retryAfter?: number };

const RATE = "The request rate of the model has exceeded the limit. Please try again later.";
const OUTPUT = "The request failed because the output image may contain sensitive information.";

/** What the moderation of one kind of content says. */
function moderation(side: "Input" | "Output", kind: "Text" | "Video" | "Audio"): Record<string, Documented> {
  const what = `${side.toLowerCase()} ${kind.toLowerCase()}`;
  const entry = (detail: string): Documented => ({
    status: 400,
    message: `The request failed because the ${what} may ${detail}.`,
  });
  const code = `${side}${kind}SensitiveContentDetected`;
  return {
    [code]: entry("contain sensitive information"),
    [`${code}.PolicyViolation`]: entry("be related to copyright restrictions"),
    ...(side === "Input" && { [`${code}.PrivacyInformation`]: entry("contain real person") }),
  };
}

/** Errors that any request can meet, by code, with the vendor's words where they are known. */
export const DOCUMENTED: Record<string, Documented> = {
  "InvalidEndpoint.ClosedEndpoint": {
    status: 400,
    message: "The endpoint is closed or temporarily unavailable.",
  },
  InputTextSensitiveContentDetected: {
    status: 400,
    message: "The request failed because the input text may contain sensitive information.",
  },
  "InputTextSensitiveContentDetected.PolicyViolation": {
    status: 400,
    message: "The request failed because the input text may be related to copyright restrictions.",
  },
  InputImageSensitiveContentDetected: {
    status: 400,
    message: "The request failed because the input image may contain sensitive information.",
  },
  "InputImageSensitiveContentDetected.PrivacyInformation": {
    status: 400,
    message: "The request failed because the input image 'image[0]' may contain real person.",
  },
  OutputImageSensitiveContentDetected: { status: 400, message: OUTPUT },
  "OutputImageSensitiveContentDetected.PolicyViolation": {
    status: 400,
    message: "The request failed because the output image may be related to copyright restrictions.",
  },
  "OutputImageSensitiveContentDetected.DeepFake": { status: 400, message: OUTPUT },
  ...moderation("Input", "Video"),
  ...moderation("Input", "Audio"),
  ...moderation("Output", "Text"),
  ...moderation("Output", "Video"),
  ...moderation("Output", "Audio"),
  "InvalidParameter.TaskTypeConstraint": { status: 400, message: "The task type constraints are not met." },
  "InvalidParameter.TaskTypeMismatch": {
    status: 400,
    message: "The task type does not match what the request asks for.",
  },
  SensitiveContentDetected: {
    status: 400,
    message: "The request failed because the content may contain sensitive information.",
  },
  ContentSecurityDetectionError: {
    status: 400,
    message: "The content security detection failed. Please retry.",
  },
  InvalidSubscription: { status: 400, message: "The subscription is missing or has expired." },
  AuthenticationError: {
    status: 401,
    message: "The API key in the request is missing or invalid.",
  },
  InvalidAccountStatus: { status: 401, message: "The account associated with the API key is not valid." },
  AccessDenied: { status: 403, message: "You do not have permission to access the requested resource." },
  "OperationDenied.PermissionDenied": {
    status: 403,
    message: "The operation is denied: permission required.",
  },
  AccountOverdueError: {
    status: 403,
    message: "The request failed because your account has an overdue balance.",
  },
  "OperationDenied.ServiceOverdue": {
    status: 403,
    message: "The operation is denied: your account is overdue.",
  },
  "OperationDenied.ServiceNotOpen": {
    status: 403,
    message: "The operation is denied: the service is not open.",
  },
  ModelNotOpen: {
    status: 404,
    message: "Your account has not activated the model. Please activate the model service in the console.",
  },
  "InvalidEndpointOrModel.ModelIDAccessDisabled": {
    status: 404,
    message:
      "Accessing the model via Model ID is not allowed for your account. Please use a custom endpoint ID instead.",
  },
  UnsupportedModel: { status: 404, message: "The model is not supported by the current plan." },
  ModelAccountIpmRateLimitExceeded: {
    status: 429,
    message: "IPM (Images Per Minute) limit of the model is exceeded.",
    retryAfter: 3,
  },
  "RateLimitExceeded.EndpointRPMExceeded": { status: 429, message: RATE },
  ModelAccountRpmRateLimitExceeded: { status: 429, message: RATE },
  APIAccountRpmRateLimitExceeded: { status: 429, message: RATE },
  AccountRateLimitExceeded: { status: 429, message: RATE },
  ServerOverloaded: { status: 429, message: "The service is currently overloaded. Please try again later." },
  RequestBurstTooFast: { status: 429, message: "The request burst is too fast. Please slow down." },
  InflightBatchsizeExceeded: {
    status: 429,
    message: "The number of requests in flight has exceeded the limit.",
  },
  QuotaExceeded: { status: 429, message: "The free trial quota of the model has been used up." },
  SetLimitExceeded: {
    status: 429,
    message: "The inference limit set for the model has been reached (Safe Experience Mode).",
  },
  InternalServiceError: { status: 500, message: "The service encountered an unexpected internal error." },
};

/** A refusal on its way out of a handler. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly param: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, param = "", retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
    this.retryAfter = retryAfter;
  }
}

/** The refusal of a documented code. */
export function documented(code: string, retryAfter?: number): Refusal {
  const entry = DOCUMENTED[code] ?? { status: 400, message: `The request failed: ${code}.` };
  return new Refusal(entry.status, code, entry.message, "", retryAfter ?? entry.retryAfter);
}

/** The vendor's sentence about a field, with the code that goes with it. */
export function invalid(param: string, detail: string): Refusal {
  const message = `The parameter \`${param}\` specified in the request is not valid: ${detail}.`;
  return new Refusal(400, "InvalidParameter", message, param);
}

/** A request id: `02`, 13 digits of epoch milliseconds, 38 hex digits. */
export function newRequestId(now: number): string {
  return `02${String(now).padStart(13, "0")}${randomBytes(19).toString("hex")}`;
}

/** `{code, message}` of an image that failed on its own. */
export function innerError(code: string, requestId: string): ErrorBody {
  return { code, message: withId(documented(code).message, requestId) };
}

/** The whole answer of a refusal. */
export function errorAnswer(refusal: Refusal, requestId: string): Answer {
  const error: ErrorBody = {
    code: refusal.code,
    message: withId(refusal.message, requestId),
    param: refusal.param,
    type: TYPES[refusal.status] ?? "InternalServerError",
  };
  return json(
    refusal.status,
    { error },
    {
      "X-Request-Id": requestId,
      ...(refusal.status === 401 && { "X-Error-Code": "AuthN_MissOrInvalidAuthorizationHeader" }),
      ...(refusal.retryAfter !== undefined && { "Retry-After": String(refusal.retryAfter) }),
    },
  );
}

function withId(message: string, requestId: string): string {
  return `${message} Request id: ${requestId}`;
}
