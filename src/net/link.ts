import { checkLinkHost } from "./addresses.ts";
import { type AttemptContext, type AttemptResponse, attempt } from "./http.ts";
import { downloadRules } from "./limits.ts";
import { NetError } from "./types.ts";

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface LinkRequest {
  url: string;
  /** `Range` and `If-Range`, if any. Nothing of the vendor's ever goes along. */
  headers: Record<string, string>;
  allowLocal: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Opens a public link: every address on the way is checked, by name and again once resolved, and redirects are followed
 * a few times. Without credentials: a link that needs some is dead.
 */
export async function openLink(request: LinkRequest, context: AttemptContext): Promise<AttemptResponse> {
  const linkContext = { ...context, allowInsecure: () => request.allowLocal };
  let url = request.url;
  for (let redirects = 0; ; redirects++) {
    const at = URL.parse(url);
    if (!at) throw new NetError("redirect", "no");
    checkLinkHost(at.hostname, request.allowLocal);
    const response = await attempt(
      { url, headers: { accept: "*/*", "accept-encoding": "identity", ...request.headers } },
      {
        route: request.allowLocal ? "localLink" : "link",
        method: "GET",
        headersMs: downloadRules.headersMs,
        idleMs: downloadRules.idleMs,
        signal: request.signal,
      },
      linkContext,
    );
    if (!redirectStatuses.has(response.status)) return response;
    response.drop();
    const next = URL.parse(response.headers.location ?? "", url);
    if (!response.headers.location || !next || redirects >= downloadRules.redirects) {
      throw new NetError("redirect", "unknown", { status: response.status });
    }
    url = next.href;
  }
}
