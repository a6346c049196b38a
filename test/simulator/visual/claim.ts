import { GatewayRefusal } from "./gateway.ts";
import type { SignedRequest } from "./signature.ts";

/** What a request says about its own signature. */
export type Claim = {
  accessKeyId: string;
  day: string;
  region: string;
  service: string;
  terminator: string;
  signedHeaders: string[];
  signature: string;
  /** `X-Date`. */
  time: string;
  token: string | undefined;
  /** In the pre-signed form, the names of the query that are signed; else all are. */
  signedQueries: string[] | undefined;
  unsignedBody: boolean;
};

/** Reads the Authorization header, or the pre-signed query (contract volcengine-visual §2.1, §2.3). Throws a GatewayRefusal. */
export function readClaim(request: SignedRequest): Claim {
  const { headers, query } = request;
  const header = headers.authorization;
  if (typeof header === "string" && header !== "") return fromHeader(header, headers);
  if (query.has("X-Signature")) return fromQuery(query);
  throw new GatewayRefusal("MissingAuthenticationToken");
}

function fromHeader(header: string, headers: SignedRequest["headers"]): Claim {
  const [, credential, names, signature] =
    /^HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]*),\s*Signature=([0-9a-f]+)$/.exec(header) ??
    [];
  if (credential === undefined || names === undefined || signature === undefined)
    throw new GatewayRefusal(
      /^HMAC-SHA256 (?!.*\bSignature=\w)/.test(header) ? "MissingSignature" : "InvalidAuthorization",
    );
  const time = headers["x-date"];
  if (typeof time !== "string") throw new GatewayRefusal("MissingRequestInfo", "X-Date");
  const token = headers["x-security-token"];
  return {
    ...scopeOf(credential),
    signedHeaders: names.split(";"),
    signature,
    time,
    token: typeof token === "string" ? token.trim() : undefined,
    signedQueries: undefined,
    unsignedBody: false,
  };
}

function fromQuery(query: URLSearchParams): Claim {
  const needed = (name: string) => {
    const value = query.get(name);
    if (value === null) throw new GatewayRefusal("MissingRequestInfo", name);
    return value;
  };
  if (needed("X-Algorithm") !== "HMAC-SHA256") throw new GatewayRefusal("InvalidAuthorization");
  return {
    ...scopeOf(needed("X-Credential")),
    signedHeaders: needed("X-SignedHeaders").split(";"),
    signature: needed("X-Signature"),
    time: needed("X-Date"),
    token: query.get("X-Security-Token") ?? undefined,
    signedQueries: needed("X-SignedQueries").split(";"),
    unsignedBody: query.has("X-NotSignBody"),
  };
}

function scopeOf(credential: string) {
  const [accessKeyId, day, region, service, terminator, ...rest] = credential.split("/");
  if (
    accessKeyId === undefined ||
    day === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    rest.length > 0
  )
    throw new GatewayRefusal("InvalidCredential");
  return { accessKeyId, day, region, service, terminator };
}

/** Region and service of a credential, for the wrapper of an error; the vendor's own where none can be read. */
export function calledScope(request: SignedRequest): { service: string; region: string } {
  try {
    const { service, region } = readClaim(request);
    return { service, region };
  } catch {
    return { service: "cv", region: "cn-north-1" };
  }
}
