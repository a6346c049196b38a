/**
 * What 200 running jobs cost while nothing happens: requests against 200 × the schedule, timers, and processor time. Run:
 * `node test/bench/polling.bench.ts [jobs] [seconds]`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { probeFile } from "../../src/assets/probe.ts";
import { createJobs } from "../../src/jobs/jobs.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Clock } from "../../src/net/types.ts";
import { paidVendors } from "../unit/jobs/paidVendors.ts";
import { PaidService } from "../unit/jobs/studioServer.ts";
import { request } from "../unit/jobs/support.ts";

const poll = { firstMs: 2_000, everyMs: 5_000 };
const count = Number(process.argv[2] ?? 200);
const seconds = Number(process.argv[3] ?? 20);

/** The machine's clock, which counts the timers it has running. */
function countingClock(): Clock & { running: number; most: number } {
  const clock = {
    running: 0,
    most: 0,
    now: realClock.now,
    async sleep(ms: number, signal?: AbortSignal) {
      clock.most = Math.max(clock.most, ++clock.running);
      await realClock.sleep(ms, signal).finally(() => clock.running--);
    },
  };
  return clock;
}

const service = await PaidService.start();
service.status = "running";
const folder = await mkdtemp(join(tmpdir(), "easel-bench-"));
const clock = countingClock();
const net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
const jobs = createJobs({
  root: join(folder, "jobs"),
  clock,
  // Without the limits of one key, which would hide how often is asked.
  net: {
    ...net,
    free: ({ vendor }) => net.free({ vendor, keyId: String(Math.random()) }),
    billable: ({ vendor }) => net.billable({ vendor, keyId: String(Math.random()) }),
  },
  loadVendor: async () => ({ ...paidVendors.async, poll }),
  credentials: async () => ({}),
  openInput: () => Promise.reject(new Error("no inputs")),
  probe: probeFile,
  log: () => undefined,
});
for (let started = 0; started < count; started++) await jobs.start(request, { baseUrl: service.base });
const allRun = () => jobs.list().every((job) => job.state === "running");
while (!allRun()) await pause(50);

clock.most = 0;
const looks = () => service.seen.filter(({ what }) => what === "status").length;
const [before, cpu, began] = [looks(), process.cpuUsage(), Date.now()];
await pause(seconds * 1000);
const took = (Date.now() - began) / 1000;
const used = process.cpuUsage(cpu);
const asked = looks() - before;
const schedule = count * Math.ceil((took * 1000) / poll.everyMs);
console.log(`polling: ${count} jobs for ${took.toFixed(1)} s, a look every ${poll.everyMs / 1000} s`);
console.table({
  requests: { measured: asked, "at most": schedule },
  "timers of the jobs at once": { measured: clock.most, "at most": 1 },
  "processor time, % of one core": {
    measured: Number((((used.user + used.system) / 1e6 / took) * 100).toFixed(1)),
  },
});
await jobs.dispose();
await net.close();
service.close();
await rm(folder, { recursive: true });
