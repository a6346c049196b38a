import { type Answer, json } from "../answer.ts";

/** Gateway errors by name (contract volcengine-visual §7.2): HTTP status, number, and the vendor's words. */
const GATEWAY = {
  MissingParameter: { status: 400, number: 100002, message: "The request is missing {0} parameter." },
  MissingAuthenticationToken: {
    status: 401,
    number: 100003,
    message: "The request is missing authentication token.",
  },
  MissingRequestInfo: {
    status: 400,
    number: 100004,
    message: "The request is missing the {0} of its signature.",
  },
  MissingSignature: { status: 401, number: 100005, message: "The request is missing its signature." },
  InvalidTimestamp: { status: 400, number: 100006, message: "The Signature of the request is expired." },
  ServiceNotFound: { status: 404, number: 100007, message: "This service[{0}] not found." },
  InvalidActionOrVersion: {
    status: 404,
    number: 100008,
    message: "Could not find operation {0} for version {1}.",
  },
  InvalidAccessKey: {
    status: 401,
    number: 100009,
    message: "The accesskey [{0}] included in the request is invalid.",
  },
  SignatureDoesNotMatch: {
    status: 401,
    number: 100010,
    message:
      "The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.",
  },
  LackPolicy: { status: 403, number: 100012, message: "The policy of the user is missing." },
  AccessDenied: {
    status: 403,
    number: 100013,
    message: "User is not authorized to perform: cv:{0} on resource: ",
  },
  InternalError: { status: 500, number: 100014, message: "Internal error." },
  FailToConnect: { status: 502, number: 100015, message: "Fail to connect to the service." },
  InternalServiceTimeout: { status: 504, number: 100016, message: "The service has timed out." },
  FlowLimitExceeded: { status: 429, number: 100018, message: "Request exceeds the flow limit." },
  AccountFlowLimitExceeded: {
    status: 429,
    number: 100018,
    message: "Request exceeds the flow limit of the account.",
  },
  ServiceUnavailableTemp: {
    status: 503,
    number: undefined,
    message: "The service is temporarily unavailable.",
  },
  MethodNotAllowed: { status: 405, number: undefined, message: "The method {0} is not allowed." },
  InvalidAuthorization: { status: 400, number: 100024, message: "The Authorization header is invalid." },
  InvalidCredential: { status: 400, number: 100025, message: "The Credential in Authorization is invalid." },
  InvalidSecretToken: { status: 401, number: 100026, message: "The security token is invalid." },
} as const satisfies Record<string, { status: number; number: number | undefined; message: string }>;

export type GatewayCode = keyof typeof GATEWAY;

export function isGatewayCode(text: string): text is GatewayCode {
  return Object.hasOwn(GATEWAY, text);
}

/** A refusal by the gateway; `words` fill the places of its message. */
export class GatewayRefusal extends Error {
  readonly code: GatewayCode;

  constructor(code: GatewayCode, ...words: string[]) {
    super(GATEWAY[code].message.replace(/\{(\d)\}/g, (_, place: string) => words[Number(place)] ?? ""));
    this.code = code;
  }
}

/** Who asked for what, as far as it could be read. */
export type Called = { action: string; version: string; service: string; region: string };

/** The wrapper of gateway errors. A call without Action or Version has no other members than these two. */
export function gatewayAnswer(
  refusal: GatewayRefusal,
  requestId: string,
  called: Called,
  status?: number,
): Answer {
  const { code, message } = refusal;
  const { number, status: own } = GATEWAY[code];
  const { action, version, service, region } = called;
  return json(status ?? own, {
    ResponseMetadata: {
      RequestId: requestId,
      ...(code !== "MissingParameter" && {
        Action: action,
        Version: version,
        Service: service,
        Region: region,
      }),
      Error: { ...(number !== undefined && { CodeN: number }), Code: code, Message: message },
    },
  });
}
