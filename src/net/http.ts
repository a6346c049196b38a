import { isLocalHost } from "./addresses.ts";
import { decoded, discardBody, readText, watched } from "./body.ts";
import { deadline } from "./deadline.ts";
import { netError } from "./faults.ts";
import type { Route, Transport } from "./transport.ts";
import { type Clock, type HttpBodyRequest, type HttpResponse, NetError } from "./types.ts";

/** Default cap of {@link HttpResponse.text}. */
const maxTextBytes = 32 * 2 ** 20;

/** Only ever a proxy's answer, which has not passed the request on. */
const proxyAuthenticationRequired = 407;

/** What an attempt needs besides the request. */
export interface AttemptContext {
  transport: Transport;
  clock: Clock;
  userAgent: string;
  /** Whether an origin may be spoken to in plain HTTP: one the user configured. Only ever asked for local hosts. */
  allowInsecure(origin: string): boolean;
}

interface AttemptOptions {
  route: Route;
  method: string;
  /** Longest time to the end of the headers. */
  headersMs?: number;
  /** Longest silence in the body. */
  idleMs?: number;
  /** Followed to the end of the body. */
  signal?: AbortSignal | undefined;
  /** Followed to the end of the headers. */
  headersSignal?: AbortSignal | undefined;
}

/** An answer that can also be left at once, with its connection. */
export interface AttemptResponse extends HttpResponse {
  drop(): void;
}

/** One attempt: the request goes out once, and no redirect is followed (a 3xx is an answer like any other). */
export async function attempt(
  request: HttpBodyRequest,
  options: AttemptOptions,
  context: AttemptContext,
): Promise<AttemptResponse> {
  const url = requestUrl(request);
  if (!isSecureEnough(url, context)) throw new NetError("insecure", "no");
  const limit = deadline(context.clock, options.headersMs, options.signal);
  const { headersSignal } = options;
  const stop = () => limit.abort(headersSignal?.reason);
  if (headersSignal?.aborted) stop();
  headersSignal?.addEventListener("abort", stop, { once: true });
  try {
    if (limit.signal.aborted) throw netError(undefined, false, limit.signal);
    const answer = await context.transport.exchange({
      route: options.route,
      method: options.method,
      url,
      ...payload(request, context.userAgent),
      signal: limit.signal,
    });
    limit.clear();
    if (answer.status === proxyAuthenticationRequired) {
      await discardBody(answer.body);
      throw new NetError("proxy", "no", { status: answer.status });
    }
    const body = watched(
      decoded(answer.body, answer.headers["content-encoding"]),
      context.clock,
      options.idleMs,
      () => limit.abort(new NetError("timeout", "unknown")),
      () => limit.release(),
    );
    return {
      status: answer.status,
      headers: answer.headers,
      body,
      text: (maxBytes = maxTextBytes) => readText(body, maxBytes),
      discard: () => discardBody(body),
      drop: () => {
        limit.abort(new NetError("aborted", "unknown"));
        limit.release();
      },
    };
  } catch (error) {
    limit.release();
    throw error;
  } finally {
    headersSignal?.removeEventListener("abort", stop);
  }
}

function requestUrl({ url, query }: HttpBodyRequest): URL {
  const whole = URL.parse(url);
  if (!whole) throw new NetError("insecure", "no");
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) whole.searchParams.append(name, String(one));
  }
  return whole;
}

function isSecureEnough(url: URL, context: AttemptContext): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && isLocalHost(url.hostname) && context.allowInsecure(url.origin);
}

function payload(request: HttpBodyRequest, userAgent: string) {
  const headers: Record<string, string> = { "user-agent": userAgent };
  if (request.json !== undefined) headers["content-type"] = "application/json";
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const body = request.json === undefined ? request.bytes : JSON.stringify(request.json);
  return body === undefined ? { headers } : { headers, body };
}
