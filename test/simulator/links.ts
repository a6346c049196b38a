import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "./clock.ts";

/** How long a result link lives and how often it may be fetched, unless told (contract ark §3.4, §0.9). */
const LIFE_MS = 24 * 3600 * 1000;
const MOST_DOWNLOADS = 100;

/** A file to publish below `folder`; `sign` gives the query that makes the address its own. */
type Publication = {
  vendor: string;
  folder: string;
  name: string;
  type: string;
  bytes: () => Buffer;
  lifeMs?: number;
  mostDownloads?: number;
  sign?: (now: number) => string;
};

/** A generated file behind a link that is signed for GET alone. */
export type Link = {
  vendor: string;
  type: string;
  expiresAt: number;
  downloads: number;
  mostDownloads: number;
  /** The file; made when first asked for. */
  bytes(): Buffer;
};

export type Links = {
  /** Publishes a file and gives its signed address. */
  publish(file: Publication): string;
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
    publish: (file) => {
      const { vendor, folder, name, type, bytes } = file;
      const { lifeMs = LIFE_MS, mostDownloads = MOST_DOWNLOADS, sign = signature } = file;
      const target = `/${folder}/${name}?${sign(clock.now())}`;
      let made: Buffer | undefined;
      links.set(target, {
        vendor,
        type,
        expiresAt: clock.now() + lifeMs,
        downloads: 0,
        mostDownloads,
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
