import type { InputSlot } from "../model/catalog.ts";
import type { Asset, Job } from "../model/job.ts";

/** A link must live at least this long to be given away: a queued task may fetch it late. Milliseconds. */
const leastLifeMs = 10 * 60_000;

/** A result of an earlier job that its vendor still keeps at an address. `expires` in ms since the epoch; absent for the vendor's own id. */
export interface EarlierLink {
  job: Job;
  asset: Asset;
  address: string;
  expires?: number;
}

/**
 * Results that can stand in for a link in a slot, newest first: by the vendor's own id where the slot takes its ids, else by the
 * link they came by while it lives.
 * @param vendor Whose slot it is: an id means something only to the vendor that gave it.
 * @param now Milliseconds since the epoch.
 */
export function earlierLinks(
  jobs: readonly Job[],
  { kind, ids, idModels }: Pick<InputSlot, "kind" | "ids" | "idModels">,
  vendor: string,
  now: number,
): EarlierLink[] {
  const found = jobs.flatMap((job) =>
    job.assets.flatMap((asset): EarlierLink[] => {
      if (asset.kind !== kind) return [];
      const { id, link, linkExpires } = asset.facts;
      const isKnown = idModels?.includes(job.request.model) ?? true;
      if (ids && id !== undefined && job.request.vendor === vendor && isKnown)
        return [{ job, asset, address: id }];
      if (ids === "only" || link === undefined || linkExpires === undefined) return [];
      return linkExpires < now + leastLifeMs ? [] : [{ job, asset, address: link, expires: linkExpires }];
    }),
  );
  return found.sort((a, b) => b.job.created - a.job.created);
}
