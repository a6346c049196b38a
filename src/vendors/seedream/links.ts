import type { OutputSource } from "../contract.ts";

/** Result links live this long (contract §2.5, §3.4). */
const linkLifeMs = 24 * 60 * 60 * 1000;

/** The link untouched, with the moment it dies: its signature says so, else a day from `since` (ms since the epoch). */
export function linkTo(url: string, since: number): OutputSource {
  return { kind: "link", url, expires: signedUntil(url) ?? since + linkLifeMs };
}

function signedUntil(url: string): number | undefined {
  if (!URL.canParse(url)) return undefined;
  const query = new URL(url).searchParams;
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get("X-Tos-Date") ?? "");
  const seconds = Number(query.get("X-Tos-Expires") ?? Number.NaN);
  if (!date || !Number.isFinite(seconds)) return undefined;
  const [, year, month, day, hour, minute, second] = date.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + seconds * 1000;
}
