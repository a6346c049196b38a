import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { open, readdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "../net/types.ts";
import { errorCode, ifThere, remove, renamePatiently } from "./files.ts";

/** The lease belongs to another process now: nothing may be written, sent or polled any more. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** The right to act for one job. */
export interface Lease {
  /** Random, in the name of every file that its owner writes. */
  nonce: string;
  /** Throws {@link LeaseLost} unless the lease is still this one. */
  check(): Promise<void>;
  /** Shows that the owner is alive. Throws {@link LeaseLost}. */
  beat(): Promise<void>;
  /** Lets go, so that anybody can take it at once. Does nothing if it is lost. */
  release(): Promise<void>;
}

export interface Leases {
  /** A lease for a folder that is about to be made at `folder`: its file has to be put in there under `fileName`. */
  grant(folder: string): { fileName: string; lease: Lease };
  /** Takes the lease of the job in a folder if it is free, or its owner is dead or silent; undefined if it is held. */
  take(folder: string): Promise<Lease | undefined>;
}

const free = "lease.free";

/**
 * A lease is one file whose name says who holds it: `lease.free` or `lease.<machine>.<process>.<nonce>`. It changes hands only
 * by a rename of the name that was read, and of two renames from one name one fails: so nobody takes it twice, and an owner
 * that has lost it cannot touch it again. Its modification time is the heartbeat.
 *
 * An owner counts as silent when its heartbeat has not moved over `misses` looks of this process, made at least `beatMs` apart:
 * counting looks instead of reading clocks keeps a machine that slept from robbing an owner that is just waking up too. The owner
 * is dead at once if it was a process of this machine that no longer runs.
 */
export function createLeases(options: { clock: Clock; beatMs: number; misses: number }): Leases {
  const { clock, beatMs, misses } = options;
  const seen = new Map<string, { sign: string; looks: number; at: number }>();

  async function take(folder: string): Promise<Lease | undefined> {
    const name = (await leaseNames(folder))?.[0] ?? (await makeLease(folder));
    if (name === undefined) return undefined;
    if (name !== free && !ownerIsDead(name) && !(await isSilent(folder, name))) return undefined;
    seen.delete(folder);
    const { fileName, lease } = grant(folder);
    try {
      await renamePatiently(join(folder, name), join(folder, fileName));
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
    if (await isHeldTwice(folder, fileName)) {
      await remove(join(folder, fileName));
      return undefined;
    }
    await lease.beat();
    await removeDrafts(folder);
    return lease;
  }

  function grant(folder: string): { fileName: string; lease: Lease } {
    const nonce = randomBytes(8).toString("hex");
    const fileName = `lease.${machine}.${process.pid}.${nonce}`;
    return { fileName, lease: leaseOf(folder, join(folder, fileName), nonce) };
  }

  async function isSilent(folder: string, name: string): Promise<boolean> {
    const found = await ifThere(stat(join(folder, name)));
    if (!found) return false;
    const sign = `${name} ${found.mtimeMs}`;
    const last = seen.get(folder);
    const now = clock.now();
    if (last?.sign !== sign) seen.set(folder, { sign, looks: 0, at: now });
    else if (now - last.at >= beatMs) seen.set(folder, { sign, looks: last.looks + 1, at: now });
    return (seen.get(folder)?.looks ?? 0) >= misses;
  }

  function leaseOf(folder: string, path: string, nonce: string): Lease {
    return {
      nonce,
      check: async () => {
        await orLost(stat(path));
      },
      beat: async () => {
        const now = new Date(clock.now());
        await orLost(utimes(path, now, now));
      },
      release: async () => {
        await ifThere(renamePatiently(path, join(folder, free)));
      },
    };
  }

  return { grant, take };
}

async function leaseNames(folder: string): Promise<string[] | undefined> {
  const names = await ifThere(readdir(folder));
  const leases = names?.filter((name) => name.startsWith("lease.")).sort();
  return leases && leases.length > 0 ? leases : undefined;
}

/**
 * Whether somebody else holds a lease beside ours. While lease files are being made anew (see {@link makeLease}), the `lease.free`
 * that was read may have been taken and made again before it was renamed. Of two who hold one, the later sees the earlier.
 */
async function isHeldTwice(folder: string, own: string): Promise<boolean> {
  const names = await leaseNames(folder);
  return names?.some((name) => name !== own && name !== free) ?? false;
}

/** A folder that came back by undo has no lease file. Should two processes make one at once, both step back. */
async function makeLease(folder: string): Promise<string | undefined> {
  try {
    await (await open(join(folder, free), "wx", 0o600)).close();
  } catch (error) {
    if (errorCode(error) === "EEXIST" || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  const names = await leaseNames(folder);
  if (names?.length === 1) return names[0];
  await remove(join(folder, free));
  return undefined;
}

/**
 * What an earlier owner had written but not yet renamed goes away. It renames only after it has seen its lease, and the lease
 * is ours by now: whatever it does next fails.
 */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(".draft")) await remove(join(folder, name));
  }
}

async function orLost<T>(promise: Promise<T>): Promise<T> {
  const value = await ifThere(promise.then((result) => ({ result })));
  if (!value) throw new LeaseLost("lease lost");
  return value.result;
}

function ownerIsDead(name: string): boolean {
  const [, owner, pid] = name.split(".");
  if (owner !== machine || !pid || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
}

/** This machine, and where processes are numbered apart (containers) this numbering. */
const machine = createHash("sha256").update(`${hostname()} ${processSpace()}`).digest("hex").slice(0, 8);

function processSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
