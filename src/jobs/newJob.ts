import { randomBytes } from "node:crypto";
import { type Job, ledgerVersion } from "../model/job.ts";
import type { AssetRequest } from "../model/request.ts";
import type { StartOptions } from "./types.ts";

/** How a job begins: as an intent to send, or with a task that is there already. */
export type Beginning = Pick<Job, "state" | "operation" | "adopted">;

/** What a job keeps of where it was asked, and hands on when it is asked again. */
const circumstances = ["baseUrl", "modelOverride", "settings", "workspace", "anchor"] as const;
type Circumstances = Pick<StartOptions, (typeof circumstances)[number]>;

/** Those of the {@link circumstances} that are known. */
export function circumstancesOf(
  from: Pick<Job, (typeof circumstances)[number]> | StartOptions,
): Circumstances {
  const known = circumstances.filter((name) => from[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, from[name]])) as unknown as Circumstances;
}

/** A job as it is first written; `now` in milliseconds. */
export function newJob(request: AssetRequest, from: StartOptions, beginning: Beginning, now: number): Job {
  return {
    version: ledgerVersion,
    id: newId(now),
    created: now,
    updated: now,
    ...beginning,
    request,
    ...circumstancesOf(from),
    spends: [],
    pending: [],
    assets: [],
    failures: [],
    warnings: [],
    texts: [],
  };
}

/** Sorts by time; letters, digits and hyphens, as vendors take it for a task id of one's own. */
function newId(now: number): string {
  return `${now.toString(36)}-${randomBytes(6).toString("hex")}`;
}
