import { NetError, type NetFault } from "./types.ts";

/** Codes of Node, OpenSSL and undici, and the fault each one is. */
const faultByCode: Record<string, NetFault> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  EAI_NODATA: "dns",
  EAI_NONAME: "dns",
  ENETUNREACH: "offline",
  ENETDOWN: "offline",
  EHOSTUNREACH: "offline",
  EHOSTDOWN: "offline",
  EADDRNOTAVAIL: "offline",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_CLOSED: "reset",
  UND_ERR_DESTROYED: "reset",
  UND_ERR_PRX_TLS: "proxy",
  UND_ERR_PRX_CONN: "proxy",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "truncated",
  ERR_STREAM_PREMATURE_CLOSE: "truncated",
  UND_ERR_HEADERS_OVERFLOW: "malformed",
  EPROTO: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  HOSTNAME_MISMATCH: "tls",
};

const faultByPrefix: readonly (readonly [string, NetFault])[] = [
  ["ERR_TLS", "tls"],
  ["ERR_SSL", "tls"],
  ["ERR_OSSL", "tls"],
  ["CERT_", "tls"],
  ["UNABLE_TO_", "tls"],
  ["HPE_", "malformed"],
  ["Z_", "malformed"],
  ["ERR_ZLIB", "malformed"],
];

/** The fault a transport's error stands for. What nobody foresaw counts as a broken connection. */
function faultOf(error: unknown): NetFault {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if (at instanceof NetError) return at.fault;
    if (/^Proxy (response|authentication)/i.test(at.message)) return "proxy";
    if (at.name === "HTTPParserError") return "malformed";
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    const fault = faultByCode[code] ?? faultByPrefix.find(([prefix]) => code.startsWith(prefix))?.[1];
    if (fault) return fault;
  }
  return "reset";
}

/**
 * The error as a {@link NetError}. `signal`: when it is aborted, that is the cause, whatever the transport made of it.
 * `started`: whether any byte of the request may have left.
 */
export function netError(error: unknown, started: boolean, signal?: AbortSignal): NetError {
  const fault = faultOf(error);
  // What a proxy turned down it did not pass on.
  const sent = started && fault !== "proxy" ? "unknown" : "no";
  if (signal?.aborted) {
    const { reason } = signal;
    return new NetError(reason instanceof NetError ? reason.fault : "aborted", sent, { cause: reason });
  }
  if (error instanceof NetError) return error;
  return new NetError(fault, sent, { cause: error });
}
