import type { InputSlot } from "./catalog.ts";

/**
 * Why an address cannot be given to a vendor: `format` is no address, `scheme` is not https, `secret` carries a user name or
 * password, `local` leads to a machine the vendor cannot reach, `id` is not one of the vendor's own ids where only those are taken.
 */
export type LinkProblem = "format" | "scheme" | "secret" | "local" | "id";

const web = /^https?:/i;
const ownId = /^[\w.:/@-]{2,512}$/;
const localHost = /^(localhost|.*\.(localhost|local|internal|lan|home\.arpa)|[^.:]+)$/;
const privateAddress =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^\[(::1?|f[cd].*|fe[89ab].*)\]$/;

/** What is wrong with an address as an input of a slot; undefined if nothing is. */
export function linkProblem(typed: string, { ids }: Pick<InputSlot, "ids">): LinkProblem | undefined {
  const address = typed.trim();
  if (ids && !web.test(address)) return ownId.test(address) ? undefined : "id";
  if (ids === "only") return "id";
  const url = URL.parse(address);
  if (!url || /\s/.test(address)) return "format";
  if (url.protocol !== "https:") return "scheme";
  if (url.username || url.password) return "secret";
  return localHost.test(url.hostname) || privateAddress.test(url.hostname) ? "local" : undefined;
}

/** What a link's file is called: the last part of its path, else its host; an id as it is. */
export function linkName(typed: string): string {
  const address = typed.trim();
  const url = web.test(address) ? URL.parse(address) : null;
  if (!url) return address;
  const last = url.pathname.split("/").filter(Boolean).at(-1) ?? url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
