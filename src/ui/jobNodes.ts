import type { Unreadable } from "../jobs/ledger.ts";
import type { Jobs } from "../jobs/types.ts";

/** One row of the jobs tree: a job, or something of a job, by its id or its place in the ledger. */
export type JobNode =
  | { kind: "job"; jobId: string }
  | { kind: "asset"; jobId: string; assetId: string }
  | { kind: "pending"; jobId: string; index: number }
  | { kind: "failure"; jobId: string; at: number }
  | ({ kind: "unreadable" } & Unreadable);

/** The rows of a job in the order of its results: what came, what is on its way, what failed. */
export function childrenOf(jobs: Pick<Jobs, "get">, jobId: string): JobNode[] {
  const job = jobs.get(jobId);
  if (!job) return [];
  const failed = new Set(job.failures.map(({ index }) => index));
  const rows = [
    ...job.assets.map(({ index, id }) => ({ index, node: { kind: "asset", jobId, assetId: id } as const })),
    ...job.pending
      .filter(({ index }) => !failed.has(index))
      .map(({ index }) => ({ index, node: { kind: "pending", jobId, index } as const })),
    ...job.failures.map(({ index = -1 }, at) => ({ index, node: { kind: "failure", jobId, at } as const })),
  ];
  return rows.sort((a, b) => a.index - b.index).map(({ node }) => node);
}
