import { stat } from "node:fs/promises";
import type { Asset, Job } from "../model/job.ts";
import { ifThere } from "./files.ts";
import type { Ledger } from "./ledger.ts";
import type { Happening } from "./store.ts";
import type { JobsOptions } from "./types.ts";
import type { Wait } from "./wait.ts";

/** How long a discarded asset can be taken back. */
const discardMs = 86_400_000;

export interface HousekeepingParts {
  ledger: Ledger;
  options: JobsOptions;
  jobs(): Job[];
  tell(id: string, happening: Happening): Promise<Job>;
  remove(id: string): Promise<void>;
  report(id: string, error: unknown): void;
  wait: Wait;
  /** Aborted when Easel ends. */
  end: AbortSignal;
}

/** What is done about jobs that nobody runs: comparing assets with their files, and letting go of old ones. */
export function createHousekeeping(parts: HousekeepingParts) {
  const { ledger, options, report } = parts;

  async function isStaged(job: Job, asset: Asset): Promise<boolean> {
    return (await ifThere(stat(ledger.path(job.id, asset.file)))) !== undefined;
  }

  async function settleAsset(job: Job, asset: Asset): Promise<void> {
    const { landed, placing } = asset;
    const staged = await isStaged(job, asset);
    if (landed && staged && !(await options.isStillPlaced?.(landed, asset))) {
      await parts.tell(job.id, { type: "decided", asset: asset.id, decision: { state: "waiting" } });
    }
    if (asset.state !== "waiting" || !placing || staged) return;
    if (!(await options.isStillPlaced?.(placing, asset))) return;
    const decision = { state: "placed" as const, landed: placing };
    await parts.tell(job.id, { type: "decided", asset: asset.id, decision });
  }

  /** Removes closed jobs whose discards are old, and results and failures that have waited longer than the user wants. */
  async function dropOld(): Promise<void> {
    const now = options.clock.now();
    const keepWaitingMs = options.keepWaitingMs?.() ?? Number.POSITIVE_INFINITY;
    for (const job of parts.jobs()) {
      const discards = job.assets.filter((asset) => asset.state === "discarded");
      const isGone = discards.every((asset) => now - (asset.discardedAt ?? 0) >= discardMs);
      const isSettled = job.state === "done" || job.state === "failed";
      const isForgotten = isSettled && now - job.updated > keepWaitingMs;
      if ((job.closed !== undefined && isGone) || isForgotten) {
        await parts.remove(job.id).catch((error: unknown) => report(job.id, error));
      }
    }
  }

  return {
    dropOld,

    /** Once more when what was discarded just now has become old, if Easel still runs then. */
    dropOldLater(): void {
      parts.wait(discardMs + 1_000, parts.end).then(
        () => void dropOld(),
        () => undefined,
      );
    },

    /** The assets of a job whose files are there. */
    async staged(job: Job): Promise<Asset[]> {
      const found: Asset[] = [];
      for (const asset of job.assets) if (await isStaged(job, asset)) found.push(asset);
      return found;
    },

    /** Believes the files where they differ from the ledger: an edit, or its undo, came in between. */
    async settle(): Promise<void> {
      for (const job of parts.jobs()) {
        for (const asset of job.assets) {
          await settleAsset(job, asset).catch((error: unknown) => report(job.id, error));
        }
      }
    },
  };
}
