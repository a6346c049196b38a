import { isIP } from "node:net";

/** Why an address that the user typed cannot be used: not one, or plain http to a host that is not this machine's. */
export type AddressProblem = "malformed" | "insecure";

/** True for names and addresses of this machine, which alone may be plain http. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" || hostname === "[::1]" || (isIP(hostname) === 4 && hostname.startsWith("127."))
  );
}

/**
 * What is wrong with an address: https only, or plain http to this machine; no name and password in it. A base that paths are put
 * behind has neither query nor fragment; a `whole` address, used as it is, may have a query.
 */
export function addressProblem(address: string, kind: "base" | "whole" = "base"): AddressProblem | undefined {
  const url = /\s/.test(address) ? null : URL.parse(address);
  if (!url || !/^https?:\/\//i.test(address) || url.username !== "" || url.password !== "")
    return "malformed";
  if (url.hash !== "" || (kind === "base" && url.search !== "")) return "malformed";
  return url.protocol === "https:" || isLoopback(url.hostname) ? undefined : "insecure";
}

/** The part of an address a key is bound to: scheme, host and port. Throws a `TypeError` for what is no address. */
export function originOf(address: string): string {
  return new URL(address).origin;
}
