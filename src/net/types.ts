/** Milliseconds since the epoch, and timers: handed in, so that tests can pin and move it. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface HttpRequest {
  url: string;
  /** Query values are appended to `url`; an array repeats the name. */
  query?: Record<string, string | number | readonly string[]>;
  headers?: Record<string, string>;
  /** Aborts the exchange, answer body included. */
  signal?: AbortSignal;
  /**
   * Longest time from the call to the end of the answer's headers, retries included, in milliseconds. The body has no
   * deadline of its own: abort by `signal`.
   */
  deadlineMs?: number;
  /** Longest silence within the answer's body, in milliseconds; {@link NetError} `timeout` beyond. Of a billable call: none by default. */
  idleMs?: number;
}

/** A call with a body. `json` is serialised as UTF-8 JSON; `bytes` is sent as it is. */
export interface HttpBodyRequest extends HttpRequest {
  method?: "POST" | "PUT" | "DELETE";
  json?: unknown;
  bytes?: Uint8Array | AsyncIterable<Uint8Array>;
}

/** An answer whose headers have arrived. The body can be read once. */
export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
  /** The whole body as text, at most `maxBytes` (default 32 MiB) or {@link NetError} `tooLarge`. */
  text(maxBytes?: number): Promise<string>;
  /** Reads the body to its end and drops it, so that the connection can be used again. */
  discard(): Promise<void>;
}

/**
 * What went wrong below HTTP. `malformed`: the answer was not HTTP, or its encoding was broken. `private`: a link led to an
 * address that is not public. `redirect`: too many, or to nowhere. Of downloads only: `linkDead` (and no fresh link),
 * `wrongType` (a page or a document instead of media), `status` (any other answer that is not the file).
 */
export type NetFault =
  | "refused"
  | "dns"
  | "tls"
  | "proxy"
  | "reset"
  | "timeout"
  | "aborted"
  | "tooLarge"
  | "truncated"
  | "malformed"
  | "redirect"
  | "insecure"
  | "private"
  | "linkDead"
  | "wrongType"
  | "status"
  | "offline";

/**
 * A failure of the transport. `sent` is `no` only when it is certain that no byte of the request's body can have
 * reached the vendor's application (no connection, TLS or proxy refused, aborted before sending).
 */
export class NetError extends Error {
  override readonly name = "NetError";
  readonly fault: NetFault;
  readonly sent: "no" | "unknown";
  /** HTTP status, where an answer led to the failure. */
  readonly status?: number;

  constructor(fault: NetFault, sent: "no" | "unknown", options?: ErrorOptions & { status?: number }) {
    super(fault, options);
    this.fault = fault;
    this.sent = sent;
    if (options?.status !== undefined) this.status = options.status;
  }
}

/** Calls that cost nothing. */
export interface FreeHttp {
  /** A read. Transport faults, 408, 429 and 5xx are retried inside, by `net/retry.ts`. */
  get(request: HttpRequest): Promise<HttpResponse>;
  /** A read that the vendor takes as a POST with its question in the body; retried as {@link get} is. */
  ask(request: HttpBodyRequest): Promise<HttpResponse>;
  /**
   * Takes back something at the vendor, such as a task that still waits. Sent once and never retried: what is there may be
   * something else by the second time. A `DELETE` unless `method` says otherwise.
   */
  withdraw(request: HttpBodyRequest): Promise<HttpResponse>;
}

/** Calls that may cost: handed out only by `context.spend`, never retried inside. */
export interface BillableHttp {
  send(request: HttpBodyRequest): Promise<HttpResponse>;
}

/** Whose calls share limits and a retry budget: one key at one vendor. `keyId` names the key, it is not the key. */
export interface NetScope {
  vendor: string;
  keyId: string;
}

/** How to reach the network: the editor's settings and the environment, handed in by the app. */
export interface NetSettings {
  /** `undici`: own connections. `editor`: `node:https`, which the editor patches for PAC, Kerberos and certificates. */
  client: "undici" | "editor";
  /** `http.proxy`; wins over the environment. */
  proxy?: string;
  /** `http.proxyAuthorization`: the value of the `Proxy-Authorization` header. */
  proxyAuthorization?: string;
  /** `http.noProxy`: hosts, `.suffix`, `*.suffix`, `host:port` or `*`; adds to the environment's. */
  noProxy?: readonly string[];
  /** `http.proxyStrictSSL`; false accepts any certificate. Default true. */
  strictSsl?: boolean;
  /** More authorities to trust, PEM. */
  ca?: readonly string[];
  /** `http.systemCertificates`: trust the system's store too. Default true. */
  systemCertificates?: boolean;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (either case) are looked up; none when absent. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** The kinds of media a download can bring; each has a cap of its own. */
export type DownloadKind = "image" | "audio" | "video" | "text";

/** One result link to fetch into a file. */
export interface DownloadRequest {
  url: string;
  /** Path of the finished file; `<target>.part` and `<target>.part.json` lie beside it until it is whole. */
  target: string;
  kind: DownloadKind;
  /** Kept in the note beside the part file. */
  job?: string;
  /** Milliseconds since the epoch after which the link is dead. */
  expires?: number;
  /** Bytes; default by kind. */
  maxBytes?: number;
  /** True when the vendor's own base URL is local: plain HTTP, loopback and private addresses are then allowed. */
  allowLocal?: boolean;
  /** Asks the vendor for a new link when this one is dead. Undefined: there is none. */
  fresh?(): Promise<{ url: string; expires?: number } | undefined>;
  /** `received` and `total` in bytes of the whole file; at most every 100 ms and at the end. */
  onProgress?(progress: { received: number; total?: number }): void;
  signal?: AbortSignal;
}

export interface Downloaded {
  path: string;
  bytes: number;
  /** As declared, in lower case, without parameters. */
  mediaType?: string;
  /** True if the server said how long the file is, and it is as long as that. */
  isSized: boolean;
}

/** The network, for everyone in Easel. Nothing is loaded or connected before the first call. */
export interface Net {
  free(scope: NetScope): FreeHttp;
  billable(scope: NetScope): BillableHttp;
  /**
   * Fetches a link without credentials into `target`, going on where an earlier try of the same target stopped.
   * Fails with {@link NetError}, or with the file system's own error. The part file stays for the next try, unless the
   * whole would be `tooLarge`.
   */
  download(request: DownloadRequest): Promise<Downloaded>;
  /** New settings: calls under way end as they began, later ones use these. */
  configure(settings: NetSettings): void;
  /** Closes every connection; calls under way fail. */
  close(): Promise<void>;
}
