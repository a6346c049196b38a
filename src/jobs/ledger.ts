import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Job, jobSchema, ledgerVersion } from "../model/job.ts";
import {
  errorCode,
  ifThere,
  remove,
  renameDurably,
  renamePatiently,
  syncFolder,
  writeDurably,
} from "./files.ts";
import { type Lease, LeaseLost } from "./lease.ts";

/** A job's file that this version cannot read: written by a newer Easel, or damaged. It is left as it is. */
export interface Unreadable {
  id: string;
  why: "newer" | "damaged";
}

export type LedgerEntry = { job: Job } | { unreadable: Unreadable };

/**
 * Jobs on disk: a folder each with `job.json`, `assets/` (results), `inputs/` (pasted or dropped inputs), `incoming/`
 * (downloads under way) and its lease.
 * Folders whose name begins with a dot are on their way in or out.
 */
export interface Ledger {
  /** Absolute path of a job's folder, or of something in it. */
  path(id: string, ...names: string[]): string;
  /** Ids of all jobs that have a folder. Empty if there is no ledger yet. */
  ids(): Promise<string[]>;
  /** The job as it is on disk; undefined if it is not there. */
  read(id: string): Promise<LedgerEntry | undefined>;
  /** When the job's file was last written, as an opaque mark; undefined if it is not there. */
  mark(id: string): Promise<string | undefined>;
  /** Makes a job's folder in one step, with its lease in it. `fill` may put files into the folder it is given first. */
  create(job: Job, leaseFile: string, fill?: (folder: string) => Promise<void>): Promise<void>;
  /** Replaces the job's file in one step and waits for the disk. Throws {@link LeaseLost}, and then nothing has changed. */
  write(job: Job, lease: Lease): Promise<void>;
  /** Removes a job with all its files. Throws {@link LeaseLost}. */
  remove(id: string, lease: Lease): Promise<void>;
  /** Removes what an interrupted creation or removal left. */
  sweep(now: number): Promise<void>;
}

const file = "job.json";
const leftoverMs = 3_600_000;

/** The ledger under `root`, an absolute path that need not exist yet. Errors other than those named are the file system's own. */
export function createLedger(root: string): Ledger {
  const path = (id: string, ...names: string[]) => join(root, id, ...names);

  async function names(): Promise<string[]> {
    return (await ifThere(readdir(root))) ?? [];
  }

  return {
    path,

    async ids() {
      return (await names()).filter((name) => !name.startsWith("."));
    },

    async read(id) {
      const text = await ifThere(readFile(path(id, file), "utf8"));
      return text === undefined ? undefined : readEntry(id, text);
    },

    async mark(id) {
      const found = await ifThere(stat(path(id, file), { bigint: true }));
      return found && `${found.ino} ${found.mtimeNs}`;
    },

    async create(job, leaseFile, fill) {
      const folder = join(root, `.new-${job.id}`);
      await mkdir(join(folder, "assets"), { recursive: true, mode: 0o700 });
      await mkdir(join(folder, "inputs"), { mode: 0o700 });
      await fill?.(folder);
      await writeDurably(join(folder, leaseFile), "");
      await writeDurably(join(folder, file), serialise(job));
      await syncFolder(folder);
      await renameDurably(folder, path(job.id));
    },

    async write(job, lease) {
      const draft = path(job.id, `${lease.nonce}.draft`);
      await lease.check();
      try {
        await writeDurably(draft, serialise(job));
        await lease.check();
        await renameDurably(draft, path(job.id, file));
      } catch (error) {
        await remove(draft);
        if (errorCode(error) === "ENOENT") throw new LeaseLost("job folder or draft gone");
        throw error;
      }
    },

    async remove(id, lease) {
      await lease.check();
      const gone = join(root, `.gone-${id}-${randomBytes(4).toString("hex")}`);
      await ifThere(renamePatiently(path(id), gone));
      await remove(gone);
    },

    async sweep(now) {
      for (const name of await names()) {
        if (name.startsWith(".gone-")) await remove(join(root, name));
        if (!name.startsWith(".new-")) continue;
        const found = await ifThere(stat(join(root, name)));
        if (found && now - found.mtimeMs > leftoverMs) await remove(join(root, name));
      }
    },
  };
}

function serialise(job: Job): string {
  return `${JSON.stringify(job, undefined, 1)}\n`;
}

/** The parsed file itself is kept, not the schema's copy of it: fields of a newer version survive being written again. */
function readEntry(id: string, text: string): LedgerEntry {
  try {
    const raw: unknown = JSON.parse(text);
    const version = typeof raw === "object" && raw !== null && "version" in raw ? raw.version : undefined;
    if (typeof version === "number" && version > ledgerVersion) return { unreadable: { id, why: "newer" } };
    const parsed = jobSchema.safeParse(raw);
    if (parsed.success && (raw as Job).id === id) return { job: raw as Job };
    // Words of a list that has grown since, such as a further kind of media: nothing is wrong with the file.
    if (parsed.error?.issues.every(({ code }) => code === "invalid_value")) {
      return { unreadable: { id, why: "newer" } };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { unreadable: { id, why: "damaged" } };
}
