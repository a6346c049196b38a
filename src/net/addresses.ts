import dns from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { NetError } from "./types.ts";

/** Where an address leads. `reserved` is never connected to from a link; `private` only when the vendor itself is local. */
type AddressKind = "public" | "private" | "reserved";

/** Loopback and private ranges (RFC 1918, 4193, 6598). */
const privateRanges = [
  "127.0.0.0/8",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1/128",
  "fc00::/7",
  "fec0::/10",
];

/**
 * Link-local, "this host", multicast, and carrier-grade ranges where clouds keep their metadata. 198.18.0.0/15 is left out on
 * purpose: proxies that answer every name with an address from it are common, and nothing private lives there.
 */
const reservedRanges = [
  "0.0.0.0/8",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "fe80::/10",
  "ff00::/8",
];

const privateList = blockList(privateRanges);
const reservedList = blockList(reservedRanges);

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix] = range.split("/");
    list.addSubnet(address, Number(prefix), address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

/** Kind of an IP address in any notation Node prints; IPv4 inside IPv6 (mapped, NAT64, 6to4) counts as that IPv4. */
function addressKind(address: string): AddressKind {
  const bare = address.replace(/%.*$/, "");
  const inner = embeddedIPv4(bare) ?? bare;
  const family = isIP(inner);
  if (family === 0) return "reserved";
  const name = family === 6 ? "ipv6" : "ipv4";
  if (reservedList.check(inner, name)) return "reserved";
  return privateList.check(inner, name) ? "private" : "public";
}

function embeddedIPv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const groups = expand(address);
  const dotted = (at: number) =>
    groups
      .slice(at, at + 2)
      .flatMap((group) => [group >> 8, group & 255])
      .join(".");
  const start = groups.slice(0, 6).join(":");
  const isMapped = start === "0:0:0:0:0:65535" || start === "0:0:0:0:65535:0";
  const isCompatible = start === "0:0:0:0:0:0" && (groups[6] !== 0 || (groups[7] ?? 0) > 1);
  const isNat64 = start === `${0x64}:${0xff9b}:0:0:0:0`;
  if (isMapped || isCompatible || isNat64) return dotted(6);
  return groups[0] === 0x2002 ? dotted(1) : undefined;
}

/** The eight 16-bit groups of an IPv6 address. */
function expand(address: string): number[] {
  const ipv4 = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = ipv4
    ? `${ipv4[1]}${((Number(ipv4[2]) << 8) | Number(ipv4[3])).toString(16)}:${((Number(ipv4[4]) << 8) | Number(ipv4[5])).toString(16)}`
    : address;
  const [head = "", tail] = text.split("::");
  const parse = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const start = parse(head);
  const end = tail === undefined ? [] : parse(tail);
  return [...start, ...new Array<number>(8 - start.length - end.length).fill(0), ...end];
}

/** True for `localhost`, its subdomains, and literal loopback or private addresses: what may be spoken to in plain HTTP. */
export function isLocalHost(hostname: string): boolean {
  const host = literal(hostname);
  if (isIP(host)) return addressKind(host) === "private";
  return host === "localhost" || host.endsWith(".localhost");
}

/** Refuses a link's host when its very name says that it is not allowed; names are looked at again once resolved. */
export function checkLinkHost(hostname: string, allowLocal: boolean): void {
  const host = literal(hostname);
  const kind = isIP(host) ? addressKind(host) : isLocalHost(host) ? "private" : "public";
  if (!isAllowed(kind, allowLocal)) throw new NetError("private", "no");
}

/** `dns.lookup` that fails with {@link NetError} `private` when any address of the name is not allowed. */
export function guardedLookup(allowLocal: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) return callback(error ?? new NetError("dns", "no"), "", 4);
      if (!addresses.every(({ address }) => isAllowed(addressKind(address), allowLocal))) {
        return callback(new NetError("private", "no"), "", 4);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function isAllowed(kind: AddressKind, allowLocal: boolean): boolean {
  return kind === "public" || (allowLocal && kind === "private");
}

function literal(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
}
