import type { VendorContext } from "../../contract.ts";
import { settingsOf } from "../settings.ts";

/**
 * Where a call goes: below the base URL (`compatible`, OpenAI's paths) or below the native root (`native`, `/api/v1/…`). `path`
 * begins with a slash.
 */
export interface Target {
  route: "native" | "compatible";
  path: string;
}

type Caller = Pick<VendorContext, "baseUrl" | "settings">;

const directModes = "/compatible-mode/v1";
/** Paths that the vendor's own hosts serve below another prefix than the rest (contract §1). */
const directElsewhere: Readonly<Record<string, string>> = { "/reranks": "/compatible-api/v1" };

/** The whole address of a call, without query (contract §1). */
export function addressOf(caller: Caller, { route, path }: Target): string {
  if (route === "native") return nativeRoot(caller) + path;
  const base = compatibleRoot(caller.baseUrl);
  const prefix = base.endsWith(directModes) ? directElsewhere[path] : undefined;
  return prefix === undefined ? base + path : base.slice(0, -directModes.length) + prefix + path;
}

/** True at a host of the vendor's own: the key there is the provider's, with no gateway in between (contract §1). */
export function isDirect({ baseUrl }: Pick<Caller, "baseUrl">): boolean {
  const hostname = URL.parse(baseUrl)?.hostname ?? "";
  return /^dashscope(-\w+)?\.aliyuncs\.com$/.test(hostname) || hostname.endsWith(".maas.aliyuncs.com");
}

/** The base URL includes `/v1`; a bare host gets it. */
function compatibleRoot(baseUrl: string): string {
  const base = trimmed(baseUrl);
  if (URL.parse(base)?.pathname !== "/") return base;
  return base + (isDirect({ baseUrl }) ? directModes : "/v1");
}

function nativeRoot(caller: Caller): string {
  const own = trimmed(settingsOf(caller).nativeUrl);
  if (own !== "") return own.replace(/\/api\/v1$/, "");
  return compatibleRoot(caller.baseUrl).replace(/(\/compatible-mode)?\/v1$/, "");
}

function trimmed(url: string): string {
  return url.trim().replace(/\/+$/, "");
}
