import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encode } from "fast-png";
import { probeFile } from "../../../src/assets/probe.ts";
import { createJobs } from "../../../src/jobs/jobs.ts";
import type { JobLogLine, Jobs, JobsOptions } from "../../../src/jobs/types.ts";
import type { Asset, Job } from "../../../src/model/job.ts";
import type { AssetRequest } from "../../../src/model/request.ts";
import { realClock } from "../../../src/net/clock.ts";
import type { Net } from "../../../src/net/types.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";

/** A real PNG; its blue tells which. */
export function png(blue = 0): Uint8Array {
  return encode({
    width: 2,
    height: 2,
    channels: 3,
    depth: 8,
    data: new Uint8Array([9, 9, blue, 9, 9, blue, 9, 9, blue, 9, 9, blue]),
  });
}

export const request: AssetRequest = {
  operation: "text-to-image",
  vendor: "seedream",
  model: "m",
  prompt: "prompt-canary",
  inputs: [],
  options: {},
};

export const from = { baseUrl: "http://127.0.0.1:1" };

/** A vendor as a test scripts it. */
export function vendor(parts: Partial<Vendor>): Vendor {
  return {
    id: "seedream",
    models: [],
    poll: { firstMs: 1, everyMs: 1 },
    async *start() {
      yield { type: "done" };
    },
    ...parts,
  };
}

const noNet: Pick<Net, "free" | "billable" | "download"> = {
  free: () => ({
    get: () => Promise.reject(new Error("no network")),
    ask: () => Promise.reject(new Error("no network")),
    withdraw: () => Promise.reject(new Error("no network")),
  }),
  billable: () => ({ send: () => Promise.reject(new Error("no network")) }),
  download: () => Promise.reject(new Error("no network")),
};

export const quick = {
  beatMs: 20,
  misses: 3,
  resendMs: [1, 1],
  downloadMs: [1, 1],
  findMs: [0, 1],
  relookMs: 600_000,
  busyMs: 500,
};

/** Jobs services on ledgers in temporary folders, all gone after each test. */
export class Bench {
  readonly lines: JobLogLine[] = [];
  readonly #services: Jobs[] = [];
  readonly #roots: string[] = [];

  async root(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "easel-jobs-"));
    this.#roots.push(folder);
    return join(folder, "jobs");
  }

  jobs(root: string, made: Vendor, parts: Partial<JobsOptions> = {}): Jobs {
    const service = createJobs({
      root,
      clock: realClock,
      net: noNet,
      loadVendor: async () => made,
      credentials: async () => ({ apiKey: "key-canary" }),
      openInput: () => Promise.reject(new Error("no inputs")),
      probe: probeFile,
      log: (line) => this.lines.push(line),
      timings: quick,
      ...parts,
    });
    this.#services.push(service);
    return service;
  }

  /** Puts a job's file on disk as an earlier process may have left it. */
  async write(root: string, job: Job, files: Record<string, Uint8Array> = {}): Promise<void> {
    await mkdir(join(root, job.id, "assets"), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, job.id, name)), { recursive: true });
      await writeFile(join(root, job.id, name), content);
    }
    await writeFile(join(root, job.id, "lease.free"), "");
    await writeFile(join(root, job.id, "job.json"), JSON.stringify(job));
  }

  /** Ids of the jobs that have a folder. */
  async ids(root: string): Promise<string[]> {
    return (await readdir(root)).filter((name) => !name.startsWith("."));
  }

  async clear(): Promise<void> {
    for (const service of this.#services.splice(0)) await service.dispose();
    for (const root of this.#roots.splice(0)) await rm(root, { recursive: true, force: true });
    this.lines.length = 0;
  }
}

/** Resolves with the job as soon as it is as wanted; fails after half a minute with what it is instead. */
export function until(jobs: Jobs, id: string, wanted: (job: Job | undefined) => boolean): Promise<Job> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!wanted(jobs.get(id))) return;
      clearTimeout(timer);
      listening.dispose();
      resolve(jobs.get(id) as Job);
    };
    const timer = setTimeout(() => {
      listening.dispose();
      reject(new Error(`job stays ${JSON.stringify(jobs.get(id))}`));
    }, 30_000);
    const listening = jobs.onDidChange(look);
    look();
  });
}

export async function* bytes(...chunks: Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

/** A job as it is when its intent is written. */
export function newJob(parts: Partial<Job> = {}): Job {
  return {
    version: 1,
    id: "j1",
    created: 0,
    updated: 0,
    state: "intent",
    request,
    ...from,
    spends: [],
    pending: [],
    assets: [],
    failures: [],
    warnings: [],
    texts: [],
    ...parts,
  };
}

/** An asset of one byte that waits, the `at`th of its job. */
export function waitingAsset(at = 0): Asset {
  return {
    id: String(at),
    index: at,
    state: "waiting",
    file: `assets/${at}.png`,
    kind: "image",
    type: "image/png",
    extension: "png",
    bytes: 1,
    sha256: "",
    facts: {},
  };
}
