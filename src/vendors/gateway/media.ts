import { isLocalHost } from "../../net/addresses.ts";
import type { VendorContext } from "../contract.ts";

/** How long result links live (contract §7), in milliseconds. */
const linkLifeMs = 24 * 60 * 60 * 1000;

/** A result's link: over https where the vendor says http (contract §3.6), except on this machine; it carries its own rights. */
export function secureLink(url: string): string {
  const at = URL.parse(url);
  if (at?.protocol !== "http:" || isLocalHost(at.hostname)) return url;
  at.protocol = "https:";
  return at.href;
}

/** When a link ends, in milliseconds since the epoch: as the answer says (in seconds), as the link's own `Expires` does, or after a day. */
export function linkExpiry(url: string, seconds: unknown, { clock }: Pick<VendorContext, "clock">): number {
  const said = Number(seconds) || Number(URL.parse(url)?.searchParams.get("Expires"));
  return said > 0 ? said * 1000 : clock.now() + linkLifeMs;
}
