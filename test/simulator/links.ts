import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "./clock.ts";

/** How long a result link lives and how often it may be fetched (contract ark §3.4, §0.9). */
const LIFE_MS = 24 * 3600 * 1000;
export const MOST_DOWNLOADS = 100;

/** A generated file behind a link that is signed for GET alone. */
export type Link = {
  vendor: string;
  type: string;
  expiresAt: number;
  downloads: number;
  /** The file; made when first asked for. */
  bytes(): Buffer;
};

export type Links = {
  /** Publishes a file below `folder` and gives its signed address. */
  publish(file: { vendor: string; folder: string; name: string; type: string; bytes: () => Buffer }): string;
  /** The link of a path and query exactly as given out; any change breaks the signature. */
  find(target: string): Link | undefined;
  /** The same by whole address, when it is one of this simulator's. */
  resolve(url: string): Link | undefined;
  reset(): void;
};

export function createLinks(clock: Clock, origin: string): Links {
  const links = new Map<string, Link>();
  const find = (target: string) => links.get(target);
  return {
    publish: ({ vendor, folder, name, type, bytes }) => {
      const target = `/${folder}/${name}?${signature(clock.now())}`;
      let made: Buffer | undefined;
      links.set(target, {
        vendor,
        type,
        expiresAt: clock.now() + LIFE_MS,
        downloads: 0,
        bytes: () => {
          made ??= bytes();
          return made;
        },
      });
      return origin + target;
    },
    find,
    resolve: (url) => (url.startsWith(`${origin}/`) ? find(url.slice(origin.length)) : undefined),
    reset: () => links.clear(),
  };
}

/** The query of a signed link, percent-encoded where the vendor's is. */
function signature(now: number): string {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return [
    "X-Tos-Algorithm=TOS4-HMAC-SHA256",
    `X-Tos-Credential=AKLTsimulator%2F${date.slice(0, 8)}%2Fcn-beijing%2Ftos%2Frequest`,
    `X-Tos-Date=${date}`,
    `X-Tos-Expires=${LIFE_MS / 1000}`,
    `X-Tos-Signature=${createHash("sha256").update(randomBytes(32)).digest("hex")}`,
    "X-Tos-SignedHeaders=host",
  ].join("&");
}
