/** An error of the models' host: status, the code of the compatible surface, the words of either. */
export type Code = {
  status: number;
  message: string;
  compat?: string;
  compatType?: string;
  compatMessage?: string;
  /** The compatible envelope comes without `param` and `request_id`. */
  bare?: true;
};

const INVALID = { compatType: "invalid_request_error" };
const RATE = "https://help.aliyun.com/zh/model-studio/error-code#rate-limit";
const GOOD_STANDING = "Access denied, please make sure your account is in good standing.";

/** Contract alibaba-ai-gateway §4.2, by native code. */
export const CODES: Record<string, Code> = {
  InvalidParameter: {
    status: 400,
    message: "Required parameter(s) missing or invalid, please check the request parameters.",
    compat: "invalid_parameter_error",
    ...INVALID,
  },
  "InvalidParameter.DataInspection": {
    status: 400,
    message: "Unable to download the media resource during the data inspection process.",
    compat: "invalid_parameter_error",
    ...INVALID,
  },
  "BadRequest.EmptyInput": {
    status: 400,
    message: "Required input parameter missing from request.",
    compat: "invalid_request_error",
    ...INVALID,
  },
  "BadRequest.EmptyModel": {
    status: 400,
    message: "Required parameter model missing from request.",
    compat: "invalid_request_error",
    ...INVALID,
  },
  InvalidURL: {
    status: 400,
    message: "Invalid URL provided in your request.",
    compat: "invalid_request_error",
    ...INVALID,
  },
  UnsupportedOperation: {
    status: 400,
    message: "The operation is unsupported on the referee object.",
    compat: "invalid_request_error",
    ...INVALID,
  },
  DataInspectionFailed: {
    status: 400,
    message: "Input data may contain inappropriate content.",
    compat: "data_inspection_failed",
    compatMessage: "Input text data may contain inappropriate content.",
  },
  IPInfringementSuspect: {
    status: 400,
    message: "Input data is suspected of being involved in IP infringement.",
    compat: "data_inspection_failed",
  },
  Arrearage: { status: 400, message: GOOD_STANDING },
  InvalidApiKey: {
    status: 401,
    message: "Invalid API-key provided.",
    compat: "invalid_api_key",
    compatMessage:
      "Incorrect API key provided. For details, see: https://help.aliyun.com/zh/model-studio/error-code#apikey-error",
    ...INVALID,
  },
  AccessDenied: { status: 403, message: "Access denied." },
  "Model.AccessDenied": { status: 403, message: "Model access denied." },
  "Workspace.AccessDenied": { status: 403, message: "Workspace access denied." },
  "AccessDenied.Unpurchased": {
    status: 403,
    message: "Access to model denied. Please make sure you are eligible for using the model.",
  },
  "AllocationQuota.FreeTierOnly": { status: 403, message: "The free tier of the model has been exhausted." },
  ModelNotFound: { status: 404, message: "Model not exist.", compat: "model_not_found", ...INVALID },
  WorkSpaceNotFound: { status: 404, message: "WorkSpace can not be found." },
  RequestTimeOut: { status: 408, message: "Request timed out, please try again later." },
  "BadRequest.TooLarge": { status: 413, message: "Payload Too Large" },
  "BadRequest.InputDownloadFailed": { status: 415, message: "Failed to download the input file." },
  UnsupportedFileFormat: { status: 415, message: "Unsupported file format." },
  Throttling: {
    status: 429,
    message: "Requests throttling triggered.",
    compat: "limit_requests",
    bare: true,
  },
  "Throttling.RateQuota": {
    status: 429,
    message: "Requests rate limit exceeded, please try again later.",
    compat: "limit_requests",
    compatMessage: `You have exceeded your current request limit. For details, see: ${RATE}`,
    bare: true,
  },
  LimitRequests: {
    status: 429,
    message: "You exceeded your current requests list.",
    compat: "limit_requests",
    bare: true,
  },
  "Throttling.BurstRate": {
    status: 429,
    message:
      "Request rate increased too quickly. To ensure system stability, please adjust your client logic to scale requests more smoothly over time.",
    compat: "limit_burst_rate",
    bare: true,
  },
  "Throttling.AllocationQuota": {
    status: 429,
    message: "Allocated quota exceeded, please increase your quota limit.",
    compat: "insufficient_quota",
    compatMessage: `You exceeded your current quota, please check your plan and billing details. For details, see: ${RATE}`,
    bare: true,
  },
  PrepaidBillOverdue: { status: 429, message: "The prepaid bill is overdue." },
  PostpaidBillOverdue: { status: 429, message: "The postpaid bill is overdue." },
  CommodityNotPurchased: { status: 429, message: "Commodity has not purchased yet." },
  InternalError: { status: 500, message: "Internal server error.", compat: "internal_error" },
  "InternalError.Algo": { status: 500, message: "inference internal error.", compat: "internal_error" },
  "InternalError.Timeout": { status: 500, message: "The request timed out.", compat: "internal_error" },
  SystemError: {
    status: 500,
    message: "An system error has occured, please try again later.",
    compat: "internal_error",
  },
  ModelServiceFailed: { status: 500, message: "Failed to request model service.", compat: "internal_error" },
  ModelUnavailable: { status: 503, message: "Model is unavailable, please try again later." },
};

/** Codes that say something about the account come before any field is looked at. */
export function isOfTheAccount(code: string): boolean {
  const { status = 0 } = CODES[code] ?? {};
  return [401, 403, 404, 429].includes(status) || code === "Arrearage";
}

/** A native code, given as itself or as the compatible surface spells it. */
export function nativeCode(word: string): string | undefined {
  if (Object.hasOwn(CODES, word)) return word;
  return Object.entries(CODES).find(([, { compat }]) => compat === word)?.[0];
}
