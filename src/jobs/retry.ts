import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Job } from "../model/job.ts";
import type { OptionValues } from "../model/options.ts";
import type { AssetRequest } from "../model/request.ts";
import { ifThere } from "./files.ts";
import { type Beginning, circumstancesOf } from "./newJob.ts";
import { JobsError, type StartOptions } from "./types.ts";

interface RetryParts {
  /** Absolute path of something in the old job's folder. */
  path(name: string): string;
  start(request: AssetRequest, from: StartOptions, beginning?: Beginning): Promise<Job>;
}

/** Starts a job's request anew, with some options changed. Throws {@link JobsError} `inputs` if a staged one has gone. */
export async function retryJob(old: Job, changed: OptionValues, parts: RetryParts): Promise<Job> {
  const { request, operation } = old;
  const staged = request.inputs.flatMap(({ source }) => (source.kind === "staged" ? [source.file] : []));
  for (const file of staged) {
    if (!(await ifThere(stat(parts.path(file))))) throw new JobsError("inputs");
  }
  const stagedInputs = staged.map((file) => ({ file, open: () => createReadStream(parts.path(file)) }));
  // What was made elsewhere is looked at again; only a further step of it is a request.
  const isLookedAt = old.adopted && operation !== undefined && Object.keys(changed).length === 0;
  return parts.start(
    { ...request, options: { ...request.options, ...changed } },
    { ...circumstancesOf(old), stagedInputs },
    isLookedAt ? { state: "running", operation, adopted: true } : undefined,
  );
}
