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
  /** Longest time from the call to the end of the answer's headers, in milliseconds. The body has no deadline of its own: abort by `signal`. */
  deadlineMs?: number;
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

/** What went wrong below HTTP. */
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
  | "redirect"
  | "insecure"
  | "offline";

/**
 * A failure of the transport. `sent` is `no` only when it is certain that no byte of the request's body can have
 * reached the vendor's application (no connection, TLS or proxy refused, aborted before sending).
 */
export class NetError extends Error {
  override readonly name = "NetError";
  readonly fault: NetFault;
  readonly sent: "no" | "unknown";

  constructor(fault: NetFault, sent: "no" | "unknown", options?: ErrorOptions) {
    super(fault, options);
    this.fault = fault;
    this.sent = sent;
  }
}

/** Calls that cost nothing: reads. Transport faults, 408, 429 and 5xx are retried inside, by `net/retry.ts`. */
export interface FreeHttp {
  get(request: HttpRequest): Promise<HttpResponse>;
}

/** Calls that may cost: handed out only by `context.spend`, never retried inside. */
export interface BillableHttp {
  send(request: HttpBodyRequest): Promise<HttpResponse>;
}
