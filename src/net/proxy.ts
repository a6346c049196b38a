import type { NetSettings } from "./types.ts";

/** What the settings and the environment come to. Empty strings: none. */
interface ProxyPlan {
  http: string;
  https: string;
  /** Comma-separated, as `NO_PROXY` is. */
  noProxy: string;
  /** Value of `Proxy-Authorization`, where the user set one. */
  authorization?: string;
}

/** The setting wins over the environment; exceptions of both hold. */
export function planProxy(settings: NetSettings): ProxyPlan {
  const env = (name: string) => settings.env?.[name.toLowerCase()] || settings.env?.[name] || "";
  const http = settings.proxy || env("HTTP_PROXY");
  const https = settings.proxy || env("HTTPS_PROXY") || http;
  const plan: ProxyPlan = {
    http: withScheme(http),
    https: withScheme(https),
    noProxy: [...(settings.noProxy ?? []), env("NO_PROXY")].filter(Boolean).join(","),
  };
  if (settings.proxyAuthorization) plan.authorization = settings.proxyAuthorization;
  return plan;
}

/** `host:port` means an HTTP proxy; what is no address at all is no proxy. */
function withScheme(proxy: string): string {
  const url = proxy === "" || proxy.includes("://") ? proxy : `http://${proxy}`;
  return URL.canParse(url) ? url : "";
}
