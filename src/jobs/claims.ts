import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, ifThere, remove } from "./files.ts";

/** Which job has which task at its vendor, for all windows: a task is one job's, also after that job has closed. */
export interface Claims {
  /** Makes the task this job's. False if it is another's, and stays it. */
  take(task: string, job: string): Promise<boolean>;
  /** False if the task is another job's. */
  isFree(task: string, job: string): Promise<boolean>;
  /** Lets go of claims on tasks that no vendor lists any more. */
  sweep(now: number): Promise<void>;
}

/** Vendors list tasks for a week, and keep them for a month at most. */
const keepMs = 30 * 86_400_000;

/**
 * One file a task in `folder`, made by whoever is first: its name is the task's hash, its content the job's id. `task` names the
 * task and its vendor.
 */
export function createClaims(folder: string): Claims {
  const pathOf = (task: string) => join(folder, createHash("sha256").update(task).digest("hex"));

  const isFree: Claims["isFree"] = async (task, job) => {
    const owner = await ifThere(readFile(pathOf(task), "utf8"));
    return owner === undefined || owner === job;
  };

  return {
    isFree,

    async take(task, job) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await writeFile(pathOf(task), job, { flag: "wx", mode: 0o600 });
        return true;
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
        return isFree(task, job);
      }
    },

    async sweep(now) {
      for (const name of (await ifThere(readdir(folder))) ?? []) {
        const found = await ifThere(stat(join(folder, name)));
        if (found && now - found.mtimeMs > keepMs) await remove(join(folder, name));
      }
    },
  };
}
