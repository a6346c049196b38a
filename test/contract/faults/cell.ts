import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probeFile } from "../../../src/assets/probe.ts";
import { probeText } from "../../../src/assets/text.ts";
import { createJobs } from "../../../src/jobs/jobs.ts";
import type { JobLogLine, Jobs } from "../../../src/jobs/types.ts";
import type { Job } from "../../../src/model/job.ts";
import type { AssetRequest } from "../../../src/model/request.ts";
import { realClock } from "../../../src/net/clock.ts";
import { createNet } from "../../../src/net/net.ts";
import type { Clock } from "../../../src/net/types.ts";
import { vendorEntry } from "../../../src/vendors/catalog.ts";
import type { InputFile, Vendor } from "../../../src/vendors/contract.ts";
import { verifyCredentials } from "../../../src/vendors/verify.ts";
import type { Simulator } from "../../simulator/start.ts";
import type { Fault, Place } from "./table.ts";

/** One request that faults are tried on. */
export interface Ask {
  vendor: Vendor;
  request: AssetRequest;
  /** By the names of the request's inputs. */
  inputs: Record<string, InputFile>;
  baseUrl: string;
  credentials: Record<string, string>;
  /** True to try the key first, as its user does: a vendor that signs with the time then knows how far its clock is off. */
  triesKey?: true;
  /** Any part of the path of the call that a fault of a place strikes, and its method. */
  routes: Partial<Record<Place, { method: string; path: string }>>;
}

/** What came of one request under one fault. */
export interface Cell {
  /** As in `Fault`. */
  meets: string;
  later: string;
  /** How often the vendor charged, by its own account: the most of any one of a request's calls. */
  charged: number;
  /** What was logged and what the ledger said, as text. */
  log: string;
  ledger: string;
  /** From the start to the end, in milliseconds. */
  took: number;
}

/** How much faster than real Easel's clock runs from the first call on that a fault can strike; before, it is as real as the vendor's. */
const usualSpeed = 20;
/** Once the fault has passed: nothing is waited out any more, and a loaded machine must not look like a hanging vendor. */
const calmSpeed = 5;
/** What a model may take, in Easel's milliseconds: short, so that waiting for it is. */
const deadlineMs = 150_000;
const maxBytes = 2 ** 20;

/** A clock whose speed changes, and with it the sleeps that are under way. */
class PacedClock implements Clock {
  #at = Date.now();
  #time: number;
  #speed = 1;
  #changed = new AbortController();

  constructor(clockOff = 0) {
    this.#time = this.#at + clockOff;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    if (speed === this.#speed) return;
    this.#time = this.now();
    this.#at = Date.now();
    this.#speed = speed;
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  now = () => this.#time + (Date.now() - this.#at) * this.#speed;

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const end = this.now() + ms;
    for (let left = ms; left > 0; left = end - this.now()) {
      const { signal: change } = this.#changed;
      await realClock
        .sleep(left / this.#speed, signal ? AbortSignal.any([signal, change]) : change)
        .catch(() => signal?.throwIfAborted());
    }
    signal?.throwIfAborted();
  }
}

/** Between looks at a task, in real milliseconds: the simulated vendor limits them by real time. */
const pollMs = 150;

/** The vendor with little patience. */
function hurried(vendor: Vendor, clock: PacedClock, speed: number): Vendor {
  const models = vendor.models.map((model) => ({
    ...model,
    operations: Object.fromEntries(
      Object.entries(model.operations).map(([id, operation]) => [id, { ...operation, deadlineMs }]),
    ),
  }));
  const poll = vendor.poll && { firstMs: pollMs * clock.speed, everyMs: pollMs * speed };
  return { ...vendor, models, ...(poll ? { poll } : {}) };
}

/** Plays one request under one fault from the start to where it comes to rest, then again once the fault has passed. */
export async function playCell(
  ask: Ask,
  place: Place,
  fault: Fault,
  simulator: Simulator,
  untrusted: string,
): Promise<Cell> {
  const control = (method: string, path: string, body: object = {}) =>
    fetch(simulator.ready.control.baseUrl + path, {
      method,
      body: method === "GET" ? null : JSON.stringify(body),
    });
  await control("POST", "/reset");
  const folder = await mkdtemp(join(tmpdir(), "easel-fault-"));
  const clock = new PacedClock(fault.clockOff);
  const net = createNet({
    // Reading the system's certificates again for each cell would take longer than all the rest.
    settings: { client: "undici", systemCertificates: false },
    clock,
    allowInsecure: () => true,
    random: () => 0,
  });
  if (ask.triesKey) {
    const { baseUrl, credentials, vendor } = ask;
    const entry = vendorEntry(vendor.id);
    const { signal } = new AbortController();
    if (entry) await verifyCredentials({ entry, baseUrl, credentials, net, clock, signal });
  }
  if (fault.plays) {
    const whole = "kind" in fault.plays && fault.plays.kind === "refuse" && !("times" in fault.plays);
    const route = whole ? {} : ask.routes[place];
    await control("POST", "/faults", { vendor: ask.vendor.id, ...route, ...fault.plays });
  }
  const isUntrusted = fault.tls === true && place === "start";
  const hasOwnAddress = ask.credentials.endpoint !== undefined;
  const credentials =
    isUntrusted && hasOwnAddress ? { ...ask.credentials, endpoint: untrusted } : ask.credentials;
  const log: JobLogLine[] = [];
  let isStruck = true;
  const struckSpeed = fault.speed ?? usualSpeed;
  /** From the first call that the fault can strike on, time passes as fast as is good for it. */
  const meet = (where: Place) => {
    if (isStruck && where === place) clock.speed = struckSpeed;
  };
  const meeting =
    <Request, Answer>(where: Place, call: (request: Request) => Promise<Answer>) =>
    (request: Request) => {
      meet(where);
      return call(request);
    };
  const jobs = createJobs({
    root: join(folder, "jobs"),
    clock,
    net: {
      free: (scope) => {
        const http = net.free(scope);
        return { ...http, get: meeting("look", http.get), ask: meeting("look", http.ask) };
      },
      billable: (scope) => ({ send: meeting("start", net.billable(scope).send) }),
      download: (request) => {
        meet("link");
        const url = fault.tls && place === "link" && isStruck ? untrusted : request.url;
        return net.download({ ...request, url, maxBytes });
      },
    },
    loadVendor: async () => hurried(ask.vendor, clock, isStruck ? struckSpeed : calmSpeed),
    credentials: async () => credentials,
    isLocal: async () => true,
    openInput: async ({ name }) => {
      const input = ask.inputs[name];
      if (!input) throw new Error(`no input ${name}`);
      return input;
    },
    probe: (path, expected) => (expected === "text" ? probeText(path) : probeFile(path)),
    log: (line) => log.push(line),
    watchOtherWindows: false,
    timings: { beatMs: 20_000, downloadMs: [1_000], findMs: [0, 1_000] },
  });
  const began = Date.now();
  try {
    const baseUrl = isUntrusted && !hasOwnAddress ? untrusted : ask.baseUrl;
    const { id } = await jobs.start(ask.request, { baseUrl });
    const meets = outcomeOf(await atRest(jobs, id));
    isStruck = false;
    clock.speed = calmSpeed;
    await control("DELETE", "/faults");
    if (meets !== "done") await jobs.lookAgain(id);
    const later = outcomeOf(await atRest(jobs, id));
    const ledger = await readFile(join(folder, "jobs", id, "job.json"), "utf8");
    const charges = (await (await control("GET", "/charges")).json()) as { operation: string }[];
    const byCall = Map.groupBy(charges, ({ operation }) => operation);
    return {
      meets,
      later,
      charged: Math.max(0, ...[...byCall.values()].map((each) => each.length)),
      log: JSON.stringify(log),
      ledger,
      took: Date.now() - began,
    };
  } finally {
    await jobs.dispose();
    await net.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until the job goes on by itself no more: over, in doubt, or put off. */
function atRest(jobs: Jobs, id: string): Promise<Job> {
  return new Promise((resolve) => {
    const look = (job: Job | undefined) => {
      if (!job || !isAtRest(job)) return;
      listening.dispose();
      resolve(job);
    };
    const listening = jobs.onDidChange((changed, job) => {
      if (changed === id) look(job);
    });
    look(jobs.get(id));
  });
}

function isAtRest(job: Job): boolean {
  if (job.state === "downloading") {
    return job.pending.every(({ index }) => job.failures.some((failure) => failure.index === index));
  }
  return !["intent", "sent", "running"].includes(job.state);
}

/** Failures of bytes on their way: that the call was carried out is plain. */
const ofBytes = ["download", "wrongMedia", "truncated"];

function outcomeOf(job: Job): string {
  const failure = job.failures.at(-1)?.error;
  if (job.state === "done" || !failure) return job.state;
  if (ofBytes.includes(failure.next ?? "")) return `${job.state}: ${failure.reason}`;
  const sent = { no: "not sent", refused: "refused", unknown: "perhaps carried out" }[failure.sent];
  return `${job.state}: ${failure.reason}, ${sent}`;
}
